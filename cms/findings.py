"""What the publication rules find in a piece of content as it stands, and what of it somebody let pass.

What the words say is judged once; what the prosecutor's desk knows (bans, stages, confirmations) and the clock are
asked anew each time, for they change while the words do not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision

from campaigns.models import Placement
from cms import closed, rules
from cms.court import circumstances
from cms.court.circumstances import Circumstances
from cms.models.jargon import Jargon
from cms.models.overrides import Override
from cms.rules import Context, Finding, Kind, Severity, Stage
from cms.rules.verdicts import ACQUITTED, CONVICTED
from cms.texts import Text, texts

CLOSE = timedelta(hours=1)  # other posts on the channel that are looked at
# What a severity asks of people, in words.
SEVERITIES = {
    "block_hard": gettext_lazy("Must be changed"),
    "block": gettext_lazy("Stops until it is changed or let pass"),
    "second_person": gettext_lazy("Needs a legal approver"),
    "warn": gettext_lazy("Consider"),
}
STOPS = {Severity.BLOCK_HARD, Severity.BLOCK, Severity.SECOND_PERSON}
LIFTED_THOUGH_HARD = {"C-01"}  # “is no CPR number”, by somebody who did not write it
UNDER_A_BAN = {"C-06", "C-07"}  # weigh otherwise under a ban: who let it pass before did not know of it


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
        """With the code of the rule at the end: for whoever must find out why something was stopped."""
        return f"{self.said_of([self])} ({self.finding.check})"

    @staticmethod
    def said_of(alike: "Sequence[Found]") -> str:
        """The same thing found in several texts is said once, with all of the places."""
        first, labels = alike[0], dict.fromkeys(str(found.text.label) for found in alike)
        where = capfirst(", ".join(labels))
        if first.is_of_the_whole:
            return f"{where}: {first.finding.message}"
        head = _("%(where)s, “%(excerpt)s”:") % {"where": where, "excerpt": first.excerpt}
        return f"{head} {first.finding.message}"

    @property
    def is_of_the_whole(self) -> bool:
        """It is about the text as such and not about words in it: to repeat these would say nothing."""
        return self.finding.start == 0 and self.finding.end == len(self.text.text)


def findings(page: Any) -> list[Found]:
    """Everything the rules say about the content as it stands, gravest first."""
    order, known, now = list(Severity), circumstances.of(page.pk), timezone.now()
    context = replace(context_of(page, known), jargon=Jargon.objects.entries())
    found = [Found(text, finding) for text in texts(page) for finding in _check(text, context)]
    found += [
        *of_case(page, context, known, now, _first_due(page)),
        *_of_times(page, now),
        *(Found(*pair) for pair in closed.against(page, context, now)),
    ]
    return sorted(with_overrides(page.pk, found, known), key=lambda item: order.index(item.finding.severity))


def with_overrides(page_id: int | None, found: list[Found], known: Circumstances) -> list[Found]:
    """Each with who let it pass. What is hard stays so, and nobody let pass a ban that they did not know of."""
    rows = Override.objects.filter(page_id=page_id).select_related("by") if page_id and found else ()
    given = {(row.check_id, row.text_sha256): row for row in rows}

    def holding(item: Found) -> Override | None:
        row, check = given.get((item.finding.check, item.text.sha256)), item.finding.check
        if item.finding.severity == Severity.BLOCK_HARD and check not in LIFTED_THOUGH_HARD:
            return None
        before_the_ban = row is not None and known.restricted_since is not None and row.at < known.restricted_since
        return None if check in UNDER_A_BAN and before_the_ban else row

    return [replace(item, override=holding(item)) for item in found]


@lru_cache(maxsize=1024)
def of_words(revision_id: int, created_at: datetime, known: Circumstances) -> tuple[Found, ...]:
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


def of_case(page: Any, context: Context, known: Circumstances, now: datetime, due: datetime | None) -> Iterator[Found]:
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
