"""The word lists, read once. Where they come from stands in data/README.md."""

import unicodedata
from functools import cache
from pathlib import Path

import regex

DATA = Path(__file__).parent / "data"


def fold(word: str) -> str:
    """In small letters, aa as å, and without foreign accents: one spelling for Vestergaard and Vestergård."""
    word = word.lower().replace("aa", "å")
    letters = (character if character in "æøå" else unicodedata.normalize("NFD", character) for character in word)
    return "".join(part[0] for part in letters)


def _lines(name: str) -> list[str]:
    return [line for line in (DATA / name).read_text(encoding="utf-8").splitlines() if line]


@cache
def first_names() -> frozenset[str]:
    return frozenset(fold(name) for name in _lines("first_names.txt"))


@cache
def surnames() -> frozenset[str]:
    return frozenset(fold(name) for name in _lines("surnames.txt"))


@cache
def abroad() -> frozenset[str]:
    return frozenset(fold(name) for name in _lines("names_abroad.txt"))


@cache
def _words() -> dict[str, frozenset[str]]:
    sections: dict[str, set[str]] = {}
    current: set[str] = set()
    for line in _lines("words.txt"):
        if line.startswith("@"):
            current = sections.setdefault(line[1:], set())
        elif not line.startswith("#"):
            current.update(fold(word) for word in line.split())
    return {name: frozenset(words) for name, words in sections.items()}


def ambiguous() -> frozenset[str]:
    """Names that are ordinary words or places too."""
    return _words()["ambiguous"]


def common() -> frozenset[str]:
    """Words that begin sentences."""
    return _words()["common"]


@cache
def known() -> frozenset[str]:
    """Proper names of one word that are no persons, in small letters."""
    return frozenset(fold(line) for line in _lines("known.txt") if " " not in line)


@cache
def known_phrases() -> regex.Pattern[str]:
    """Proper names of several words that are no persons, longest first."""
    phrases = sorted((line for line in _lines("known.txt") if " " in line or "." in line), key=len, reverse=True)
    return regex.compile(r"(?<!\w)(?:" + "|".join(regex.escape(phrase) for phrase in phrases) + r")(?:s|'s|')?(?!\w)")
