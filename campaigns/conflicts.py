"""What speaks against a time on a channel. Sentences for the person who chooses it; the time now is an argument."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from campaigns import clock, windows
from campaigns.windows import Window
from publishing.models import Channel, Delivery, State

SAME_TEXT_WITHIN = timedelta(days=30)


def of_time(channel: Channel, due_at: datetime, now: datetime, closed: Iterable[Window] = ()) -> list[str]:
    """Past, within the channel's quiet hours, or in one of the windows ``closed`` that concern the content there."""
    if due_at < now - timedelta(minutes=1):
        return [_("This time has passed.")]
    if channel.is_quiet_at(clock.to_wall(due_at)):
        return [
            _("%(channel)s is quiet from %(start)s to %(end)s.")
            % {
                "channel": channel.name,
                "start": f"{channel.quiet_from:%H.%M}",
                "end": f"{channel.quiet_until:%H.%M}",
            }
        ]
    shut = closing(due_at, closed)
    return [windows.sentence(shut)] if shut is not None else []


def closing(moment: datetime, closed: Iterable[Window]) -> Window | None:
    """The window that shuts this moment; those that only warn shut none."""
    return next((window for window in closed if window.blocks and window.start <= moment < window.end), None)


def doubts(moment: datetime, closed: Iterable[Window]) -> list[str]:
    """What the windows say that only warn."""
    return [windows.sentence(one) for one in closed if not one.blocks and one.start <= moment < one.end]


def of_order(due_at: datetime, latest_at: datetime | None, withdraw_at: datetime | None) -> dict[str, str]:
    """Field to sentence, where the three moments contradict each other."""
    found = {}
    if latest_at is not None and latest_at < due_at:
        found["latest_at"] = _("The latest moment lies before the time itself.")
    if withdraw_at is not None and withdraw_at <= due_at:
        found["withdraw_at"] = _("It would be taken down before it is sent.")
    return found


def of_text(channel: Channel, text: str, now: datetime, *, except_label: str) -> list[str]:
    """The same words on the same channel within 30 days, by other content."""
    same = (
        Delivery.objects.filter(channel=channel, parent=None, message_json__text=text)
        .filter(due_at__gte=now - SAME_TEXT_WITHIN, due_at__lte=now + SAME_TEXT_WITHIN)
        .exclude(state__in=[State.CANCELLED, State.WITHDRAWN])
        .exclude(labels__contains=f" {except_label} ")
        .order_by("due_at")
        .first()
    )
    if same is None or not text.strip():
        return []
    return [
        _("%(channel)s has the very same text on %(date)s. Write it differently, or leave this one out.")
        % {"channel": channel.name, "date": date_format(clock.to_wall(same.due_at), "j. F")}
    ]


def of_repeat(channel: Channel, due_at: datetime, moments: Iterable[datetime]) -> list[str]:
    """The same content on the same channel within 30 days; ``moments`` are when else it goes there."""
    near = sorted(
        (other for other in moments if abs(other - due_at) < SAME_TEXT_WITHIN), key=lambda one: abs(one - due_at)
    )
    if not near:
        return []
    return [
        _("%(channel)s has the very same text on %(date)s; the same words may come again after %(days)s days.")
        % {
            "channel": channel.name,
            "date": date_format(clock.to_wall(near[0]), "j. F"),
            "days": SAME_TEXT_WITHIN.days,
        }
    ]


def of_gap(channel: Channel, due_at: datetime, others: Iterable[datetime | None]) -> list[str]:
    """Another post on the channel within its minimum gap."""
    gap = timedelta(seconds=channel.minimum_gap)
    near = sorted(
        (other for other in others if other and abs(other - due_at) < gap), key=lambda other: abs(other - due_at)
    )
    if not near:
        return []
    return [
        _("%(channel)s has another post at %(time)s; %(minutes)s minutes must lie between two posts.")
        % {
            "channel": channel.name,
            "time": date_format(clock.to_wall(near[0]), "H.i"),
            "minutes": max(channel.minimum_gap // 60, 1),
        }
    ]
