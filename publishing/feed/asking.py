"""Which items an answer holds: the latest first, a page at a time, or only what changed since a number or a moment.

Pages are bounded by numbers, not counted, so that nothing is skipped or told twice while the feed moves on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlencode

from django.utils.dateparse import parse_datetime

from publishing.feed import addresses
from publishing.feed.addresses import Addresses
from publishing.models import Channel, Feed, FeedItem
from publishing.models.feed import FeedItemQuerySet

MOST = 50


class Unclear(Exception):
    """The question makes no sense. Its text may be shown."""


@dataclass(frozen=True)
class Question:
    """``since`` is the number or the moment that was seen last, ``before`` where the next page begins."""

    since: int | datetime | None = None
    before: int | None = None

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> "Question":
        """From an address's query; Unclear for what cannot be understood."""
        since, before = asked.get("since", ""), asked.get("before", "")
        if before and not _is_number(before):
            raise Unclear("before is a number from next_url.")
        return cls(_moment(since) if since else None, int(before) if before else None)


@dataclass(frozen=True)
class Page:
    """``cursor`` is what to ask ``since`` the next time; ``more`` the query of the next page."""

    at: Addresses
    items: list[FeedItem]
    cursor: int
    more: str = ""

    @property
    def channel(self) -> Channel:
        return self.at.channel

    @property
    def updated(self) -> datetime | None:
        return max((item.changed_at for item in self.items), default=None)


def page(feed: Feed, question: Question, *, press: bool, now: datetime) -> Page:
    """What somebody may see of a feed."""
    seen = FeedItem.objects.filter(feed=feed).seen_by(press=press, now=now).order_by("-sequence")
    cursor = seen.values_list("sequence", flat=True).first() or 0
    found = list(_asked(seen, question)[: MOST + 1])
    more = ""
    if len(found) > MOST:
        found = found[:MOST]
        asked = {} if question.since is None else {"since": str(question.since)}
        more = urlencode({**asked, "before": found[-1].sequence})
    return Page(addresses.of(feed.channel), found, cursor, more)


def changes(feed: Feed, after: int, *, press: bool, now: datetime, most: int) -> Page:
    """The oldest changes after a number, for whoever is pushed to; the latest of them first."""
    seen = FeedItem.objects.filter(feed=feed, sequence__gt=after).seen_by(press=press, now=now)
    found = list(seen.order_by("sequence")[:most])[::-1]
    return Page(addresses.of(feed.channel), found, found[0].sequence if found else after)


def _asked(seen: FeedItemQuerySet, question: Question) -> FeedItemQuerySet:
    if isinstance(question.since, int):
        seen = seen.filter(sequence__gt=question.since)
    elif question.since is not None:
        seen = seen.filter(changed_at__gte=question.since)  # once more what is of that very moment: harmless
    return seen if question.before is None else seen.filter(sequence__lt=question.before)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 18


def _moment(text: str) -> int | datetime:
    if _is_number(text):
        return int(text)
    try:
        found = parse_datetime(re.sub(r" (?=\d\d:?\d\d$)", "+", text))  # a plus that nobody encoded
    except ValueError:
        found = None
    if found is None:
        raise Unclear("since is the cursor of the last answer, or a moment such as 2026-11-24T13:00:00Z.")
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
