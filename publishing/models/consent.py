"""A Consent: one person connecting one channel in a browser, step by step. Nothing in it outlives ten minutes."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

GOOD_FOR = timedelta(minutes=10)
STEP_WITHIN = timedelta(seconds=60)  # a step of a worker's takes seconds


def _end() -> datetime:
    return timezone.now() + GOOD_FOR


class ConsentQuerySet(models.QuerySet["Consent"]):
    def open(self) -> "ConsentQuerySet":
        return self.exclude(step__in=[Consent.Step.CONNECTED, Consent.Step.FAILED])

    def lost(self, now: datetime) -> "ConsentQuerySet":
        """Nobody will finish these: time is up, or the worker is gone."""
        working = models.Q(step__in=WORKING, step_at__lte=now - STEP_WITHIN)
        return self.open().filter(models.Q(expires_at__lte=now) | working)


class Consent(models.Model):
    """``sealed`` holds verifier, address, code and what the platform registered for us, until they are used.

    Where the login gives several accounts, it holds the access to them until one is picked.
    """

    class Step(models.TextChoices):
        WANTED = "wanted", _("about to be prepared")
        PREPARING = "preparing", _("being prepared")
        READY = "ready", _("waiting for consent on the platform")
        RETURNED = "returned", _("about to be completed")
        EXCHANGING = "exchanging", _("being completed")
        PICKING = "picking", _("waiting for somebody to pick the account")
        CONNECTED = "connected", _("connected")
        FAILED = "failed", _("failed")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey("publishing.Channel", models.CASCADE, related_name="+")
    channel_version = models.PositiveIntegerField()  # the set-up that is connected
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    step = models.CharField(max_length=12, choices=Step, default=Step.WANTED)
    step_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=250, blank=True)
    state_sha256 = models.CharField(max_length=64, blank=True)
    sealed = models.BinaryField(default=bytes, blank=True, editable=False)
    expires_at = models.DateTimeField(default=_end)

    objects = ConsentQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.channel_id} {self.step}"

    def move(self, expected: "Consent.Step", step: "Consent.Step", **changes: object) -> bool:
        """To the next step, only from the expected one: whoever comes second gets False and does nothing."""
        changes = {"step": step, "step_at": timezone.now(), **changes}
        done = Consent.objects.filter(pk=self.pk, step=expected).update(**changes)
        if done:
            for name, value in changes.items():
                setattr(self, name, value)
        return bool(done)


WORKING = (Consent.Step.WANTED, Consent.Step.PREPARING, Consent.Step.RETURNED, Consent.Step.EXCHANGING)
