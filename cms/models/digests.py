"""How somebody wants to hear by e-mail of what waits for them, and up to where they have heard."""

from datetime import time
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

HOURS = [(hour, f"{hour}.00") for hour in range(24)]


class DigestWishQuerySet(models.QuerySet["DigestWish"]):
    def wanting(self) -> "DigestWishQuerySet":
        """Those who want any letter and can get one."""
        wants = models.Q(urgent=True) | ~models.Q(rhythm=DigestWish.Rhythm.OFF)
        return self.filter(wants, user__is_active=True).exclude(user__email="").select_related("user")

    def claim(self, wish: "DigestWish", **values: Any) -> bool:
        """Change it if nobody did since it was read; one of two workers loses."""
        mine = self.filter(pk=wish.pk, version=wish.version)
        return bool(mine.update(version=models.F("version") + 1, **values))


class DigestWish(models.Model):
    class Rhythm(models.TextChoices):
        OFF = "off", _("never")
        DAILY = "daily", _("every day")
        WEEKLY = "weekly", _("once a week")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="digest_wish")
    rhythm = models.CharField(_("a list of what waits"), max_length=6, choices=Rhythm, default=Rhythm.OFF)
    hour = models.PositiveSmallIntegerField(_("at"), choices=HOURS, default=7)
    weekday = models.PositiveSmallIntegerField(_("on"), choices=WEEKDAYS, default=0)
    urgent = models.BooleanField(
        _("at once when something is urgent"),
        default=False,
        help_text=_("What is uncertain, failed, to be posted or taken down by hand, or a possible error."),
    )
    without = models.JSONField(default=list, blank=True)  # keys of kinds; a new kind is told until somebody says no
    quiet_from = models.TimeField(_("quiet from"), default=time(22))
    quiet_until = models.TimeField(_("quiet until"), default=time(6))
    since = models.DateTimeField(auto_now_add=True)
    sent_for = models.CharField(max_length=25, blank=True)  # the moment whose list was sent: each goes once
    version = models.PositiveIntegerField(default=1)

    objects = DigestWishQuerySet.as_manager()

    class Meta:
        verbose_name = _("e-mail about what waits")
        verbose_name_plural = _("e-mails about what waits")

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"


class DigestTold(models.Model):
    """Something urgent that this person was told of: once."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    need = models.CharField(max_length=64)  # a digest of its kind, its place and its moment
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "need"], name="digest_told_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.need}"
