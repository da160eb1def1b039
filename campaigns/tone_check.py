"""The tone check: everything planned in the next seven days, day by day, and who has looked at what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from campaigns import agenda, band, calendar, clock, contents, tone, year
from campaigns.band import Mark
from campaigns.calendar import Item
from campaigns.models import Placement, ToneRead
from campaigns.tonight import ChangedMeanwhile
from publishing.models import State
from publishing.scheduling import record_evidence

READS = "publishing.decide_delivery"  # who is on duty, or edits
AHEAD = timedelta(days=7)
AT_MOST = 400  # items on the page
OVER = frozenset({State.CANCELLED, State.WITHDRAWN})


@dataclass(frozen=True)
class Said:
    """The same words on some channels."""

    channels: str
    text: str


@dataclass(frozen=True)
class Look:
    """``cheerful`` is what of its words is so, where the day asks for a quiet tone; ``read`` is None for the unread."""

    item: Item
    said: tuple[Said, ...]
    seal: str
    cheerful: tuple[str, ...]
    read: ToneRead | None


@dataclass(frozen=True)
class Day:
    date: date
    sombre: tuple[Mark, ...]
    looks: tuple[Look, ...]

    @property
    def unread(self) -> int:
        return sum(1 for look in self.looks if look.read is None)


def days(now: datetime) -> list[Day]:
    """Those with something planned, and those that ask for a quiet tone. A fixed number of queries."""
    first, last = calendar_days(now)
    items = planned(now)
    words = _words(items)
    sombre = year.sombre(year.marks(first, last))
    seals = {item.first.pk: seal(item, words) for item in items}
    read = ToneRead.objects.by_seal(list(seals.values()))
    found: dict[date, list[Look]] = {}
    for item in items:
        day = item.first.wall.date()
        quiet = any(mark.first <= day <= mark.last for mark in sombre)
        said = _said(item, words)
        cheerful = tone.cheerful("\n".join(one.text for one in said)) if quiet else []
        mark = seals[item.first.pk]
        found.setdefault(day, []).append(Look(item, said, mark, tuple(cheerful), read.get(mark)))
    shown = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    made = [Day(day, tuple(band.on(day, sombre)), tuple(found.get(day, ()))) for day in shown]
    return [day for day in made if day.looks or day.sombre]


def calendar_days(now: datetime) -> tuple[date, date]:
    """Today and the day on which the seven days end."""
    return clock.to_wall(now).date(), clock.to_wall(now + AHEAD).date()


def planned(now: datetime) -> list[Item]:
    """What is to go out and has words: neither empty slots nor what is out or was given up."""
    entries = [
        entry
        for entry in agenda.between(now, now + AHEAD)
        if entry.content is not None and not entry.out and entry.badge.key not in OVER
    ]
    return calendar.together(entries)[:AT_MOST]


def _words(items: list[Item]) -> Mapping[int, str]:
    """Placement id to what it says: as approved for its channel, else as the content is written now."""
    entries = [entry for item in items for entry in item.entries]
    rows = Placement.objects.filter(pk__in=[entry.pk for entry in entries], delivery__isnull=False)
    approved = {
        pk: "\n".join(part for part in (title, text) if part)
        for pk, title, text in rows.values_list("pk", "delivery__message_json__title", "delivery__message_json__text")
    }
    waiting = {entry.content for entry in entries if entry.pk not in approved and entry.content is not None}
    written = {page: topic.text for page, topic in contents.topics(waiting).items()}
    return {entry.pk: approved.get(entry.pk) or written.get(entry.content or 0, entry.title) for entry in entries}


def _said(item: Item, words: Mapping[int, str]) -> tuple[Said, ...]:
    texts: dict[str, list[str]] = {}
    for entry in item.entries:
        texts.setdefault(words[entry.pk], []).append(entry.channel)
    return tuple(Said(", ".join(channels), text) for text, channels in texts.items())


def seal(item: Item, words: Mapping[int, str]) -> str:
    """Equal as long as the same content says the same on the same day; a later hour changes nothing."""
    said = sorted({words[entry.pk] for entry in item.entries})
    return sha256(repr((item.first.content, item.first.wall.date().isoformat(), said)).encode()).hexdigest()


def look_at(shown: str, *, by: Any, now: datetime) -> ToneRead:
    """Put down that this person looked at what they were shown. ChangedMeanwhile when it says something else by now."""
    if not by.has_perm(READS):
        raise PermissionDenied
    items = planned(now)
    words = _words(items)
    item = next((one for one in items if seal(one, words) == shown), None)
    if item is None:
        raise ChangedMeanwhile
    with transaction.atomic():
        row = ToneRead.objects.create(seal=shown, by=by)
        record_evidence(
            "tone.looked_at", actor=by.get_username(), subject=f"page:{item.first.content}", payload={"seal": shown}
        )
    return row
