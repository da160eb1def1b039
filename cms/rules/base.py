"""What every rule speaks: a Context of facts goes in, Findings with exact places come out. No I/O, no clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from cms.rules.normalising import Normal


class Severity(StrEnum):
    BLOCK_HARD = "block_hard"  # nobody may lift it
    BLOCK = "block"  # lifted by the right role, with a reason
    SECOND_PERSON = "second_person"  # met when a second person in the right role approves
    WARN = "warn"  # advice


class Kind(StrEnum):
    COURT_RESULT = "court_result"
    STORY = "story"
    POST = "post"
    ALT_TEXT = "alt_text"
    CREDIT = "credit"  # of an image: it names who made it
    CAPTIONS = "captions"  # all that is said in a video


class Stage(StrEnum):
    SIGTET = "sigtet"
    TILTALT = "tiltalt"
    DOM_1_INSTANS = "dom_1_instans"
    ANKET = "anket"
    ENDELIG = "endelig"
    FRIFUNDET = "frifundet"


class Plea(StrEnum):
    ERKENDER = "erkender"
    NAEGTER = "naegter"


class Restriction(StrEnum):
    INGEN = "ingen"
    AKTIV = "aktiv"
    BEGAERET = "begaeret"
    OPHAEVET_KAERET = "ophaevet_kaeret"


@dataclass(frozen=True)
class Context:
    """The facts that the rules judge by. None means not known, and a rule that needs it stays silent."""

    kind: Kind = Kind.POST
    stage: Stage | None = None  # None: not about a case
    plea: Plea | None = None
    restriction: Restriction = Restriction.INGEN
    minor_defendant: bool = False
    sexual_offence: bool = False
    final: bool = False  # declared by a prosecutor; of an acquittal the stage does not tell
    protected_names: tuple[str, ...] = field(default=(), repr=False)  # in no traceback and no log
    # What only the product knows
    now: datetime | None = None
    due: datetime | None = None
    pronounced_at: datetime | None = None
    restriction_confirmed_at: datetime | None = None
    stage_confirmed_at: datetime | None = None
    urgent: bool = False
    crisis_mode: bool = False
    neutrality_period: bool = False
    has_focus: bool | None = None
    other_sends: tuple[datetime, ...] = ()
    max_chars: int | None = None
    file_name: str = ""
    jargon: tuple[tuple[str, str], ...] = ()  # words and what to write instead; empty: the list of the rules

    @property
    def restricted(self) -> bool:
        """Requested, and lifted but appealed with suspensive effect, count as active (R-05, R-13)."""
        return self.restriction != Restriction.INGEN

    @property
    def about_case(self) -> bool:
        return self.stage is not None or self.kind == Kind.COURT_RESULT

    @property
    def judged(self) -> bool:
        return self.stage in {Stage.DOM_1_INSTANS, Stage.ANKET, Stage.ENDELIG, Stage.FRIFUNDET}


@dataclass(frozen=True)
class Finding:
    """One thing at one place. ``start`` and ``end`` count characters of the original text."""

    check: str
    severity: Severity
    start: int
    end: int
    message: str
    field: str = ""
    suggestion: str | None = None

    def as_json(self) -> dict[str, Any]:
        data: dict[str, Any] = {
            "check": self.check,
            "severity": self.severity.value,
            "start": self.start,
            "end": self.end,
            "message": self.message,
        }
        return data if self.suggestion is None else {**data, "suggestion": self.suggestion}


Check = Callable[[Normal, Context], Iterator[Finding]]


@dataclass(frozen=True)
class Rule:
    """A registered check. ``ids`` are those of the domain's list that it can report."""

    ids: tuple[str, ...]
    run: Check = field(repr=False)


def at(
    check: str,
    severity: Severity,
    normal: Normal,
    place: tuple[int, int],
    message: str,
    suggestion: str | None = None,
) -> Finding:
    """A finding at a place of the normalised text, told in positions of the original."""
    start, end = normal.span(*place)
    return Finding(check, severity, start, end, message, suggestion=suggestion)


def whole(check: str, severity: Severity, normal: Normal, message: str, suggestion: str | None = None) -> Finding:
    """A finding about the text as a whole."""
    return Finding(check, severity, 0, len(normal.original), message, suggestion=suggestion)
