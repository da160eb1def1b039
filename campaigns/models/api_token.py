"""A key to the figures for another system: kept as a hash, ends by itself, and can be taken back."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

A_MINUTE = 60  # how many questions one key may ask


class ApiTokenQuerySet(models.QuerySet["ApiToken"]):
    def of_key(self, key: str, now: datetime) -> "ApiToken | None":
        """The one that this key opens; None for every other, whatever the reason."""
        rows = self.filter(sha256=digest(key), revoked_at__isnull=True, expires_at__gt=now)
        return rows.first()

    def make(self, *, name: str, expires_at: datetime, by: Any) -> tuple["ApiToken", str]:
        """A new one, and its key, which nobody can be told again."""
        key = f"pm_{secrets.token_urlsafe(32)}"
        return self.create(name=name, expires_at=expires_at, created_by=by, sha256=digest(key), hint=key[-4:]), key


class ApiToken(models.Model):
    name = models.CharField(_("name"), max_length=80, help_text=_("Who uses it, and for what."))
    sha256 = models.CharField(max_length=64, unique=True)  # the key itself is kept by nobody but its user
    hint = models.CharField(max_length=4)  # its last signs, to tell it from others
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    expires_at = models.DateTimeField(_("ends"))
    revoked_at = models.DateTimeField(_("taken back"), null=True)
    last_used_at = models.DateTimeField(_("last used"), null=True)
    # The minute in which it last asked, and how often in it: counted here, so that no cache server is needed.
    minute = models.DateTimeField(null=True)
    asked = models.PositiveIntegerField(default=0)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        verbose_name = _("key to the figures")
        verbose_name_plural = _("keys to the figures")
        permissions = [("manage_apitoken", _("Can make and take back keys to the figures"))]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def count(self, now: datetime) -> int:
        """Count a question; how many seconds it must wait first, 0 when it may be answered."""
        minute = now.replace(second=0, microsecond=0)
        mine = ApiToken.objects.filter(pk=self.pk)
        if mine.filter(minute=minute, asked__lt=A_MINUTE).update(asked=F("asked") + 1, last_used_at=now):
            return 0
        other = models.Q(minute__isnull=True) | ~models.Q(minute=minute)
        if mine.filter(other).update(minute=minute, asked=1, last_used_at=now):
            return 0
        return max(1, round((minute + timedelta(minutes=1) - now).total_seconds()))


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
