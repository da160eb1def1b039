"""Whose content something is about, for lists of what waits for people."""

from typing import Any

from django.db.models import Q


def owned_by(user: Any) -> Q:
    """Rows with a ``page`` of this person; those of who has left are for whoever takes down for others."""
    own = Q(page__owner=user)
    if user.has_perm("publishing.withdraw_delivery"):
        own |= Q(page__owner=None) | Q(page__owner__is_active=False)
    return own
