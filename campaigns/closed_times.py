"""Which closed windows speak against content on a channel: asked wherever a time is chosen.

One query while nothing is closed; only then is asked what the content is about.
"""

from collections.abc import Iterable
from datetime import datetime

from campaigns import contents, windows
from campaigns.models import ClosedPeriod, Placement
from campaigns.topics import Topic
from campaigns.windows import Item, Window
from publishing.models import Channel


def ahead(now: datetime) -> list[Window]:
    """Those that are in force or will be."""
    return ClosedPeriod.objects.filter(ends_at__gt=now).windows()


def for_placement(placement: Placement, channel: Channel, now: datetime) -> list[Window]:
    """What of them concerns this placement on ``channel``, whenever it is."""
    found = ahead(now)
    return for_topic(topic_of(placement), channel, found) if found else []


def for_topic(topic: Topic, channel: Channel, found: Iterable[Window]) -> list[Window]:
    return [window for window in found if windows.concerns(window, Item(topic, channel.slug))]


def topic_of(placement: Placement) -> Topic:
    """Of its content; an empty slot is about what its note says."""
    if placement.page_id is None:
        return Topic(text=placement.note)
    return contents.topics([placement.page_id]).get(placement.page_id, Topic())


def to_consider(placements: Iterable[Placement], now: datetime) -> list[str]:
    """What somebody should think of who gave them their times: sentences of the windows that only warn."""
    found, said = ahead(now), []
    for placement in placements if found else ():
        item = Item(topic_of(placement), placement.channel.slug)
        if placement.due_at is not None:
            said += [windows.sentence(one) for one in windows.against(item, placement.due_at, found) if not one.blocks]
    return list(dict.fromkeys(said))


def touched(period: ClosedPeriod, now: datetime, limit: int = 200) -> list[Placement]:
    """What is planned in it and not out yet, though it is closed or wants a second look there; soonest first."""
    window = period.as_window
    rows = Placement.objects.active().between(max(window.start, now), window.end).with_states()
    ahead_of_us = [row for row in rows.order_by("due_at")[: 10 * limit] if not row.is_out]
    topics = contents.topics({row.page_id for row in ahead_of_us if row.page_id})
    return [
        row
        for row in ahead_of_us
        if windows.concerns(window, Item(topics.get(row.page_id or 0) or Topic(text=row.note), row.channel.slug))
    ][:limit]
