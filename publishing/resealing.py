"""A new first key in ``CREDENTIALS_KEYS``: what is kept under an older one is put under it."""

from collections.abc import Callable
from typing import Any

from cryptography.fernet import InvalidToken
from django.db.models import Q, QuerySet
from django.utils import timezone

from publishing import credentials
from publishing.models import Channel, Consent, FeedIntent, FeedSubscriber


def everything() -> tuple[int, list[str]]:
    """How many secrets of channels, logins under way and subscribers are under the first key, and what is not."""
    now = timezone.now()
    # While an access is renewed, what comes of it must find the box as it was when the lease was taken.
    still = Q(renewing_until__isnull=True) | Q(renewing_until__lte=now)
    moved, left = move(Channel.objects.all(), "encrypted_secrets", credentials.resealed, still)
    for rows, column in (
        (Consent.objects.all(), "sealed"),
        (FeedIntent.objects.all(), "sealed_secret"),
        (FeedSubscriber.objects.all(), "sealed_secret"),
    ):
        more, behind = move(rows, column, credentials.resealed)
        moved, left = moved + more, left + behind
    return moved, left


def move(
    rows: "QuerySet[Any]", column: str, reseal: Callable[[bytes], bytes], only: Q | None = None
) -> tuple[int, list[str]]:
    """One box after the other, each unless somebody changes it meanwhile."""
    moved, left = 0, []
    for row in rows.exclude(**{column: b""}):
        sealed = bytes(getattr(row, column))
        name = f"{row._meta.verbose_name} {getattr(row, 'name', row.pk)}"
        try:
            fresh = reseal(sealed)
        except InvalidToken:
            left.append(f"{name}: none of the keys opens it.")
            continue
        if rows.filter(only or Q(), pk=row.pk, **{column: sealed}).update(**{column: fresh}):
            moved += 1
        else:
            left.append(f"{name}: in use just now, try again in a minute.")
    return moved, left
