"""Approve, send back, look again: one verb each. What is approved is what was shown, and nothing that came since.

``seal`` is what a page in a browser was drawn from: the revision, its files and the channels it is shown on. A
decision that carries another seal is refused.
"""

import hashlib
import json
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from cms import approval, carrying, rendering
from cms.fingerprints import files, fingerprint


class Changed(Exception):
    """It is not what was shown any more; look again."""


class NotWaiting(Exception):
    """Nobody is asked to decide about it (any more)."""


def seal(page: Page) -> str:
    """Equal as long as words, files and what each channel would carry are what was shown. A time may move meanwhile.

    What a channel adds by itself (handles, link parameters) is no part of the revision; it is part of its message.
    """
    revision = page.get_latest_revision()
    content = revision.as_object()
    carried = sorted(
        (channel.pk, rendering.render(content, channel, freezing=carrying.measure).sha256())
        for channel in content.planned_channels()
    )
    shown = [revision.pk, fingerprint(revision), sorted(files(content).items()), carried]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def obstacle(page: Page, user: Any) -> str | None:
    """Why this person cannot approve it now, as a sentence; None when they can."""
    task = page.current_workflow_task
    if task is None:
        return _("It is not waiting for an approval.")
    if not may_moderate(task, user):
        return _("Approving it is for: %(groups)s.") % {"groups": ", ".join(group.name for group in task.groups.all())}
    return approval.obstacle(page, user)


def may_moderate(task: Any, user: Any) -> bool:
    """Whether the step is this person's, their own texts included."""
    return bool(user.is_superuser or task.groups.filter(pk__in=user.groups.values("pk")).exists())


def approvers(page: Page) -> list[Any]:
    """Who can approve it as it stands: in the groups of the step, and not an author."""
    task, revision = page.current_workflow_task, page.get_latest_revision()
    if task is None or revision is None:
        return []
    people = get_user_model().objects.filter(is_active=True, groups__in=task.groups.all())
    return list(people.exclude(pk__in=approval.authors(revision)).distinct().order_by("first_name", "username"))


def waiting_for(user: Any) -> list[TaskState]:
    """What this person can approve, longest waiting first."""
    return list(TaskState.objects.reviewable_by(user).select_related("revision").order_by("started_at"))


@transaction.atomic
def approve(page: Page, *, by: Any, shown: str, note: str = "") -> None:
    """Approve exactly what was shown. Changed, NotWaiting or PermissionDenied (with a sentence) otherwise."""
    page = _locked(page)
    state = _state(page)
    against = obstacle(page, by)
    if seal(page) != shown:
        raise Changed
    if against is not None:
        raise PermissionDenied(against)
    if state.revision_id != page.latest_revision_id:  # changed since it was submitted, and shown so
        state.cancel(user=by, resume=True)
        state = _state(_fresh(page))
    state.task.specific.on_action(state.specific, by, "approve", comment=note)


@transaction.atomic
def send_back(page: Page, *, by: Any, note: str) -> None:
    """The author gets it back with the note. Anybody whose step it is can do so."""
    page = _locked(page)
    state = _state(page)
    if not may_moderate(state.task.specific, by):
        raise PermissionDenied(obstacle(page, by) or "")
    state.task.specific.on_action(state.specific, by, "reject", comment=note)


def _locked(page: Page) -> Page:
    Page.objects.select_for_update(of=("self",)).get(pk=page.pk)
    return _fresh(page)


def _fresh(page: Page) -> Page:
    return Page.objects.get(pk=page.pk).specific


def _state(page: Page) -> TaskState:
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        raise NotWaiting
    return state
