"""Letting a text pass a rule: who may, and the evidence that they did. One verb."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms import approval, roles
from cms.models.overrides import Override
from cms.publication import Found
from cms.rules import Severity
from publishing.scheduling import record_evidence

EDITORS, LAWYERS, DUTY = "editor", "legal", "duty"
# Which roles may let a finding pass. What is not named here is for the legal approvers.
ROLES: dict[str, tuple[str, ...]] = {
    "C-01": (EDITORS, LAWYERS),  # "is no CPR number": never by who wrote it
    "C-02": (EDITORS, LAWYERS),
    "C-03": (EDITORS, LAWYERS, DUTY),
    "C-05": (EDITORS, LAWYERS),
    # A prosecutor confirms, or the time is changed: no reason replaces that.
    "C-10": (),
    "C-11": (),
    "C-12": (),
    "C-30": (EDITORS, DUTY),
    "C-33": (EDITORS, DUTY),
    "C-40": (EDITORS,),
    "C-50": (EDITORS,),
}
BY_A_SECOND_PERSON = {"C-01", "C-30"}


def role_for(user: Any, found: Found) -> str | None:
    """The role by which this person may let it pass; None when they may not."""
    check, hard = found.finding.check, found.finding.severity == Severity.BLOCK_HARD
    if hard and check not in BY_A_SECOND_PERSON:
        return None
    names = {role.key: role.name for role in roles.ROLES}
    mine = set(user.groups.values_list("name", flat=True))
    return next((key for key in ROLES.get(check, (LAWYERS,)) if names[key] in mine), None)


def who(found: Found) -> str:
    """The groups that may let it pass, for people to read; empty when nobody may."""
    check = found.finding.check
    if found.finding.severity == Severity.BLOCK_HARD and check not in BY_A_SECOND_PERSON:
        return ""
    names = {role.key: role.name for role in roles.ROLES}
    return ", ".join(names[key] for key in ROLES.get(check, (LAWYERS,)))


def override(page: Any, found: Found, *, by: Any, reason: str) -> Override:
    """Let this text pass this check. PermissionDenied without the role, ValueError without a reason."""
    role = role_for(by, found)
    if role is None:
        raise PermissionDenied(_("Letting this pass is for: %(groups)s.") % {"groups": who(found) or _("nobody")})
    if found.finding.check in BY_A_SECOND_PERSON and approval.is_author(by, page.get_latest_revision()):
        raise PermissionDenied(_("You wrote or changed this text, so somebody else must let it pass."))
    if not reason.strip():
        raise ValueError("A reason is needed.")
    with transaction.atomic():
        row, created = Override.objects.get_or_create(
            page_id=page.pk,
            check_id=found.finding.check,
            text_sha256=found.text.sha256,
            defaults={"reason": reason.strip()[:500], "role": role, "by": by},
        )
        if not created and found.override is None:  # given before a ban, so it does not hold under it
            fresh = {"reason": reason.strip()[:500], "role": role, "by": by, "at": timezone.now()}
            created = bool(Override.objects.filter(pk=row.pk).update(**fresh))
            row.refresh_from_db()
        if created:
            payload = {"check": row.check_id, "text_sha256": row.text_sha256, "role": role, "reason": row.reason}
            record_evidence("rule.overridden", actor=by.get_username(), subject=f"page:{page.pk}", payload=payload)
    return row
