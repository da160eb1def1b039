"""What a court can give, as words: what one is “idømt”, what one “er” besides, and what one “har” lost.

Each kind has one function. Numbers that are missing leave a shorter phrase, never a hole.
"""

from collections.abc import Callable, Sequence

import regex

from cms.court.facts import Sanction
from cms.court.sentences.words import kroner, listing, span
from cms.court.vocabulary import SanctionKind as Kind

Phrase = Callable[[Sanction], str]
AREAS = regex.compile(r"(?i)(?:i|på|ved|omkring|inden for|uden for|nær)\s")


def imposed(sanctions: Sequence[Sanction]) -> list[str]:
    """What follows “idømt”: “3 års fængsel”, “en bøde på 5.000 kr.”."""
    kinds = {sanction.kind for sanction in sanctions}
    both = {Kind.PRISON, Kind.SUSPENDED} <= kinds
    served_outside = {Kind.COMMUNITY_SERVICE, Kind.SUSPENDED} <= kinds and not both
    phrases: list[str] = []
    for kind, sanction in ((kind, sanction) for kind in IMPOSED for sanction in sanctions if sanction.kind == kind):
        phrase = IMPOSED[kind](sanction)
        if both and kind == Kind.PRISON:
            phrase = phrase.replace("fængsel", "ubetinget fængsel")
        if served_outside and kind == Kind.COMMUNITY_SERVICE:
            phrases[-1] += f" med vilkår om {phrase}"
        else:
            phrases.append(phrase)
    return phrases


def besides(sanctions: Sequence[Sanction]) -> tuple[list[str], list[str]]:
    """What follows “er” (“udvist af Danmark ...”) and what follows “har” (“fået konfiskeret ...”)."""
    are = [phrase for sanction in sanctions if (phrase := ARE.get(Kind(sanction.kind), _nothing)(sanction))]
    if not imposed(sanctions) and (main := treatment(sanctions)):
        are.remove(main)
    have = [phrase for sanction in sanctions if (phrase := HAVE.get(Kind(sanction.kind), _nothing)(sanction))]
    return are, have


def treatment(sanctions: Sequence[Sanction]) -> str:
    """The main result where nothing is imposed: “dømt til psykiatrisk behandling”."""
    return next((_treatment(sanction) for sanction in sanctions if sanction.kind == Kind.TREATMENT), "")


def length(sanction: Sanction) -> int:
    """Days, nearly: only to tell which of two terms is the longer."""
    return sanction.years * 365 + sanction.months * 30 + sanction.days


def _nothing(sanction: Sanction) -> str:
    return ""


def _prison(sanction: Sanction) -> str:
    return f"{_term(sanction, of=True)} fængsel".strip()


def _suspended(sanction: Sanction) -> str:
    term = _term(sanction, of=True)
    return f"{term} betinget fængsel" if term else "en betinget dom"


def _community_service(sanction: Sanction) -> str:
    return f"{span(hours=sanction.hours, of=True)} samfundstjeneste".strip()


def _fine(sanction: Sanction) -> str:
    return f"en bøde på {kroner(sanction.amount)}" if sanction.amount else "en bøde"


def _day_fines(sanction: Sanction) -> str:
    number = {0: "dagbøder", 1: "1 dagbøde"}.get(sanction.days, f"{sanction.days} dagbøder")
    return f"{number} à {kroner(sanction.amount)}" if sanction.amount else number


def _treatment(sanction: Sanction) -> str:
    return f"dømt til {sanction.what.strip() or 'behandling'}"


def _driving_ban(sanction: Sanction) -> str:
    return f"frakendt {sanction.what.strip() or 'førerretten'}{_how_long(sanction)}"


def _rights_lost(sanction: Sanction) -> str:
    return f"frakendt {sanction.what.strip() or 'en rettighed'}{_how_long(sanction)}"


def _expulsion(sanction: Sanction) -> str:
    return f"udvist af Danmark med indrejseforbud{_how_long(sanction)}"


def _zone_ban(sanction: Sanction) -> str:
    where = sanction.what.strip() or "i et bestemt område"
    where = where if AREAS.match(where) else f"i {where}"
    return f"fået forbud mod at opholde sig {where}{_how_long(sanction)}"


def _confiscation(sanction: Sanction) -> str:
    things = listing([kroner(sanction.amount) if sanction.amount else "", sanction.what.strip()])
    return f"fået konfiskeret {things or 'genstande'}"


def _term(sanction: Sanction, *, of: bool = False) -> str:
    return span(years=sanction.years, months=sanction.months, days=sanction.days, of=of)


def _how_long(sanction: Sanction) -> str:
    term = _term(sanction)
    return " for bestandig" if sanction.for_good else f" i {term}" if term else ""


# In the order in which they are named.
IMPOSED: dict[Kind, Phrase] = {
    Kind.LIFE: lambda sanction: "fængsel på livstid",
    Kind.DETENTION: lambda sanction: "forvaring",
    Kind.PRISON: _prison,
    Kind.SUSPENDED: _suspended,
    Kind.COMMUNITY_SERVICE: _community_service,
    Kind.FINE: _fine,
    Kind.DAY_FINES: _day_fines,
}
ARE: dict[Kind, Phrase] = {
    Kind.TREATMENT: _treatment,
    Kind.EXPULSION: _expulsion,
    Kind.DRIVING_BAN: _driving_ban,
    Kind.RIGHTS_LOST: _rights_lost,
}
HAVE: dict[Kind, Phrase] = {Kind.ZONE_BAN: _zone_ban, Kind.CONFISCATION: _confiscation}
