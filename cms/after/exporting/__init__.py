"""Ask for an export, build it in a worker, fetch it while it lasts. Every step is evidence."""

import hashlib
import logging
import tempfile
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from cms.after.exporting import case_file, gathering
from cms.after.exporting.packing import INTERNAL, Package
from cms.court import access
from cms.court.models import Case
from cms.models.exports import Export
from cms.models.policies import Policy
from publishing import evidence
from publishing.scheduling import record_evidence

log = logging.getLogger(__name__)
LOST_AFTER = timedelta(minutes=40)  # a worker that took one and never came back
State = Export.State


def ask_period(since: date, until: date, *, drafts: bool, by: Any) -> Export:
    if not by.has_perm("cms.export_period"):
        raise PermissionDenied
    return _ask(Export(since=since, until=until, drafts=drafts, asked_by=by))


def ask_case(case: Case, *, by: Any) -> Export:
    """For the prosecutors of the case: nobody else, whatever their role."""
    access.ensure_on_the_case(by, case)
    return _ask(Export(case=case, asked_by=by))


@transaction.atomic
def _ask(export: Export) -> Export:
    export.save()
    _record("export.asked", export, export.asked_by.get_username())
    return export


def may_fetch(export: Export, user: Any) -> bool:
    """Whoever could ask for it now."""
    if export.case_id is not None:
        return bool(access.cases_of(user).filter(pk=export.case_id).exists())
    return bool(user.has_perm("cms.export_period"))


def fetched(export: Export, by: Any) -> None:
    _record("export.fetched", export, by.get_username())


def build_waiting(now: datetime) -> None:
    """One after the other, each by one worker; and what nobody fetches any more is removed."""
    Export.objects.filter(state=State.BUILDING, begun_at__lt=now - LOST_AFTER).update(state=State.WAITING)
    for export in Export.objects.filter(state=State.READY, expires_at__lte=now):
        export.file.delete(save=False)
        Export.objects.filter(pk=export.pk).update(state=State.EXPIRED, file="")
    for key in Export.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True):
        if Export.objects.filter(pk=key, state=State.WAITING).update(state=State.BUILDING, begun_at=now):
            build(Export.objects.select_related("case", "asked_by").get(pk=key))


def build(export: Export) -> None:
    """Gather everything into one file. A fault of ours is told to who asked, and to the log."""
    try:
        with tempfile.TemporaryFile() as file:
            items = _pack(export, file)
            _keep(export, file, items)
    except Exception:
        log.exception("export %s failed", export.key)
        Export.objects.filter(pk=export.pk).update(state=State.FAILED, done_at=timezone.now())


def _pack(export: Export, file: Any) -> int:
    while evidence.seal():  # so that what is in it can be proved
        pass
    package = Package(file, title(export), timezone.now())
    if export.case is not None:
        pages = sorted(export.case.page_ids())
        data = case_file.of(export.case)
        package.extra += INTERNAL
        package.write_json("intern/sag.json", data)
        package.zip.writestr("intern/sag.pdf", case_file.paper(export.case, data, package.header))
        drafts: list[int] = []
    else:
        start, end = gathering.bounds(export.since or date.min, export.until or date.max)
        pages = gathering.sent_between(start, end)
        drafts = [*pages, *gathering.drafted_between(start, end, pages)] if export.drafts else []
    for page_id in pages:
        package.add_item(page_id)
    if drafts:
        package.add_drafts(drafts)
    package.close()
    return len(pages)


def _keep(export: Export, file: Any, items: int) -> None:
    size = file.tell()
    file.seek(0)
    sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    name = export.file.storage.save(f"{export.key}.zip", File(file))
    now = timezone.now()
    with transaction.atomic():
        Export.objects.filter(pk=export.pk).update(
            state=State.READY,
            done_at=now,
            expires_at=now + timedelta(days=Policy.load().export_days),
            file=name,
            size=size,
            sha256=sha256,
            items=items,
        )
        export.sha256 = sha256
        _record("export.built", export, "")


def title(export: Export) -> str:
    if export.case is not None:
        return "Sag på anklagemyndighedens skrivebord"  # its number and name stand inside only
    return f"Udsendt {export.since:%d.%m.%Y} til {export.until:%d.%m.%Y}"


def _record(kind: str, export: Export, actor: str) -> None:
    subject = export.case.subject if export.case is not None else f"export:{export.key}"
    payload = {"export": str(export.key), "sha256": export.sha256, "drafts": export.drafts}
    record_evidence(kind, actor=actor, subject=subject, payload=payload)
