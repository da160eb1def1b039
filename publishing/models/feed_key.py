"""A key with which a newsroom reads what is for the press: kept as a hash, and can be taken back."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NOTED_EVERY = timedelta(minutes=1)  # reading is no reason to write at each question


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


class FeedKeyQuerySet(models.QuerySet["FeedKey"]):
    def of(self, key: str) -> "FeedKey | None":
        """The one that this opens; None for every other, whatever the reason."""
        return self.filter(sha256=digest(key), revoked_at__isnull=True).first() if key else None

    def make(self, *, channel: Any, name: str, by: Any) -> tuple["FeedKey", str]:
        """A new one, and its key, which nobody can be told again."""
        key = f"pmf_{secrets.token_urlsafe(32)}"
        made = self.create(channel=channel, name=name, made_by=by, sha256=digest(key), hint=key[-4:])
        return made, key


class FeedKey(models.Model):
    channel = models.ForeignKey("publishing.Channel", models.CASCADE, related_name="feed_keys")
    name = models.CharField(_("name"), max_length=80, help_text=_("Which newsroom or system uses it."))
    sha256 = models.CharField(max_length=64, unique=True)  # the key itself is kept by nobody but its user
    hint = models.CharField(max_length=4)  # its last signs, to tell it from others
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)  # to the minute

    objects = FeedKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("key to a live feed")
        verbose_name_plural = _("keys to live feeds")
        permissions = [("manage_feedkey", _("Can make and take back keys to live feeds, and end subscriptions"))]
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    def note_use(self, now: datetime) -> None:
        """That it was used, once a minute."""
        long_ago = Q(last_used_at__isnull=True) | Q(last_used_at__lte=now - NOTED_EVERY)
        if self.last_used_at is None or self.last_used_at <= now - NOTED_EVERY:
            FeedKey.objects.filter(long_ago, pk=self.pk).update(last_used_at=now)
