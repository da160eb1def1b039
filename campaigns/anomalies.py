"""Settle what is odd in the source: somebody writes down what was decided, and can open it again."""

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from campaigns.models import Anomaly


def settle(anomaly: Anomaly, decision: str, *, by: User) -> bool:
    """Write the decision down; ValueError when there is none. False when somebody settled it meanwhile."""
    _ensure_may(by)
    if not decision.strip():
        raise ValueError("A decision is needed.")
    with transaction.atomic():
        done = Anomaly.objects.filter(pk=anomaly.pk, settled_at=None).update(
            decision=decision.strip(), settled_at=timezone.now(), settled_by=by
        )
        anomaly.refresh_from_db()
        if done:
            log(instance=anomaly, action="campaigns.anomaly_settled", user=by, data={"decision": anomaly.decision})
    return bool(done)


def reopen(anomaly: Anomaly, *, by: User) -> bool:
    """Take the decision back; its text stays as a draft. False when it was open."""
    _ensure_may(by)
    with transaction.atomic():
        done = Anomaly.objects.filter(pk=anomaly.pk, settled_at__isnull=False).update(settled_at=None, settled_by=None)
        anomaly.refresh_from_db()
        if done:
            log(instance=anomaly, action="campaigns.anomaly_reopened", user=by)
    return bool(done)


def _ensure_may(by: User) -> None:
    if not by.has_perm("campaigns.change_anomaly"):
        raise PermissionDenied
