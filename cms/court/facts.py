"""Facts: what may be said publicly about one judgment, and nothing else. Frozen, and the whole way out.

What may not be said is not here: an age that identifies is None, a minor's age is never a number. Every sentence is
made of these, a CourtResult keeps them as JSON in its revisions, and a change of them is what "changed facts" means.
"""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from cms.court.vocabulary import Finality, Outcome, Plea, SanctionKind, Sex, Stance


@dataclass(frozen=True)
class Sanction:
    """One part of a sentence. Numbers that do not belong to its kind are 0, ``what`` is lay Danish."""

    kind: str  # SanctionKind
    years: int = 0
    months: int = 0
    days: int = 0  # days of prison; number of day fines
    hours: int = 0  # of community service
    amount: int = 0  # kroner: of a fine, of each day fine, or confiscated
    for_good: bool = False  # the entry ban, the disqualification, the loss of a right
    what: str = ""  # what was confiscated, which right, which area, which treatment

    def __post_init__(self) -> None:
        SanctionKind(self.kind)


@dataclass(frozen=True)
class Defendant:
    """One defendant as the public may know them."""

    outcome: str  # Outcome
    offences: tuple[str, ...] = ()  # lay Danish, as after "for": "røveri", "grov vold"
    acquitted_of: tuple[str, ...] = ()  # when acquitted in part
    sanctions: tuple[Sanction, ...] = ()
    age: int | None = None  # None: may not be said
    minor: bool = False  # under 18: said only as that, if at all
    sex: str = ""  # Sex; "" may not be said
    company: bool = False
    plea: str = ""  # Plea; "" may not be said
    stance: str = Stance.UNKNOWN.value  # of the defendant
    prosecution: str = Stance.UNKNOWN.value
    finality: str = Finality.FIRST_INSTANCE.value

    def __post_init__(self) -> None:
        Outcome(self.outcome), Sex(self.sex), Plea(self.plea)
        Stance(self.stance), Stance(self.prosecution), Finality(self.finality)
        if self.age is not None and (self.minor or self.age < 18):
            raise ValueError("The age of a minor is not public.")


@dataclass(frozen=True)
class Facts:
    """What may be said about one judgment."""

    court: str  # its name
    instance: int
    judged_on: date
    defendants: tuple[Defendant, ...]
    anonymous: bool = False  # a ban on naming or a minor: "En person er ved ..."
    result_only: bool = False  # closed doors or a ban on reporting: charge, plea and result, no narrative
    place: str = ""  # coarse: a district or a town
    period: str = ""  # coarse: a month, "foråret 2026"
    said: tuple[str, ...] = field(default=())  # up to three lines, said in open court
    advice: str = ""
    contact: str = ""  # for the press
    quote: str = ""  # approved by the person quoted
    quoted: str = ""

    def to_json(self) -> dict[str, Any]:
        return {**asdict(self), "judged_on": self.judged_on.isoformat()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Facts":
        """What ``to_json`` gave. TypeError or ValueError for anything else."""
        defendants = tuple(_defendant(item) for item in data["defendants"])
        rest = {key: value for key, value in data.items() if key not in {"defendants", "judged_on", "said"}}
        return cls(
            judged_on=date.fromisoformat(data["judged_on"]),
            defendants=defendants,
            said=tuple(data.get("said", ())),
            **rest,
        )


def _defendant(data: dict[str, Any]) -> Defendant:
    lists = {key: tuple(data.get(key, ())) for key in ("offences", "acquitted_of")}
    sanctions = tuple(Sanction(**item) for item in data.get("sanctions", ()))
    return Defendant(**{**data, **lists, "sanctions": sanctions})
