"""Figures and clippings entered by people: each change leaves evidence of what it was and is, and a log entry."""

from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.forms.models import model_to_dict
from wagtail.log_actions import log

from publishing.scheduling import record_evidence

Row = Any  # a ManualFigure or a PressClipping


def facts(row: Row) -> dict[str, Any]:
    """What it says, as evidence keeps it. Whoever entered it is the record's actor."""
    return {name: None if value is None else str(value) for name, value in model_to_dict(row).items() if name != "id"}


@transaction.atomic
def save(row: Row, *, by: User) -> Row:
    """Enter it, or change it; nothing is told where nothing changed."""
    before = facts(type(row)._default_manager.get(pk=row.pk)) if row.pk else None
    if row.pk is None:
        row.by = by
    row.save()
    row.refresh_from_db()
    now = facts(row)
    if before != now:
        verb = "entered" if before is None else "changed"
        log(instance=row, action="wagtail.create" if before is None else "wagtail.edit", user=by)
        _record(row, verb, by, {"now": now} if before is None else {"before": before, "now": now})
    return row


@transaction.atomic
def remove(row: Row, *, by: User) -> None:
    """Take it away; what it said stands in the evidence."""
    log(instance=row, action="wagtail.delete", user=by, deleted=True)
    _record(row, "removed", by, {"before": facts(row)})
    row.delete()


def _record(row: Row, verb: str, by: User, payload: dict[str, Any]) -> None:
    name = row._meta.model_name
    record_evidence(f"{name}.{verb}", actor=by.get_username(), subject=f"{name}:{row.pk}", payload=payload)
