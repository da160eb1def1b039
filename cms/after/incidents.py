"""Somebody reports a possible error: down at once, a frozen copy of what was out, 72 hours to decide whom to tell."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import mail
from cms.after import removing
from cms.models.incidents import Incident
from cms.models.policies import Policy
from cms.models.removals import Removal
from publishing.models import Delivery, State
from publishing.scheduling import record_evidence

NOT_YET = frozenset({State.SCHEDULED, State.AWAITING_RETRY, State.HELD, State.MISSED})


@transaction.atomic
def report(page: Page, *, by: Any, what: str, why: str) -> Incident:
    """Take it down everywhere, keep what was out, start the clock, write to the data protection officer.

    The letter and the evidence hold no content: neither can be called back.
    """
    now = timezone.now()
    snapshot = take_snapshot(page, now)
    incident = Incident.objects.create(
        page_id=page.pk,
        title=page.title[:255],
        what=what,
        why=why,
        reported_by=by,
        reported_at=now,
        snapshot=snapshot,
        snapshot_sha256=digest(snapshot),
        told=Policy.load().dpo_email,
    )
    record_evidence(
        "incident.reported",
        actor=by.get_username(),
        subject=f"page:{page.pk}",
        payload={"incident": str(incident.key), "what": what, "snapshot_sha256": incident.snapshot_sha256},
    )
    if page.current_workflow_state is not None:  # nobody shall approve it unseen meanwhile
        page.current_workflow_state.cancel(user=by)
    removing.remove(page, cause=Removal.Cause.POSSIBLE_ERROR, reason=_("A possible error was reported."), by=by)
    if incident.told:
        mail.tell(incident.told, "possible_error", {"incident": incident})
    return incident


def take_snapshot(page: Page, now: datetime) -> dict[str, Any]:
    """Word for word what is out or planned, and what the website shows. Pictures lie frozen under their SHA-256."""
    live = page.live_revision if page.live else None
    rows = removing.deliveries_of(page.pk).filter(state__in=removing.MAY_BE_OUT | NOT_YET).order_by("due_at", "pk")
    return {
        "taken_at": now.isoformat(),
        "title": page.title,
        "address": (page.full_url or "") if live is not None else "",
        "live_revision": live.pk if live is not None else None,
        "deliveries": [_copy(row) for row in rows],
    }


def _copy(row: Delivery) -> dict[str, Any]:
    receipt = getattr(row, "receipt", None)
    return {
        "delivery": str(row.key),
        "channel": row.channel.name,
        "state": row.state,
        "due_at": row.due_at.isoformat(),
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
        "permalink": receipt.permalink if receipt is not None else "",
        "message": row.message_json,
        "message_sha256": row.message_sha256,
    }


def digest(snapshot: dict[str, Any]) -> str:
    """What the evidence knows the copy by."""
    canonical = json.dumps(snapshot, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def may_see(incident: Incident, user: Any) -> bool:
    return bool(user.has_perm("cms.view_incident") or incident.reported_by_id == user.pk)


def close(incident: Incident, *, by: Any, assessment: str, notified: bool, notified_why: str) -> bool:
    """What was found, whether Datatilsynet was told, and why. False when somebody has closed it already."""
    if not by.has_perm("cms.close_incident"):
        raise PermissionDenied
    words = {"assessment": assessment, "notified": notified, "notified_why": notified_why}
    with transaction.atomic():
        done = Incident.objects.open().filter(pk=incident.pk).update(closed_by=by, closed_at=timezone.now(), **words)
        if done:
            record_evidence(
                "incident.closed",
                actor=by.get_username(),
                subject=f"page:{incident.page_id}" if incident.page_id else "",
                payload={"incident": str(incident.key), "notified": notified},
            )
    incident.refresh_from_db()
    return bool(done)
