"""Approval: the only door from content to the outbox.

1. a second person approves one revision (Wagtail's workflow), or a duty officer breaks the glass
2. one Message per placement is frozen from that very revision
3. what was planned from an older revision is cancelled, the new is scheduled

Four eyes are enforced here, for every way in: admin, bulk action, API, shell; superusers included.
"""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from campaigns import planning
from campaigns.models import Placement
from cms import rendering
from cms.models.approvals import Approval
from publishing.scheduling import record_evidence

# What Wagtail writes on a page by itself: no change of content.
NOISE = {
    "pk", "path", "depth", "numchild", "url_path", "live", "has_unpublished_changes", "draft_title", "locked",
    "locked_at", "locked_by", "first_published_at", "last_published_at", "latest_revision", "live_revision",
    "latest_revision_created_at", "go_live_at", "expire_at", "expired", "placements", "wagtail_admin_comments",
    "comments", "owner", "translation_key", "locale", "alias_of", "sort_order", "page", "id",
}  # fmt: skip


def fingerprint(revision: Revision) -> str:
    """Equal for revisions that say the same, whoever saved them and when."""

    def clean(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: clean(item) for key, item in value.items() if key not in NOISE}
        return [clean(item) for item in value] if isinstance(value, list) else value

    content = clean({key: value for key, value in revision.content.items() if key not in NOISE})
    return hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()


def current(page: Page) -> Approval | None:
    """The latest approval, if what it approved is still what the content says."""
    last = Approval.objects.filter(page_id=page.pk).select_related("revision").first()
    latest = page.get_latest_revision()
    if last is None or latest is None:
        return None
    return last if last.revision_id == latest.pk or last.fingerprint == fingerprint(latest) else None


def authors(revision: Revision) -> set[int]:
    """Everybody who wrote or changed the content since it was last approved, as user ids."""
    page_id = int(revision.object_id)
    before = Approval.objects.filter(page_id=page_id, revision_id__lt=revision.pk).order_by("-revision_id").first()
    saved = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id, pk__lte=revision.pk
    )
    if before is not None:
        saved = saved.filter(pk__gt=before.revision_id)
    return set(saved.exclude(user=None).values_list("user_id", flat=True))


def is_author(user: Any, revision: Revision | None) -> bool:
    return revision is not None and user.pk in authors(revision)


def obstacle(page: Page, user: Any) -> str | None:
    """Why this person cannot approve this content now, in one sentence; None when they can."""
    revision = page.get_latest_revision()
    if is_author(user, revision):
        return _("You wrote or changed this text, so somebody else must approve it.")
    if revision is None:
        return _("There is nothing to approve yet.")
    first = next(rendering.problems(revision.as_object(), timezone.now()), None)
    return first.sentence if first else None


def finish(workflow_state: WorkflowState, user: Any = None) -> None:
    """Wagtail's finish action: everybody has approved. Takes the approved revision, never the latest."""
    states = list(
        TaskState.objects.filter(workflow_state=workflow_state, status=TaskState.STATUS_APPROVED)
        .select_related("revision", "finished_by")
        .order_by("finished_at")
    )
    if not states:
        raise PermissionDenied("Nobody has approved this.")
    revision = states[-1].revision
    for state in states:
        if state.finished_by is None or state.revision_id != revision.pk:
            raise PermissionDenied("An approval is not of this revision.")
        ensure_second_person(state.finished_by, revision)
    page = workflow_state.content_object.specific
    if page.get_latest_revision().pk != revision.pk:
        raise PermissionDenied("The content was changed after it was approved.")
    _carry_out(page, revision, by=states[-1].finished_by, way=Approval.Way.WORKFLOW)


def ensure_second_person(user: Any, revision: Revision) -> None:
    """PermissionDenied when this person wrote or changed what they approve."""
    if is_author(user, revision):
        raise PermissionDenied(_("You wrote or changed this text, so somebody else must approve it."))


def break_glass(page: Page, *, by: Any, reason: str) -> Approval:
    """Send the latest revision without a second person, with a reason; a review is owed afterwards."""
    if not by.has_perm("cms.break_glass"):
        raise PermissionDenied("This person may not break the glass.")
    if not reason.strip():
        raise ValueError("A reason is needed.")
    with transaction.atomic():
        if page.workflow_in_progress:
            page.current_workflow_state.cancel(user=by)
        return _carry_out(
            page, page.get_latest_revision(), by=by, way=Approval.Way.BREAK_GLASS, reason=reason.strip()[:500]
        )


def review(approval: Approval, *, by: Any, note: str = "") -> None:
    """The second person's look afterwards; never one's own."""
    ensure_second_person(by, approval.revision)
    if by.pk == approval.by_id:
        raise PermissionDenied(_("Somebody else must review this."))
    done = Approval.objects.to_review().filter(pk=approval.pk)
    done.update(reviewed_by=by, reviewed_at=timezone.now(), review_note=note[:500])
    record_evidence(
        "approval.reviewed", actor=by.get_username(), subject=f"page:{approval.page_id}", payload={"note": note}
    )


def _carry_out(page: Page, revision: Revision, *, by: Any, way: str, reason: str = "") -> Approval:
    with transaction.atomic():
        approval = Approval.objects.create(
            page_id=page.pk, revision=revision, fingerprint=fingerprint(revision), by=by, way=way, reason=reason
        )
        record_evidence(
            f"content.{way}",
            actor=by.get_username(),
            subject=f"page:{page.pk}",
            payload={"revision": revision.pk, "fingerprint": approval.fingerprint, "reason": reason},
        )
        schedule(page, approval, by=by)
    return approval


def schedule(page: Page, approval: Approval, *, by: Any) -> None:
    """Plan every dated placement from the approved revision. Again is harmless."""
    approved = approval.revision.as_object()
    initiatives = [tag.initiative_id for tag in approved.initiative_tags.all()]
    for placement in Placement.objects.of_page(page.pk):
        planning.plan(
            placement,
            message=rendering.render(approved, placement.channel, revision=approval.revision_id),
            revision=approval.revision,
            labels=rendering.labels(approved, placement),
            headline=approved.title,
            operational=approved.operational,
            focus_area=approved.focus_area_id,
            initiatives=initiatives,
            by=by,
        )
