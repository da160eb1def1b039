"""Suggestions of the year as the database has them, and the two answers to one."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import calendar, contents, drafts, suggestions, yearly
from campaigns.models import CalendarEvent, FocusArea, Initiative, Placement, Strategy, SuggestionAnswer
from campaigns.suggestions import Call, Suggestion
from campaigns.topics import Topic, words_of
from campaigns.yearly import Span
from publishing.scheduling import record_evidence

ANSWERS = "campaigns.change_placement"  # who says "not this year"
FARTHEST = timedelta(days=180)  # no event looks farther ahead
PAGES = 1000  # looked through at most, what is due last first


def call_of(event: CalendarEvent) -> Call:
    return Call(
        event.pk,
        event.title,
        event.lead_days or 0,
        frozenset(event.focus_areas),
        frozenset(words_of(event.initiatives)),
        words_of(event.words),
    )


def current(now: datetime) -> list[Suggestion]:
    """What is suggested today. Two queries when nothing is near, eight otherwise."""
    today = timezone.localdate(now)
    answered = set(
        SuggestionAnswer.objects.filter(starts_on__gte=today - 2 * FARTHEST).values_list("event", "starts_on")
    )
    near = [
        (call, span)
        for event in CalendarEvent.objects.filter(active=True, lead_days__isnull=False)
        if event.calls_for
        for call in [call_of(event)]
        for span in yearly.within(event.as_rule, today, today + FARTHEST)
        if call.counted(span).first <= today and (event.pk, span.first) not in answered
    ]
    return suggestions.of(near, _planned(near), answered, today) if near else []


def _planned(near: list[tuple[Call, Span]]) -> list[tuple[date, Topic]]:
    """Everything with a time on the days that count for any of them, and what it is about."""
    counted = [call.counted(span) for call, span in near]
    bounds = calendar.bounds(min(span.first for span in counted), max(span.last for span in counted))
    rows = Placement.objects.active().between(*bounds).filter(page__isnull=False).order_by("-due_at")
    times = list(rows.values_list("page_id", "due_at")[: 4 * PAGES])
    pages = list(dict.fromkeys(page for page, _due in times if page))[:PAGES]
    topics = contents.topics(pages)
    return [(timezone.localdate(due), topics[page]) for page, due in times if page in topics and due]


def about(call: Call) -> str:
    """What nothing is planned for, in words: the first of its words, else a focus area or an initiative."""
    if call.words:
        return call.words[0].rstrip("* ")
    strategy = Strategy.objects.in_force()
    area = FocusArea.objects.filter(key__in=call.focus_areas, goal__strategy=strategy).first()
    if area is not None:
        return area.name
    initiative = Initiative.objects.filter(number__in=call.initiatives, strategy=strategy).first()
    return initiative.title if initiative is not None else call.title


def sentence(suggestion: Suggestion) -> str:
    """“Black Week begins in 3 weeks; nothing is planned about netsvindel.”"""
    words = {"starts": suggestion.starts, "about": about(suggestion.call)}
    return _("%(starts)s; nothing is planned about %(about)s.") % words


def begin_draft(event: CalendarEvent, first: date, *, by: Any) -> int:
    """A draft tagged with what the event calls for, to write on; it is not suggested again for this time. Again, it is
    the draft that was begun."""
    if not drafts.may_write(by):
        raise PermissionDenied
    call, strategy = call_of(event), Strategy.objects.in_force()
    areas = FocusArea.objects.filter(key__in=call.focus_areas, goal__strategy=strategy).values_list("pk", flat=True)
    initiatives = Initiative.objects.filter(number__in=call.initiatives, strategy=strategy).values_list("pk", flat=True)
    wanted = drafts.Wanted(
        title=_("Idea: %(about)s") % {"about": event.title},
        focus_area=areas[0] if len(areas) == 1 else None,
        initiatives=tuple(initiatives),
    )
    with transaction.atomic():
        CalendarEvent.objects.select_for_update(no_key=True).get(pk=event.pk)  # two may press at once
        begun = SuggestionAnswer.objects.filter(event=event, starts_on=first).values_list("page_id", flat=True).first()
        if begun is not None and begun in contents.describe([begun]):
            return int(begun)
        page = drafts.write(wanted, by)
        _answer(event, first, SuggestionAnswer.Answer.DRAFTED, page=page, by=by)
    return page


def not_this_year(event: CalendarEvent, first: date, *, by: Any) -> None:
    """It is not suggested again for the time that begins on ``first``; the next one is."""
    if not by.has_perm(ANSWERS):
        raise PermissionDenied
    with transaction.atomic():
        _answer(event, first, SuggestionAnswer.Answer.NOT_THIS_YEAR, page=None, by=by)


def _answer(event: CalendarEvent, first: date, answer: str, *, page: int | None, by: Any) -> None:
    values = {"answer": answer, "page_id": page, "by": by}
    _row, made = SuggestionAnswer.objects.get_or_create(event=event, starts_on=first, defaults=values)
    if made:
        payload = {"event": event.title, "starts_on": first.isoformat(), "page": page}
        record_evidence(f"suggestion.{answer}", actor=by.get_username(), subject=f"event:{event.pk}", payload=payload)
