"""The protected names of a case: written by its prosecutors, read by the matcher, and gone when the case is over.

Off unless ``PROTECTED_NAMES`` is on: names in a system are personal data of their own, and the data protection officer
decides (domain.md 3). No name stands in a log, an error, a finding, an evidence record or a revision.
"""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from cms.court import access, sealing
from cms.court.models import Case, ProtectedNames
from publishing.scheduling import record_evidence

MOST = 50


class NotKept(Exception):
    """The list cannot be kept. The message is a sentence for people, and repeats no name."""


def is_on() -> bool:
    return bool(settings.PROTECTED_NAMES)


def names(case: Case) -> list[str]:
    """For the matcher alone; what a person sees goes through ``shown``. CannotOpen forbids rather than lets through."""
    if not is_on():
        return []
    row = ProtectedNames.objects.filter(case=case).first()
    return sealing.unseal(row.sealed) if row is not None else []


def shown(case: Case, user: Any) -> list[str]:
    """For the eyes of a prosecutor of the case; PermissionDenied for everybody else. That it was read is evidence."""
    access.ensure_on_the_case(user, case)
    found = names(case)
    if found:
        record_evidence("protected_names.read", actor=user.get_username(), subject=case.subject)
    return found


def keep(case: Case, lines: Iterable[str], *, by: Any) -> int:
    """Seal this list instead of the one before; an empty one removes it. Returns how many names it holds."""
    access.ensure_on_the_case(by, case)
    if not is_on():
        raise NotKept(_("The list of protected names is switched off."))
    if not case.restrictions.in_force().exists():
        raise NotKept(_("Names are kept only while a restriction of the case is in force. Register it first."))
    cleaned = list(dict.fromkeys(line.strip()[:120] for line in lines if len(line.strip()) > 2))
    if len(cleaned) > MOST:
        raise NotKept(_("At most %(number)s names can be kept.") % {"number": MOST})
    if not cleaned:
        purge(case, by=by.get_username(), why="emptied")
        return 0
    with transaction.atomic():
        ProtectedNames.objects.update_or_create(case=case, defaults={"sealed": sealing.seal(cleaned), "changed_by": by})
        payload = {"names": len(cleaned)}
        record_evidence("protected_names.kept", actor=by.get_username(), subject=case.subject, payload=payload)
    return len(cleaned)


@transaction.atomic
def purge(case: Case, *, by: str = "", why: str) -> bool:
    """Remove the list for good. Whether there was one."""
    removed, _rows = ProtectedNames.objects.filter(case=case).delete()
    if removed:
        record_evidence("protected_names.purged", actor=by, subject=case.subject, payload={"why": why})
    return bool(removed)


def purge_what_is_over() -> int:
    """Every list whose case is closed, or has no restriction in force any more, or that was switched off."""
    count = 0
    for row in ProtectedNames.objects.select_related("case"):
        why = _over(row.case)
        if why and purge(row.case, why=why):
            count += 1
    return count


def _over(case: Case) -> str:
    if not is_on():
        return "switched off"
    if case.closed_at is not None:
        return "case closed"
    return "" if case.restrictions.in_force().exists() else "no restriction in force"
