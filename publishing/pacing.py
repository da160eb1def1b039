"""May this channel begin a send now, and if not, when? Waiting spends no attempt. Pure: the time is an argument."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from django.conf import settings

from publishing.models import Channel


class Why(Enum):
    """What a channel waits for."""

    QUOTA = "quota"  # the platform told us to wait
    GAP = "gap"  # the minimum gap between two posts
    QUIET = "quiet"  # its quiet hours


def waits_for(channel: Channel, now: datetime) -> list[Why]:
    """Everything that keeps the channel from beginning now; empty when nothing does."""
    found = []
    if channel.not_before is not None and channel.not_before > now:
        found.append(Why.QUOTA)
    gap = timedelta(seconds=channel.minimum_gap)
    if channel.minimum_gap and channel.last_begun_at and channel.last_begun_at + gap > now:
        found.append(Why.GAP)
    if after_quiet_hours(channel, now) > now:
        found.append(Why.QUIET)
    return found


def earliest(channel: Channel, now: datetime) -> datetime:
    """The first moment (UTC) at which the channel may begin: ``now`` when nothing stands in the way.

    Considers the quota learnt from answers, the minimum gap and the quiet hours (district time).
    """
    moment = max(now, channel.not_before) if channel.not_before else now
    if channel.minimum_gap and channel.last_begun_at:
        moment = max(moment, channel.last_begun_at + timedelta(seconds=channel.minimum_gap))
    return after_quiet_hours(channel, moment)


def in_turn(channels: Iterable[Channel], now: datetime) -> list[datetime]:
    """When each of several posts may begin that are let go now, one after the other on its channel."""
    free: dict[int, datetime] = {}
    found = []
    for channel in channels:
        moment = free.get(channel.pk) or earliest(channel, now)
        free[channel.pk] = after_quiet_hours(channel, moment + channel.gap_span)
        found.append(moment)
    return found


def after_quiet_hours(channel: Channel, moment: datetime) -> datetime:
    """``moment``, or the end of the quiet hours it falls in."""
    zone = ZoneInfo(settings.TIME_ZONE)
    local = moment.astimezone(zone)
    if channel.quiet_until is None or not channel.is_quiet_at(local):
        return moment
    end = datetime.combine(local.date(), channel.quiet_until, zone)
    if end <= local:
        end = datetime.combine(local.date() + timedelta(days=1), channel.quiet_until, zone)
    return end.astimezone(moment.tzinfo)
