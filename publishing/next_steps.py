"""What somebody should do about a channel now: one sentence, and one button. Pure: the time is an argument."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from publishing import pacing, standing
from publishing.models import Channel
from publishing.presenting import when

FAULT, WAITS, WELL = "alarm", "notice", "good"  # how much it matters, the most first
ORDER = (FAULT, WAITS, WELL)


@dataclass(frozen=True)
class Step:
    """``label`` and ``url`` of the button are empty where there is nothing to do; ``posts`` says that it is a form."""

    tone: str
    sentence: str
    label: str = ""
    url: str = ""
    posts: bool = False


def of(channel: Channel, now: datetime) -> Step:
    """What decides about the next post comes first."""
    if channel.paused_at is not None:
        return _paused(channel)
    if channel.dry_run:
        return Step(WELL, _("Nothing: it only rehearses."))
    return _unfit(channel, now) or _waiting(channel, now)


def _unfit(channel: Channel, now: datetime) -> Step | None:
    """What keeps it from sending, or soon will."""
    if channel.waits_for_consent:
        return _connect(
            channel, WAITS, _("Connect it: somebody logs in at the platform as the account, and allows it.")
        )
    if channel.health == Channel.Health.FAULT:
        return _access(channel, FAULT, _("Put its access right. It is verified again at once."))
    if channel.access_ends_soon(now):
        return _access(channel, FAULT, standing.access_warning(channel, now))
    if channel.lacks_decision:
        sentence = _("Record who decided that it may be used, when and why.")
        tone = FAULT if channel.waits_for_decision else WAITS
        return Step(tone, sentence, _("Record the decision"), _url("risk", channel))
    return None


def _waiting(channel: Channel, now: datetime) -> Step:
    """What goes by itself, or needs a look only."""
    if standing.is_asking(channel, now):
        return Step(WELL, _("Nothing: the platform is being asked."))
    if channel.health == Channel.Health.UNVERIFIED:
        return _act(channel, WAITS, _("Verify it: nobody knows yet whether it can send."), _("Verify now"), "verify")
    if channel.not_before is not None and channel.not_before > now:
        sentence = _(
            "Nothing: the platform lets nothing more through until %(moment)s; what is due goes then by itself."
        )
        return Step(WAITS, sentence % {"moment": when(channel.not_before, now)})
    if pacing.waits_for(channel, now):
        sentence = _("Nothing: its pace lets the next post go %(moment)s.")
        return Step(WELL, sentence % {"moment": when(pacing.earliest(channel, now), now)})
    return Step(WELL, _("Nothing."))


def _paused(channel: Channel) -> Step:
    if not channel.paused_by_fault:
        sentence = _("Resume it when it may send again. What was held stays held.")
        return _act(channel, WAITS, sentence, _("Resume"), "resume")
    if channel.adapter.connects:
        sentence = _("Connect it again: the pause ends once the platform has said that all is well.")
        return _connect(channel, FAULT, sentence)
    sentence = _("Put its access right, then let it be verified: the pause ends when all is well.")
    return _act(channel, FAULT, sentence, _("Verify and resume"), "resume")


def _access(channel: Channel, tone: str, sentence: str) -> Step:
    if channel.adapter.connects:
        return _connect(channel, tone, sentence)
    return Step(tone, sentence, _("Change"), _url("edit", channel))


def _connect(channel: Channel, tone: str, sentence: str) -> Step:
    label = _("Connect") if channel.waits_for_consent else _("Connect again")
    return Step(tone, sentence, label, _url("connect", channel), posts=True)


def _act(channel: Channel, tone: str, sentence: str, label: str, action: str) -> Step:
    url = reverse("publishing_channels:act", args=[channel.pk, action])
    return Step(tone, sentence, label, url, posts=True)


def _url(name: str, channel: Channel) -> str:
    return reverse(f"publishing_channels:{name}", args=[channel.pk])
