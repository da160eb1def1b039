"""The publication rules over a piece of content: every text of it that the public can read, on every channel.

Hard findings stop submission, approval and sending. A finding that blocks waits for an override by the right role;
one that needs a second person, for a legal approver. Advice is advice.

What the words say is judged once; what the prosecutor's desk knows (bans, stages, confirmations) and the clock are
asked anew each time, for they change while the words do not.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.models import Revision

from campaigns.models import Placement
from cms import roles, rules
from cms.court import circumstances
from cms.court.circumstances import Circumstances
from cms.models.overrides import Override
from cms.rules import Context, Finding, Kind, Severity, Stage
from cms.rules.verdicts import ACQUITTED, CONVICTED
from cms.texts import Text, texts

LAWYERS = next(role.name for role in roles.ROLES if role.key == "legal")
CLOSE = timedelta(hours=1)  # other posts on the channel that are looked at
# What a severity asks of people, in words.
SEVERITIES = {
    "block_hard": gettext_lazy("Must be changed"),
    "block": gettext_lazy("Stops until it is changed or let pass"),
    "second_person": gettext_lazy("Needs a legal approver"),
    "warn": gettext_lazy("Consider"),
}
STOPS = {Severity.BLOCK_HARD, Severity.BLOCK, Severity.SECOND_PERSON}


class Stopped(PermissionDenied):
    """A publication rule stands against it. The message is a sentence for people."""


@dataclass(frozen=True)
class Found:
    text: Text
    finding: Finding
    override: Override | None = None

    @property
    def excerpt(self) -> str:
        """What it is about; nothing of a CPR number, nor of a name under a ban, is repeated."""
        part = self.text.text[self.finding.start : self.finding.end]
        named_under_a_ban = self.finding.check == "C-06" and self.finding.severity == Severity.BLOCK_HARD
        if self.finding.check == "C-01" or named_under_a_ban:
            return "•" * len(part)
        return part if len(part) <= 80 else f"{part[:79]}…"

    @property
    def stops(self) -> bool:
        return self.finding.severity in STOPS and self.override is None

    @property
    def sentence(self) -> str:
        values = {"check": self.finding.check, "where": self.text.label, "excerpt": self.excerpt}
        head = _("%(check)s in %(where)s, “%(excerpt)s”:") % values
        return f"{head} {self.finding.message}"


def findings(page: Any) -> list[Found]:
    """Everything the rules say about the content as it stands, gravest first."""
    overrides = {
        (override.check_id, override.text_sha256): override
        for override in (Override.objects.filter(page_id=page.pk).select_related("by") if page.pk else ())
    }
    order, known, now = list(Severity), circumstances.of(page.pk), timezone.now()
    context = context_of(page, known)
    found = [Found(text, finding) for text in texts(page) for finding in _check(text, context)]
    found += [*_of_case(page, context, known, now, _first_due(page)), *_of_times(page, now)]
    passed = [replace(item, override=overrides.get((item.finding.check, item.text.sha256))) for item in found]
    return sorted(passed, key=lambda item: order.index(item.finding.severity))


def stops(page: Any) -> list[Found]:
    """What must be changed or let pass before it goes out."""
    return [item for item in findings(page) if item.stops]


def hard_stops(page: Any) -> list[Found]:
    return [item for item in stops(page) if item.finding.severity == Severity.BLOCK_HARD]


def against(page: Any, user: Any, *, alone: bool = False) -> str | None:
    """What stands against this person's yes to the content, as a sentence. A lawyer is the second person asked for.

    ``alone``: sent without a second person, who looks at it afterwards; then only what blocks stands against it.
    """
    shut = closed(circumstances.of(page.pk))
    if shut is not None:
        return shut
    legal = user is not None and user.groups.filter(name=LAWYERS).exists()
    for item in stops(page):
        if item.finding.severity != Severity.SECOND_PERSON or not (legal or alone):
            return item.sentence
    return None


def ensure(page: Any, user: Any, *, alone: bool) -> None:
    """Stopped, with a sentence, when a rule stands against it."""
    sentence = against(page, user, alone=alone)
    if sentence is not None:
        raise Stopped(sentence)


def closed(known: Circumstances) -> str | None:
    """What of the case itself forbids that anything more is said about it, whatever the words."""
    if known.undecided:
        return ngettext(
            "An earlier post on the same case waits for a decision. Nothing more is sent about it before.",
            "%(number)s earlier posts on the same case wait for a decision. Nothing more is sent about it before.",
            known.undecided,
        ) % {"number": known.undecided}
    if known.sealed_shut:
        return _("The protected names of the case cannot be opened, so nothing can be compared with them.")
    return None


def blocking(revision: Revision) -> str | None:
    """What forbids a send at this moment, whoever approved it. Costs one query when it is about no case."""
    page_id = int(revision.object_id)
    known = circumstances.of(page_id)
    shut = closed(known)
    if shut is not None:
        return shut
    found: tuple[Found, ...] = _lasting(revision.pk, revision.created_at, replace(known, protected_names=()))
    if known.in_a_case:  # a confirmation grows old while the words stay
        content = revision.as_object()
        found += tuple(_of_case(content, context_of(content, known), known, timezone.now(), None))
    asked = {Severity.BLOCK_HARD, Severity.BLOCK}
    if not _lawyer_knew(revision, known):
        asked.add(Severity.SECOND_PERSON)
    grave = [item for item in found if item.finding.severity in asked]
    if not grave:
        return None
    passed = set(Override.objects.filter(page_id=page_id).values_list("check_id", "text_sha256"))
    stopping = (item for item in grave if (item.finding.check, item.text.sha256) not in passed)
    return next((item.sentence for item in stopping), None)


def _lawyer_knew(revision: Revision, known: Circumstances) -> bool:
    """Whether a lawyer approved it with the restriction before their eyes; so it is where there is none."""
    if known.restricted_since is None:
        return True
    given = revision.approvals.filter(at__gte=known.restricted_since, by__groups__name=LAWYERS)
    return bool(given.exists())


@lru_cache(maxsize=1024)
def _lasting(revision_id: int, created_at: datetime, known: Circumstances) -> tuple[Found, ...]:
    """A revision never changes, so what the rules say of it under these circumstances is asked once a process."""
    content = Revision.objects.get(pk=revision_id).as_object()
    context = context_of(content, known)
    return tuple(Found(text, finding) for text in texts(content) for finding in _check(text, context))


def context_of(page: Any, known: Circumstances) -> Context:
    """What lasts as long as the words and the case are what they are."""
    stage = stage_of(page, known)
    return Context(
        kind=Kind(page.rules_kind),
        stage=Stage(stage) if stage else None,
        plea=known.plea,
        restriction=known.restriction,
        minor_defendant=known.minor_defendant,
        sexual_offence=known.sexual_offence,
        final=known.final,
    )


def _of_case(page: Any, context: Context, known: Circumstances, now: datetime, due: datetime | None) -> Iterator[Found]:
    """What the case says at this moment: whether what is registered was confirmed lately, and its protected names."""
    if not known.in_a_case:
        return
    standing = replace(
        context,
        now=now,
        due=due,
        pronounced_at=known.pronounced_at,
        restriction_confirmed_at=known.restriction_confirmed_at,
        stage_confirmed_at=known.stage_confirmed_at,
    )
    case = Text("title", _("the case"), page.title, context.kind)
    yield from (Found(case, finding) for finding in rules.check(case.text, standing, rules.OF_THE_CASE))
    sealed = replace(context, protected_names=known.protected_names)
    for text in texts(page):
        yield from (Found(text, finding) for finding in rules.check(text.text, sealed, rules.OF_WHAT_IS_SEALED))


def _of_times(page: Any, now: datetime) -> Iterator[Found]:
    """C-31: night, and what else goes to the same channel. Advice on times that are still to come."""
    for placement in _to_come(page, now):
        others = Placement.objects.taken(placement.channel, except_page=page.pk).filter(
            due_at__range=(placement.due_at - CLOSE, placement.due_at + CLOSE)
        )
        due = timezone.localtime(placement.due_at)
        context = Context(
            kind=Kind(page.rules_kind), due=due, urgent=page.operational, other_sends=tuple(filter(None, others))
        )
        label = _("the time on %(channel)s") % {"channel": placement.channel.name}
        text = Text("placements", label, date_format(due, "j. F H.i"), context.kind)
        yield from (Found(text, finding) for finding in rules.check(text.text, context, rules.OF_THE_HOUR))


def _to_come(page: Any, now: datetime) -> list[Any]:
    planned = [row for row in page.placements.all() if row.channel_id and row.due_at and not row.is_out]
    return [row for row in planned if row.due_at > now]


def _first_due(page: Any) -> datetime | None:
    return min((row.due_at for row in _to_come(page, timezone.now())), default=None)


def stage_of(page: Any, known: Circumstances = circumstances.NONE) -> str | None:
    """As the prosecutors stand for it. Without them an acquittal is read off the words of a plain court result."""
    if known.stage is not None:
        return known.stage.value
    stage: str | None = page.case_stage()
    said = f"{page.title}\n{page.summary}"
    if stage is not None and ACQUITTED.search(said) and not CONVICTED.search(said):
        return Stage.FRIFUNDET.value
    return stage


@lru_cache(maxsize=2048)
def _check(text: Text, context: Context) -> tuple[Finding, ...]:
    found = rules.check(text.text, replace(context, kind=text.kind))
    return tuple(
        finding
        for finding in found
        if finding.check not in text.without and (text.only is None or finding.check in text.only)
    )
