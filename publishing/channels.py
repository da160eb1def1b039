"""What people do with a channel. Each verb changes, writes evidence and rings; none of them touches the network."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import bells, evidence, stopping
from publishing.models import Channel, Delivery
from publishing.scheduling import NotPossible, name_of


def write_down(channel: Channel, what: str, by: User | None, **payload: Any) -> None:
    """One fact about a channel, in the caller's transaction."""
    evidence.record(f"channel.{what}", actor=name_of(by), subject=f"channel:{channel.pk}", payload=payload)


def ask(channel: Channel) -> None:
    """Have a worker verify it now; the answer comes by itself."""
    Channel.objects.filter(pk=channel.pk).update(asked_at=timezone.now(), asked_problem="")
    bells.ring("verify_channel", channel.pk)


@transaction.atomic
def pause(channel: Channel, *, reason: str, by: User | None) -> None:
    """Nothing begins on it; what comes due is held."""
    paused = Channel.objects.filter(pk=channel.pk, paused_at__isnull=True, retired_at__isnull=True)
    if not paused.update(paused_at=timezone.now(), paused_reason=reason[:250], paused_by_fault=False):
        raise NotPossible(_("It is paused already."))
    write_down(channel, "paused", by, reason=reason)


@transaction.atomic
def resume(channel: Channel, *, by: User | None) -> bool:
    """End the pause; True when it has ended. After a fault it ends once the platform says that all is well."""
    channel.refresh_from_db()
    if channel.paused_at is None:
        raise NotPossible(_("It is not paused."))
    if not channel.paused_by_fault:
        return set_free(channel, by=by)
    Channel.objects.filter(pk=channel.pk).update(resume_when_verified=True)
    write_down(channel, "resume_asked", by)
    ask(channel)
    return False


@transaction.atomic
def set_free(channel: Channel, *, by: User | None) -> bool:
    """End the pause now. Sends nothing that was held, nor what came due meanwhile: that is held with the rest."""
    reason = _("Came due while the channel was paused: %(reason)s") % {"reason": channel.paused_reason}
    Channel.objects.select_for_update(of=("self",), no_key=True).get(pk=channel.pk)  # first, as claim and begin do
    stopping.hold_due(Delivery.objects.filter(channel=channel), timezone.now(), reason=reason)
    done = Channel.objects.filter(pk=channel.pk, paused_at__isnull=False).update(
        paused_at=None, paused_reason="", paused_by_fault=False, resume_when_verified=False
    )
    if done:
        write_down(channel, "resumed", by)
    return bool(done)


@transaction.atomic
def set_dry_run(channel: Channel, on: bool, *, by: User | None) -> None:
    """On: what is sent is only written down. Off: it goes out, and the platform is asked whether it could."""
    if not Channel.objects.filter(pk=channel.pk, dry_run=not on).update(dry_run=on):
        raise NotPossible(_("It is in dry run already.") if on else _("It is not in dry run."))
    write_down(channel, "dry_run_on" if on else "dry_run_off", by)
    if not on:
        ask(channel)


@transaction.atomic
def retire(channel: Channel, *, forget_access: bool, by: User | None, now: datetime | None = None) -> None:
    """Take it out of use. Its history stays; what is planned on it is held when it comes due."""
    moment = now or timezone.now()
    if not Channel.objects.filter(pk=channel.pk, retired_at__isnull=True).update(retired_at=moment, asked_at=None):
        raise NotPossible(_("It is out of use already."))
    write_down(channel, "retired", by, access_forgotten=forget_access)
    if forget_access:
        Channel.objects.filter(pk=channel.pk).update(encrypted_secrets=b"", secrets_set={}, access_expires_at=None)


@transaction.atomic
def reinstate(channel: Channel, *, by: User | None) -> None:
    """Take it into use again; it is verified before anybody trusts it, and needs its decision as a new one does."""
    unverified = Channel.Health.UNVERIFIED
    if not Channel.objects.filter(pk=channel.pk, retired_at__isnull=False).update(
        retired_at=None, health=unverified, used_before_decisions=False
    ):
        raise NotPossible(_("It is in use."))
    write_down(channel, "reinstated", by)
    ask(channel)
