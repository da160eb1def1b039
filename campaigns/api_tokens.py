"""Make and take back keys to the figures: each checks, changes and leaves evidence."""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from campaigns.models import ApiToken
from publishing import scheduling

MANAGES = "campaigns.manage_apitoken"


def make(*, name: str, expires_at: datetime, by: Any) -> tuple[ApiToken, str]:
    """The token, and its key: told once."""
    if not by.has_perm(MANAGES):
        raise PermissionDenied
    with transaction.atomic():
        token, key = ApiToken.objects.make(name=name, expires_at=expires_at, by=by)
        _leave("token.made", token, by, expires_at=expires_at.isoformat())
    return token, key


def take_back(token: ApiToken, now: datetime, *, by: Any) -> bool:
    """It opens nothing any more. False when it was taken back before."""
    if not by.has_perm(MANAGES):
        raise PermissionDenied
    with transaction.atomic():
        if not ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=now):
            return False
        _leave("token.taken_back", token, by)
    return True


def _leave(kind: str, token: ApiToken, by: Any, **more: str) -> None:
    payload = {"name": token.name, **more}
    scheduling.record_evidence(kind, actor=by.get_username(), subject=f"api_token:{token.pk}", payload=payload)
