"""What became of a piece of content, in one word for editors."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState

from cms.fingerprints import files_now, fingerprint
from cms.models.approvals import Approval
from publishing.models import Delivery, State
from publishing.models.delivery import IN_FLIGHT
from publishing.presenting import SHAPES, TONES, Badge


def status_of(page: Page) -> Badge:
    """The status of one piece of content: from its placements' deliveries, its approval, its workflow."""
    return of_many([page])[page.pk]


def of_many(pages: Iterable[Page]) -> dict[int | None, Badge]:
    """The same for a list, in a handful of queries."""
    pages = list(pages)
    keys = [page.pk for page in pages if page.pk]
    states: dict[int, list[str]] = defaultdict(list)
    for page_id, state in Delivery.objects.filter(
        placements__page_id__in=keys, placements__cancelled_at__isnull=True
    ).values_list("placements__page_id", "state"):
        states[page_id].append(state)
    running = WorkflowState.objects.active().filter(object_id__in=[str(key) for key in keys])
    workflows = dict(running.values_list("object_id", "status"))
    approvals: dict[int, Approval] = {}
    for approval in Approval.objects.filter(page_id__in=keys).defer("messages"):
        approvals.setdefault(approval.page_id, approval)
    files = files_now({name: "" for approval in approvals.values() for name in approval.files})
    return {
        page.pk: _status(page, states[page.pk or 0], workflows.get(str(page.pk)), approvals.get(page.pk), files)
        for page in pages
    }


def _status(
    page: Page, states: list[str], workflow: str | None, approval: Approval | None, files: Mapping[str, str]
) -> Badge:
    found = _from_states(states)
    if found is not None and found.key != "planned":
        return found
    if workflow == WorkflowState.STATUS_IN_PROGRESS:
        return _badge("in_approval", "in_approval", _("in approval"))
    if workflow == WorkflowState.STATUS_NEEDS_CHANGES:
        return Badge("sent_back", "↲", _("sent back"), "notice")
    if approval is not None and _still_says(page, approval) and _still_shows(approval, files):
        return found or _badge("approved", "approved", _("approved"))
    if found is not None:
        return Badge("changed", "○", _("changed since approval"), "notice")
    return _badge("draft", "draft", _("draft"))


def _still_says(page: Page, approval: Approval) -> bool:
    if approval.revision_id == page.latest_revision_id:
        return True
    latest = page.get_latest_revision()
    return latest is not None and fingerprint(latest) == approval.fingerprint


def _still_shows(approval: Approval, files: Mapping[str, str]) -> bool:
    return all(files.get(name) == stamp for name, stamp in approval.files.items())


def _from_states(states: list[str]) -> Badge | None:
    live = [state for state in states if state != State.CANCELLED]
    if not live:
        return None
    sent = [state for state in live if state == State.DELIVERED]
    if State.UNCERTAIN in live:
        return _badge("uncertain", State.UNCERTAIN, _("uncertain"))
    if State.FAILED in live:
        return _badge("failed", State.FAILED, _("failed"))
    if len(sent) == len(live):
        return _badge("sent", State.DELIVERED, _("sent"))
    if all(state == State.WITHDRAWN for state in live):
        return _badge("withdrawn", State.WITHDRAWN, _("withdrawn"))
    if State.MISSED in live:
        return _badge("missed", State.MISSED, _("not sent in time"))
    if State.HELD in live:
        return _badge("held", State.HELD, _("held"))
    if any(state in IN_FLIGHT for state in live):
        return _badge("sending", State.SENDING, _("being sent"))
    return (
        _badge("partly_sent", "partly_sent", _("partly sent"))
        if sent
        else _badge("planned", State.SCHEDULED, _("planned"))
    )


def _badge(key: str, shape_of: str, label: str) -> Badge:
    return Badge(key, SHAPES[shape_of], label, TONES.get(shape_of, ""))
