"""Break-glass: the duty officer sends without a second person, who looks at it afterwards. All of it is evidence."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from campaigns import planning
from cms import approval, mail
from cms.models.approvals import Approval
from cms.models.tasks import FourEyesTask
from publishing.models import Channel
from publishing.scheduling import record_evidence

REVIEW_WITHIN = timedelta(hours=24)  # after that a review that is owed stands out


def may_break_glass(user: Any) -> bool:
    """Only who was given it by name or by role; being a superuser is not enough."""
    asked = {"codename": "break_glass", "content_type__app_label": "cms"}
    given = Permission.objects.filter(**asked).filter(Q(group__user=user) | Q(user=user))
    return bool(user.is_active and given.exists())


def break_glass(page: Page, *, by: Any, reason: str, channels: Iterable[Channel] | None = None) -> Approval:
    """Send the latest revision now without a second person, with a reason; a review is owed afterwards.

    To these channels at once; without any named, where and when it is planned. A stop holds it, as everything.
    """
    if not may_break_glass(by):
        raise PermissionDenied(_("Only the duty officer may send without an approval."))
    if not reason.strip():
        raise ValueError("A reason is needed.")
    with transaction.atomic():
        if page.current_workflow_state is not None:
            page.current_workflow_state.cancel(user=by)
        if channels is not None:
            planning.place_now(page, channels, by=by)
        given = approval.carry_out(
            page,
            page.get_latest_revision(),
            by=by,
            way=Approval.Way.BREAK_GLASS,
            reason=reason.strip()[:500],
            only=channels,
        )
        _ask_for_review(given)
    return given


def reviewers(given: Approval) -> Any:
    """Who can be the second person: whoever approves anything, but for the sender and the authors."""
    groups = FourEyesTask.objects.filter(active=True).values("groups")
    own = approval.authors(given.revision) | {given.by_id}
    return get_user_model().objects.filter(is_active=True, groups__in=groups).exclude(pk__in=own).distinct()


def _ask_for_review(given: Approval) -> None:
    words = {"given": given, "title": given.page.draft_title or given.page.title, "reason": given.reason}
    by = given.by.get_full_name() or given.by.get_username()
    mail.notify(reviewers(given), "without_approval", {**words, "by": by})


def review_obstacle(given: Approval, user: Any) -> str:
    """Why this person cannot look back at it as the second one; empty when they can."""
    if user.pk == given.by_id or approval.is_author(user, given.revision):
        return _("You wrote, changed or sent this, so somebody else must review it.")
    approves = FourEyesTask.objects.filter(active=True, groups__in=user.groups.all()).exists()
    if not (approves or user.is_superuser):
        return _("Reviewing is for those who approve.")
    return ""


def review(given: Approval, *, by: Any, note: str = "") -> None:
    """The second person's look afterwards, with what they found; never one's own."""
    against = review_obstacle(given, by)
    if against:
        raise PermissionDenied(against)
    done = Approval.objects.to_review().filter(pk=given.pk)
    if done.update(reviewed_by=by, reviewed_at=timezone.now(), review_note=note[:500]):
        record_evidence(
            "approval.reviewed", actor=by.get_username(), subject=f"page:{given.page_id}", payload={"note": note}
        )
