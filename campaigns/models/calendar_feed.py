"""A person's own subscription to the plan: an address that nobody can guess, and that can be taken back."""

import hashlib
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarFeedQuerySet(models.QuerySet["CalendarFeed"]):
    def of_token(self, token: str) -> "CalendarFeed | None":
        """The feed that this address opens, as long as its person may still log in."""
        rows = self.filter(token_sha256=_digest(token), user__is_active=True)
        return rows.select_related("user").first()

    def renew(self, user: Any) -> str:
        """A new token for this person, told once. The one before opens nothing any more."""
        token = secrets.token_urlsafe(32)
        self.update_or_create(user=user, defaults={"token_sha256": _digest(token)})
        return token


class CalendarFeed(models.Model):
    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_sha256 = models.CharField(max_length=64, unique=True)  # the token itself is kept by nobody but its person
    made_at = models.DateTimeField(auto_now=True)

    objects = CalendarFeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("calendar subscription")
        verbose_name_plural = _("calendar subscriptions")

    def __str__(self) -> str:
        return str(self.user)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
