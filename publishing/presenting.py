"""How the desk says things: a state is a word and a shape, a time is said as people say it. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from publishing.models import Delivery, Receipt, State

SHAPES: dict[str, str] = {
    "draft": "○",
    "in_approval": "◐",
    "approved": "◇",
    "changed": "○",
    "empty": "▢",
    "absent": "!",
    "different": "≠",
    "read_back": "●",
    "partly_sent": "◑",
    "review": "◒",
    "sent_back": "↲",
    "by_hand": "✎",
    "to_take_down": "↶",
    "channel": "⚑",
    "incident": "⚠",
    "to_review": "◔",
    "out_of_date": "≠",
    State.SCHEDULED: "◆",
    State.QUEUED: "▶",
    State.SENDING: "▶",
    State.PROCESSING: "▷",
    State.AWAITING_RETRY: "↻",
    State.UNCERTAIN: "?",
    State.HELD: "‖",
    State.MISSED: "⊘",
    State.DELIVERED: "●",
    State.FAILED: "!",
    State.CANCELLED: "×",
    State.WITHDRAWN: "↩",
}
# Colour only repeats what word and shape say: "alarm" wants a person now, "notice" soon, "good" is done.
TONES: dict[str, str] = {
    State.UNCERTAIN: "alarm",
    State.FAILED: "alarm",
    State.MISSED: "notice",
    State.HELD: "notice",
    "by_hand": "notice",
    "to_take_down": "notice",
    "channel": "notice",
    "incident": "alarm",
    "to_review": "notice",
    "out_of_date": "notice",
    "absent": "alarm",
    "different": "alarm",
    "read_back": "good",
}


@dataclass(frozen=True)
class Badge:
    """What stands where a state is shown. ``key`` is for style sheets and filters, ``label`` is translated."""

    key: str
    shape: str
    label: str
    tone: str = ""


def badge(key: str, label: str) -> Badge:
    """The badge of any state that has a shape; KeyError for one that has none."""
    return Badge(key, SHAPES[key], label, TONES.get(key, ""))


def badge_of(delivery: Delivery) -> Badge:
    """The state of a delivery; what waits for somebody to post it by hand says so.

    What was sent is good only when it was read back as it was sent; whoever lists deliveries loads their receipts.
    """
    if delivery.state == State.DELIVERED and Delivery.receipt.is_cached(delivery):  # type: ignore[attr-defined]
        return _badge_of_sent(getattr(delivery, "receipt", None))
    if delivery.state == State.PROCESSING and delivery.channel.limits.by_hand:
        return badge("by_hand", _("to be posted by hand"))
    return badge(delivery.state, str(State(delivery.state).label))


def _badge_of_sent(receipt: Receipt | None) -> Badge:
    match receipt.read_back if receipt is not None else "":
        case Receipt.ReadBack.GOOD:
            return badge("read_back", str(State.DELIVERED.label))
        case Receipt.ReadBack.ABSENT:
            return badge("absent", _("sent, but not to be seen"))
        case Receipt.ReadBack.DIFFERENT:
            return badge("different", _("sent, but it differs"))
    return badge(State.DELIVERED, str(State.DELIVERED.label))


def clock(moment: datetime) -> str:
    """The time of day, district time."""
    return date_format(timezone.localtime(moment), pgettext("time of day", "H:i"))


def when(moment: datetime, now: datetime) -> str:
    """A moment as people say it: today at 14:30, Tuesday 24 November at 9:00 (in 3 days)."""
    day, today = timezone.localtime(moment).date(), timezone.localtime(now).date()
    days = (day - today).days
    near = {-1: _("yesterday at %(time)s"), 0: _("today at %(time)s"), 1: _("tomorrow at %(time)s")}
    if days in near:
        return near[days] % {"time": clock(moment)}
    pattern = pgettext("day", "l j F") if day.year == today.year else pgettext("day with year", "j F Y")
    said = _("%(day)s at %(time)s") % {"day": date_format(day, pattern), "time": clock(moment)}
    if 1 < days <= 14:
        said += " " + ngettext("(in %(days)s day)", "(in %(days)s days)", days) % {"days": days}
    return said


def exactly(moment: datetime) -> str:
    """The same moment for the tooltip and the record: district time to the second, and UTC."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S %Z} ({moment.astimezone(UTC):%H:%M:%S} UTC)"


def span(length: timedelta) -> str:
    """A length of time in its largest whole unit; less than a minute is said so."""
    minutes = max(0, int(length.total_seconds()) // 60)
    hours, days = minutes // 60, minutes // 1440
    if days:
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if hours:
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
    if minutes:
        return ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}
    return _("less than a minute")


def ago(moment: datetime, now: datetime) -> str:
    """How long since; how long until, for what lies ahead."""
    if moment - now >= timedelta(minutes=1):
        return _("in %(span)s") % {"span": span(moment - now)}
    return _("%(span)s ago") % {"span": span(now - moment)}
