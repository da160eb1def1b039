"""Is a word the name of a person, by the lists of names and by how names are formed? Pure."""

from dataclasses import dataclass

import regex

from cms.rules import wordlists
from cms.rules.name_patterns import PATRONYMIC


@dataclass(frozen=True)
class Piece:
    text: str
    start: int
    end: int

    @property
    def bare(self) -> str:
        """In small letters, without a genitive apostrophe."""
        return wordlists.fold(regex.sub(r"'s?$", "", self.text))


def _forms(word: str) -> tuple[str, ...]:
    """The word, and the word without the genitive s."""
    return (word, word[:-1]) if word.endswith("s") and len(word) > 3 else (word,)


def _in(word: str, names: frozenset[str]) -> bool:
    return any(form in names or all(part in names for part in form.split("-")) for form in _forms(word))


def is_first(word: str) -> bool:
    return _in(word, wordlists.first_names())


def is_surname(word: str) -> bool:
    return _in(word, wordlists.surnames()) or bool(PATRONYMIC.search(_forms(word)[-1]) or PATRONYMIC.search(word))


def is_name(word: str) -> bool:
    return is_first(word) or is_surname(word) or _in(word, wordlists.abroad())


def is_only_a_name(word: str) -> bool:
    """A Danish name that is no ordinary word."""
    if any(form in wordlists.ambiguous() or form in wordlists.common() for form in _forms(word)):
        return False
    return _in(word, wordlists.first_names()) or _in(word, wordlists.surnames())


def is_known(piece: Piece) -> bool:
    return any(form in wordlists.known() for form in _forms(piece.bare))


def is_small_pair(first: str, second: str) -> bool:
    """A first name and a surname in small letters, neither of them an ordinary word."""
    first, second = wordlists.fold(first), wordlists.fold(second)
    if not is_first(first) or not _in(second, wordlists.surnames()):
        return False
    if is_only_a_name(first) and is_only_a_name(second):
        return True
    return first not in wordlists.common() and second.endswith(("sen", "sens"))


def is_glued(letters: str) -> bool:
    """A first name and a surname without anything between them."""
    return any(
        letters[:cut] in wordlists.first_names() and letters[cut:] in wordlists.surnames()
        for cut in range(2, len(letters) - 2)
    )
