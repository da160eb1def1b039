"""C-06: names of persons, by the way they are written (``name_words`` knows the names themselves).

One word alone counts only when it is a name and nothing else, or stands where a name stands ("ved navn …"). Two
words with capitals count unless they are known, a place, or an organisation.
"""

from collections.abc import Iterator
from itertools import pairwise

import regex
from django.utils.translation import gettext as _

from cms.rules import wordlists
from cms.rules.base import Context, Finding, Kind, Severity, at
from cms.rules.name_patterns import (
    DOTTED,
    HOUSES,
    INITIALS,
    MORPHOLOGY,
    NAMED,
    NO_PERSON,
    OPERATION,
    ORGANISED,
    PIECE,
    PLACES,
    ROMAN,
    ROYAL,
    RUN,
    SMALL,
    SPACED,
    STAGED,
    START,
    STORM,
    SURNAMED,
    TAG,
)
from cms.rules.name_words import Piece, is_first, is_glued, is_known, is_name, is_only_a_name, is_small_pair, is_surname
from cms.rules.normalising import Normal


def person_names(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.kind == Kind.CREDIT and not context.about_case:
        return
    severity = Severity.WARN
    if context.restricted:
        severity = Severity.BLOCK_HARD
    elif context.about_case:
        severity = Severity.BLOCK
    message = _(
        "This looks like the name of a person. Write the role instead, such as “den tiltalte” or “en 26-årig mand”."
    )
    taken: list[tuple[int, int]] = []
    for place in sorted(set(places(normal.text)), key=lambda place: (place[0], -place[1])):
        if not taken or place[0] >= taken[-1][1]:
            taken.append(place)
            yield at("C-06", severity, normal, place, message)


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where persons are named, in positions of the normalised text."""
    masked = text
    for pattern in (wordlists.known_phrases(), ROYAL, STORM):
        masked = pattern.sub(lambda match: "\x00" * len(match[0]), masked)
    for match in RUN.finditer(masked):
        pieces = [Piece(piece[0], piece.start(), piece.end()) for piece in PIECE.finditer(match[0], 0)]
        pieces = [Piece(p.text, p.start + match.start(), p.end + match.start()) for p in pieces]
        yield from _in_run(masked, pieces)
    for match in NAMED.finditer(masked):
        piece = Piece(match[1], *match.span(1))
        first = Piece(match[1].split(" ")[0], 0, 0)
        if NO_PERSON.search(masked[max(0, match.start() - 45) : match.start()]):
            continue
        if not is_known(first) and first.bare not in wordlists.common() and not _is_place([piece]):
            yield match.span(1)
    yield from _in_disguise(masked)


def _in_run(text: str, pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    part: list[Piece] = []
    for number, piece in enumerate(pieces):
        alone = is_known(piece) and not (part and is_first(part[-1].bare) and is_surname(piece.bare))
        if alone or (number == 0 and _begins(text, piece) and _is_word(piece, pieces)):
            if not (part and alone and _names_a_place(part, piece)):
                yield from _judge(text, part)
            part = []
        else:
            part.append(piece)
    yield from _judge(text, part)


def _names_a_place(part: list[Piece], piece: Piece) -> bool:
    """“Borups Plads”, “Emil Holms Skole”: what comes before belongs to the name of a place or an organisation."""
    generic = PLACES.fullmatch(piece.bare) or ORGANISED.fullmatch(piece.bare)
    return bool(generic) and (part[-1].bare.endswith("s") or len(part) == 1)


def _begins(text: str, piece: Piece) -> bool:
    return START.search(text[max(0, piece.start - 6) : piece.start]) is not None


def _is_word(piece: Piece, pieces: list[Piece]) -> bool:
    """Whether the capital is there only because a sentence begins."""
    word = piece.bare
    if word in wordlists.ambiguous():
        named = len(pieces) > 1 and (pieces[1].text.endswith(".") or is_name(pieces[1].bare))
        return not named or is_known(pieces[1])
    if word in wordlists.common():
        return True
    if is_first(word) or is_surname(word) or piece.text.endswith("."):
        return False
    return bool(MORPHOLOGY.search(word)) or (
        len(pieces) > 1 and word not in wordlists.abroad() and is_first(pieces[1].bare)
    )


def _judge(text: str, part: list[Piece]) -> Iterator[tuple[int, int]]:
    part = part if len(part) < 2 or not ROMAN.fullmatch(part[-1].text) else part[:-1]
    if not part or _is_place(part) or any(STAGED.search(piece.text) for piece in part):
        return
    if OPERATION.search(text[max(0, part[0].start - 12) : part[0].start]):
        return
    place = (part[0].start, part[-1].end)
    shouted = all(piece.text.isupper() for piece in part) and any(len(piece.text) > 2 for piece in part)
    words = [piece.bare for piece in part if not piece.text.endswith(".")]
    initials = len(words) < len(part)
    if len(part) == 1:
        if words and not shouted and is_only_a_name(words[0]):
            yield place
        return
    if shouted:
        for first, second in pairwise(part):
            like_one = is_surname(second.bare) or SURNAMED.search(second.bare)
            if is_first(first.bare) and like_one and len(first.bare) > 2:
                yield first.start, part[-1].end
                return
            if is_name(first.bare) and is_name(second.bare) and not {first.bare, second.bare} & wordlists.common():
                yield first.start, part[-1].end
                return
        return
    if initials:
        if words and not any(word in wordlists.common() for word in words):
            yield place
        return
    named = [word for word in words if is_name(word)]
    compound = any(regex.search(r"-\p{Ll}{3,}$", piece.text) for piece in part)
    organised = compound or any(
        ORGANISED.search(word) and not is_surname(word) and not is_first(word) for word in words
    )
    if (named and not (organised and not any(is_only_a_name(word) for word in words))) or (
        not organised and not any(word in wordlists.common() or MORPHOLOGY.search(word) for word in words)
    ):
        yield place


def _is_place(part: list[Piece]) -> bool:
    """Ends as streets, squares and stations do, and is no surname that happens to."""
    last = part[-1].bare
    if not PLACES.search(last):
        return False
    if len(part) > 1 and HOUSES.search(last) and is_first(part[0].bare) and not part[-2].bare.endswith("s"):
        return False  # Mathilde Grønhaven, and not Emil Holms Have
    if is_surname(last) or is_first(last):
        before = part[-2].bare if len(part) > 1 else ""
        return bool(before.endswith("s") and not is_first(before) and last in {"gade", "bro", "park"})
    return True


def _in_disguise(text: str) -> Iterator[tuple[int, int]]:
    for match in INITIALS.finditer(text):
        yield match.span()
    for match in SPACED.finditer(text):
        letters = wordlists.fold(regex.sub(r"\P{L}", "", match[0]))
        if is_glued(letters) or is_only_a_name(letters):
            yield match.span()
    for match in TAG.finditer(text):
        if is_glued(wordlists.fold(regex.sub(r"\P{L}", "", match[1]))):
            yield match.span(1)
    small = list(SMALL.finditer(text))
    for number, first in enumerate(small):
        for second in small[number + 1 : number + 3]:
            between = text[first.end() : second.start()]
            if len(between) > 20 or regex.search(r"[^\p{L} ._*'-]|[.][ ]", between):
                break
            if is_small_pair(first[0], second[0]):
                yield first.start(), second.end()
    for match in DOTTED.finditer(text):
        if is_small_pair(match[1], match[2]):
            yield match.span()
