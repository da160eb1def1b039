"""Approval: the only door from content to the outbox.

1. a second person approves one revision (Wagtail's workflow), or a duty officer breaks the glass
2. one Message per placement is frozen from that very revision
3. what was planned from an older revision is cancelled, the new is scheduled

Four eyes are enforced here, for every way in: admin, bulk action, API, shell; superusers included.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState, WorkflowState

from campaigns import ordering, planning
from campaigns.models import Placement
from cms import carrying, publication, readings, rendering, sent_pictures, threads
from cms.after import correcting, lifetimes, removing
from cms.court import signing
from cms.fingerprints import digest, files, files_now, fingerprint
from cms.models.approvals import Approval
from publishing.message import Message
from publishing.models import Channel
from publishing.scheduling import record_evidence


def current(page: Page) -> Approval | None:
    """The latest approval, if what it approved is still what the content says and shows."""
    last = Approval.objects.filter(page_id=page.pk).select_related("revision").first()
    latest = page.get_latest_revision()
    if last is None or latest is None or files_now(last.files) != last.files:
        return None
    if last.revision_id != latest.pk and last.fingerprint != fingerprint(latest):
        return None
    return None if removing.forbids(last.at, page.pk) else last


def authors(revision: Revision) -> set[int]:
    """Everybody who wrote or changed the content since two people last stood behind it, as user ids."""
    earlier = Approval.objects.by_two().filter(page_id=int(revision.object_id), revision_id__lt=revision.pk)
    before = earlier.order_by("-revision_id").first()
    saved = Revision.objects.filter(
        base_content_type_id=revision.base_content_type_id, object_id=revision.object_id, pk__lte=revision.pk
    )
    if before is not None:
        saved = saved.filter(pk__gt=before.revision_id)
    return set(saved.exclude(user=None).values_list("user_id", flat=True))


def authored(user: Any, revisions: Iterable[Revision]) -> set[int]:
    """Which of these revisions this person is an author of, as revision ids."""
    asked = Revision.page_revisions.filter(pk__in=[revision.pk for revision in revisions])
    return set(asked.filter(written_by(user, "pk", "object_id")).values_list("pk", flat=True))


def written_by(user: Any, revision: str = "revision_id", content: str = "revision__object_id") -> Exists:
    """Of rows that name a revision: whether this person is among its ``authors``. Both are held against each other."""
    stood = Approval.objects.by_two().filter(
        revision_id__gte=OuterRef("pk"),
        revision_id__lt=OuterRef(OuterRef(revision)),
        revision__object_id=OuterRef("object_id"),
    )
    saved = Revision.page_revisions.filter(user=user, object_id=OuterRef(content), pk__lte=OuterRef(revision))
    return Exists(saved.filter(~Exists(stood)))


def is_author(user: Any, revision: Revision | None) -> bool:
    return revision is not None and user.pk in authors(revision)


def obstacle(page: Page, user: Any) -> str | None:
    """Why this person cannot approve this content now, in one sentence; None when they can."""
    revision = page.get_latest_revision()
    against = signing.obstacle(page, user)
    if against is not None:
        return against
    if is_author(user, revision):
        return _("You wrote or changed this text, so somebody else must approve it.")
    if revision is None:
        return _("There is nothing to approve yet.")
    content = revision.as_object()
    first = next(rendering.problems(content, timezone.now()), None)
    return first.sentence if first else publication.against(content, user)


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
    signing.ensure(workflow_state, states)
    carry_out(page, revision, by=states[-1].finished_by, way=Approval.Way.WORKFLOW)


def ensure_second_person(user: Any, revision: Revision) -> None:
    """PermissionDenied when this person wrote or changed what they approve."""
    if is_author(user, revision):
        raise PermissionDenied(_("You wrote or changed this text, so somebody else must approve it."))


def carry_out(
    page: Page,
    revision: Revision,
    *,
    by: Any,
    way: str,
    reason: str = "",
    only: Iterable[Channel] | None = None,
) -> Approval:
    """Write down what was approved, word for word and for each channel, and plan it."""
    content = revision.as_object()
    shown = files(content)
    publication.ensure(content, by, alone=way == Approval.Way.BREAK_GLASS)
    if content.video is not None:
        carrying.keep(content.video)  # before the database is held: it may take a second
    with transaction.atomic():
        before = current(page)
        placed = {placement.channel for placement in Placement.objects.of_page(page.pk)}
        channels = placed if only is None else placed & set(only)
        messages = {
            str(channel.pk): _as_it_stays(
                rendering.render(content, channel, freezing=carrying.freeze, revision=revision.pk),
                channel,
                content,
                shown,
            ).to_json()
            for channel in channels
        }
        below = {
            str(channel.pk): [
                part.to_json()
                for part in threads.render(content, channel, freezing=carrying.freeze, revision=revision.pk)
            ]
            for channel in channels
        }
        approved = {**_seen_before(before, revision), **messages}
        approval = Approval.objects.create(
            page_id=page.pk,
            revision=revision,
            fingerprint=fingerprint(revision),
            files=shown,
            messages=approved,
            reading=readings.of(approved),
            parts={**_parts_before(before, revision), **below},
            corrections=correcting.render(content),
            by=by,
            way=way,
            reason=reason,
        )
        lifetimes.begin(page.pk, content, timezone.localdate())
        record_evidence(
            f"content.{way}",
            actor=by.get_username(),
            subject=f"page:{page.pk}",
            payload={
                "revision": revision.pk,
                "fingerprint": approval.fingerprint,
                "files": approval.files,
                "channels": sorted(messages),
                "parts": {channel: len(parts) for channel, parts in sorted(below.items()) if parts},
                "corrections": sorted({channel for told in approval.corrections.values() for channel in told}),
                "reason": reason,
            },
        )
        schedule(page, approval, by=by)
    return approval


def _as_it_stays(message: Message, channel: Channel, content: Any, shown: Mapping[str, str]) -> Message:
    """A page shows what lies in the library: with other files it is another message, though every word is the same.
    Any other text takes its pictures along."""
    if channel.limits.publishes_page:
        return replace(message, extra={**message.extra, "files": digest(shown)})
    return replace(message, html=sent_pictures.kept(message.html, content))


def _seen_before(before: Approval | None, revision: Revision) -> dict[str, Any]:
    """The messages of an approval that says the same: a channel that was approved stays approved."""
    given = before.messages if before is not None and before.fingerprint == fingerprint(revision) else {}
    return {channel: {**message, "revision": revision.pk} for channel, message in given.items()}


def _parts_before(before: Approval | None, revision: Revision) -> dict[str, Any]:
    """The same of what is posted below."""
    given = before.parts if before is not None and before.fingerprint == fingerprint(revision) else {}
    return {channel: [{**part, "revision": revision.pk} for part in parts] for channel, parts in given.items()}


def schedule(page: Page, approval: Approval, *, by: Any) -> None:
    """Plan every dated placement with the words that were approved for its channel. Again is harmless.

    A channel that nobody has seen the content on is left out: it needs an approval of its own.
    """
    with transaction.atomic():
        _plan(page, approval, by=by)
        ordering.arrange(page.pk, by=by)


def _plan(page: Page, approval: Approval, *, by: Any) -> None:
    approved = approval.revision.as_object()
    initiatives = [tag.initiative_id for tag in approved.initiative_tags.all()]
    # Held first, and read then: whoever moves or drops one now waits, and finds what is planned of it.
    list(Placement.objects.select_for_update(no_key=True).filter(page=page.pk).order_by("pk").values_list("pk"))
    for placement in Placement.objects.of_page(page.pk):
        message = approval.message_for(placement.channel_id)
        if message is None:
            continue
        planning.plan(
            placement,
            message=message,
            parts=approval.parts_for(placement.channel_id),
            revision=approval.revision,
            labels=rendering.labels(approved, placement),
            headline=approved.title,
            operational=approved.operational,
            focus_area=approved.focus_area_id,
            initiatives=initiatives,
            by=by,
        )
    correcting.plan(approval, approved, by=by)
