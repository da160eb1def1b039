"""Months that have closed, and a key to the figures that nobody was told."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from campaigns import api_tokens
from campaigns.coverage import closing
from campaigns.models import ApiToken

KEY = "Intranettets forside (prøve)"


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """What closed stays as it is; again is harmless."""
    now = timezone.now()
    if closed := closing.close_due(now).closed:
        yield f"Måneder lukket: {', '.join(f'{month}/{year}' for year, month in closed)}"
    if not ApiToken.objects.exists():
        api_tokens.make(name=KEY, expires_at=now + timedelta(days=365), by=users["ledelse"])
