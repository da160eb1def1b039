"""Bring a checked plan in: drafts and slots with proposed times, each row once, by a worker."""

import logging
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation

from campaigns import clock, drafts
from campaigns.importing import checking
from campaigns.importing.rows import Row, Status
from campaigns.models import ImportedRow, Placement, PlanImport
from publishing.scheduling import record_evidence

log = logging.getLogger(__name__)
LOST_AFTER = timedelta(minutes=15)  # a worker that took one and never came back
State = PlanImport.State
PERMISSION = "campaigns.add_placement"


def start(plan: PlanImport, *, by: Any) -> bool:
    """Hand it to a worker; whether it was still open."""
    if plan.by_id != by.pk or not by.has_perm(PERMISSION):
        raise PermissionDenied
    return bool(PlanImport.objects.filter(pk=plan.pk, state=State.OPEN).update(state=State.WAITING))


def carry_on(now: datetime) -> int:
    """Bring in what waits, one after the other, each by one worker; how many were taken up. Again is harmless."""
    PlanImport.objects.filter(state=State.RUNNING, begun_at__lt=now - LOST_AFTER).update(state=State.WAITING)
    taken = 0
    for pk in PlanImport.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True):
        if PlanImport.objects.filter(pk=pk, state=State.WAITING).update(state=State.RUNNING, begun_at=now, looked_at=0):
            _bring_in(PlanImport.objects.select_related("by").get(pk=pk))
            taken += 1
    return taken


def _bring_in(plan: PlanImport) -> None:
    """A fault of ours is told to who asked, and to the log; the rows before it stay."""
    rows = PlanImport.objects.filter(pk=plan.pk)
    try:
        if not plan.by.has_perm(PERMISSION):
            raise PermissionDenied
        with translation.override("da"):
            checked = checking.check(plan.cells, plan.mapping, timezone.now(), by=plan.by)
        result = []
        for row in checked:
            if row.status is Status.NEW:
                rows.update(landed=F("landed") + int(_land(plan, row)), looked_at=row.number - 1)
                continue
            rows.update(looked_at=row.number - 1)
            result.append([row.number, row.status.value, row.title, _why(row)])
        rows.update(state=State.DONE, result=result, looked_at=plan.total)
    except Exception:
        log.exception("plan import %s failed", plan.key)
        rows.update(state=State.FAILED)


def _why(row: Row) -> list[str]:
    return [row.said] if row.said else [f"{fault.cell}: {fault.sentence}" for fault in row.faults]


@transaction.atomic
def _land(plan: PlanImport, row: Row) -> bool:
    """One row, whole or not at all; False when it landed meanwhile."""
    kept, new = ImportedRow.objects.get_or_create(
        key_sha256=row.key_sha256,
        defaults={"plan": plan, "said_sha256": row.said_sha256, "title": row.title},
    )
    if not new:
        return False
    page = _draft(plan, row) if row.wants_draft else None
    placements = [_place(plan, row, channel, page) for channel in row.channels]
    kept.placement = placements[0]
    kept.save(update_fields=["placement"])
    record_evidence(
        "placement.brought_in",
        actor=plan.by.get_username(),
        subject=f"placement:{placements[0].key}",
        payload={"plan": str(plan.key), "row": row.number},
    )
    return True


def _draft(plan: PlanImport, row: Row) -> int:
    wanted = drafts.Wanted(row.title, row.text, row.focus_area, row.campaign, row.initiatives)
    return drafts.write(wanted, plan.by)


def _place(plan: PlanImport, row: Row, channel: Any, page: int | None) -> Placement:
    return Placement.objects.create(
        page_id=page,
        channel=channel,
        campaign_id=row.campaign,
        due_at=row.due_at,
        wall_time=clock.written(row.due_at) if row.due_at else "",
        note=row.note if page else row.slot_note,
        created_by=plan.by,
    )
