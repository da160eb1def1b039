"""C-06 for the case's own list: the names the court protects, however they are written.

Each name is looked for as it stands, letter by letter through dots and spaces, without accents, with ae/oe/aa
for æ/ø/å, its parts in another order or with something between them, and misspelt by a letter or two where it is long.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Severity, at
from cms.rules.normalising import Normal

WORD = regex.compile(r"[\p{L}\p{M}]+")
LETTERS = str.maketrans({"æ": "a", "ø": "o", "ü": "y", "ß": "ss", "ð": "d", "þ": "th"})
DOUBLED = regex.compile("aa|ae|oe")  # å, æ and ø where the keyboard has none
BETWEEN = 2  # words that may stand between the parts of a name


@dataclass(frozen=True)
class Word:
    folded: str
    start: int
    end: int


def protected_names(normal: Normal, context: Context) -> Iterator[Finding]:
    if not context.protected_names:
        return
    message = _("This name is protected in the case. Remove it: that others know it already changes nothing.")
    words = [Word(fold(match[0]), *match.span()) for match in WORD.finditer(normal.text)]
    for name in context.protected_names:
        for place in sorted({*_spelt(name, normal.text), *_in_words(name, words)}):
            yield at("C-06", Severity.BLOCK_HARD, normal, place, message)


def fold(word: str) -> str:
    """Small letters of the plain alphabet."""
    plain = word.casefold().translate(LETTERS)
    bare = "".join(c for c in unicodedata.normalize("NFD", plain) if not unicodedata.combining(c))
    return DOUBLED.sub(lambda match: match[0][0], bare)


def _spelt(name: str, text: str) -> Iterator[tuple[int, int]]:
    """As it stands, or letter by letter."""
    letters = [regex.escape(letter) for letter in regex.sub(r"[\W_]", "", name)]
    if len(letters) >= 3:
        pattern = r"(?i)(?<!\p{L})" + r"[\W_]{0,2}".join(letters) + r"(?:'?s)?(?!\p{L})"
        for match in regex.finditer(pattern, text):
            yield match.span()


def _in_words(name: str, words: list[Word]) -> Iterator[tuple[int, int]]:
    """Every part of it within a few words, in any order."""
    parts = [fold(match[0]) for match in WORD.finditer(name)]
    parts = [part for part in parts if len(part) > 1] or parts
    if not parts or sum(map(len, parts)) < 3:
        return
    for number, word in enumerate(words):
        if not any(_same(word.folded, part) for part in parts):
            continue
        window = words[number : number + len(parts) + BETWEEN]
        last = _covered(parts, window)
        if last is not None:
            yield word.start, last.end
    glued = "".join(parts)
    if len(parts) > 1:
        for word in words:
            if _same(word.folded, glued):
                yield word.start, word.end


def _covered(parts: list[str], window: list[Word]) -> Word | None:
    """The last word that is needed to have every part, each by a word of its own; None when one is missing."""
    left, last = list(parts), None
    for word in window:
        part = next((part for part in left if _same(word.folded, part)), None)
        if part is not None:
            left.remove(part)
            last = word
    return last if not left else None


def _same(word: str, part: str) -> bool:
    """Equal, in the genitive, or misspelt: one letter from seven, two from eleven. A swap of neighbours is one."""
    if word == part or word == f"{part}s":
        return True
    allowed = 2 if len(part) >= 11 else 1 if len(part) >= 7 else 0
    if not allowed or abs(len(word) - len(part)) > allowed + 1:
        return False
    forms = {word, word[:-1]} if word.endswith("s") else {word}
    return any(_distance(form, part) <= allowed for form in forms)


def _distance(one: str, other: str) -> int:
    """Damerau-Levenshtein, neighbours swapped counting once."""
    rows = [list(range(len(other) + 1))]
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
