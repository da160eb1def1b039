"""Channels that need care: paused, faulty, or about to lose their access."""

from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from publishing import adapters, presenting
from publishing.models import Channel, Delivery
from publishing.models.channel import ChannelQuerySet
from publishing.models.delivery import OPEN
from publishing.needs import Need, Source

PERMISSIONS = ("publishing.change_channel", "publishing.decide_delivery")


def in_need(user: Any) -> ChannelQuerySet:
    """Those that nobody but a person can put right, and that this one is to know of.

    One that somebody paused on purpose is none of them. A decision is asked of whoever manages channels.
    """
    if not _concerns(user):
        return Channel.objects.none()
    usable, now = Channel.objects.usable(), timezone.now()
    faulty = Q(paused_at__isnull=False, paused_by_fault=True) | Q(paused_at=None, health=Channel.Health.FAULT)
    found = usable.filter(faulty) | usable.access_ending(now)
    if user.has_perm("publishing.change_channel"):
        outside = usable.filter(dry_run=False).exclude(kind__in=adapters.kinds_in_house())
        found |= outside.filter(risk_decided_on=None)
    return found


def fault_of(channel: Channel) -> str:
    """What is wrong with it now, or nothing."""
    if channel.paused_at is not None:
        return channel.paused_reason or _("The channel is paused.")
    if channel.health == Channel.Health.FAULT:
        return channel.health_problem or _("The channel needs attention.")
    return ""


def lacks_decision(channel: Channel) -> bool:
    """Whether somebody must record that it may be used. A rehearsal needs none."""
    return channel.lacks_decision and not channel.dry_run


def url_of(channel: Channel, user: Any) -> str:
    """Its own page, for whoever may see it; else the page on health."""
    if user.has_perm("publishing.view_channel"):
        return reverse("publishing_channels:show", args=[channel.pk])
    return reverse("publishing_desk:health")


def _concerns(user: Any) -> bool:
    return any(user.has_perm(permission) for permission in PERMISSIONS)


def _rows(user: Any, limit: int) -> list[Need]:
    channels = list(in_need(user)[:limit])
    planned = dict(
        Delivery.objects.filter(channel__in=channels, state__in=OPEN, parent__isnull=True)
        .order_by()
        .values_list("channel")
        .annotate(Count("pk"))
    )
    return [_tell(channel, planned.get(channel.pk, 0), user) for channel in channels]


def _tell(channel: Channel, planned: int, user: Any) -> Need:
    fault = fault_of(channel)
    undecided = lacks_decision(channel)
    if fault:
        happened = fault
    elif undecided:
        happened = _("No risk decision is recorded.")
    else:
        ends = presenting.when(channel.access_expires_at, timezone.now()) if channel.access_expires_at else ""
        happened = _("The access ends %(when)s.") % {"when": ends}
    if channel.paused_at is not None:
        by_itself = _("What comes due on it is held.")
    elif fault:
        by_itself = _("It is looked at again before its next post is due.")
    elif channel.waits_for_decision:
        by_itself = _("What comes due on it is held until it is recorded.")
    elif undecided:
        by_itself = _("It goes on: it was in use before decisions were asked for.")
    else:
        by_itself = _("Nothing: somebody must connect it again before then.")
    posts = ngettext("%(count)s post is planned for it.", "%(count)s posts are planned for it.", planned)
    records = undecided and not fault and user.has_perm("publishing.change_channel")
    return Need(
        badge=presenting.badge("channel", _("channel needs attention")),
        title=channel.name,
        url=reverse("publishing_channels:risk", args=[channel.pk]) if records else url_of(channel, user),
        action=_("Record the decision") if records else _("Open"),
        happened=happened,
        sent=posts % {"count": planned},
        by_itself=by_itself,
        since=channel.paused_at,
    )


def source() -> Source:
    return Source(
        heading=lambda: _("Channels"),
        there=in_need,
        rows=_rows,
        badge=lambda: presenting.badge("channel", _("channel needs attention")),
    )
