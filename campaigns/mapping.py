"""Say which focus area an initiative serves: a proposal is confirmed or rejected by a person, and can be taken back."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.models import FocusMapping

LOGGED = {
    FocusMapping.Status.CONFIRMED: "campaigns.mapping_confirmed",
    FocusMapping.Status.REJECTED: "campaigns.mapping_rejected",
    FocusMapping.Status.PROPOSED: "campaigns.mapping_reopened",
}


def decide(mappings: Iterable[FocusMapping], status: FocusMapping.Status, *, by: User) -> int:
    """Confirm, reject or take back each; returns how many changed. Again is harmless."""
    if not by.has_perm("campaigns.change_focusmapping"):
        raise PermissionDenied
    reopened = status == FocusMapping.Status.PROPOSED
    decision = {"decided_by": None if reopened else by, "decided_at": None if reopened else timezone.now()}
    changed = 0
    with transaction.atomic():
        for mapping in mappings:
            rows = FocusMapping.objects.filter(pk=mapping.pk).exclude(status=status)
            if rows.update(status=status, **decision):
                mapping.refresh_from_db()
                log(instance=mapping, action=LOGGED[status], user=by)
                changed += 1
    return changed
