"""What of the content waits for people: approvals, never of their own text, reviews that are owed, texts sent back."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Exists, Min, Q, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import GroupApprovalTask, Page, TaskState, WorkflowState

from campaigns.models import Placement
from cms import approval
from cms.court import signing
from cms.models.approvals import Approval
from cms.models.tasks import FourEyesTask
from publishing import presenting
from publishing.models import Delivery, State
from publishing.needs import Need, Source


def to_approve(user: Any) -> "QuerySet[TaskState]":
    """Texts that this very person may approve: their groups', and not their own.

    As Wagtail's ``reviewable_by``, which asks one task after the other.
    """
    theirs = Q(pk=None)
    for kind in (FourEyesTask, GroupApprovalTask):
        tasks = kind.objects.filter(active=True)
        theirs |= Q(task__in=(tasks if user.is_superuser else tasks.filter(groups__user=user)).values("pk"))
    waiting = TaskState.objects.filter(theirs, status=TaskState.STATUS_IN_PROGRESS)
    return waiting.exclude(approval.written_by(user)).exclude(signing.signed_by(user))


def to_review(user: Any) -> "QuerySet[Approval]":
    """What was sent without approval and still wants a second person, if this can be the one."""
    approves = FourEyesTask.objects.filter(active=True, groups__user=user)
    owed = Approval.objects.to_review().exclude(by=user).exclude(approval.written_by(user))
    return owed if user.is_superuser else owed.filter(Exists(approves))


def sent_back(user: Any) -> "QuerySet[WorkflowState]":
    """Texts this person asked to have approved and got back."""
    return WorkflowState.objects.filter(status=WorkflowState.STATUS_NEEDS_CHANGES, requested_by=user)


def own_failures(user: Any) -> "QuerySet[Placement]":
    """Own texts that a channel refused. Whoever decides about failures has them in that list already."""
    if user.has_perm("publishing.decide_delivery"):
        return Placement.objects.none()
    failed = Delivery.objects.needing_a_person().filter(state=State.FAILED)
    return Placement.objects.active().filter(page__owner=user, delivery__in=failed)


def first_due(pages: Iterable[Any]) -> dict[int, datetime]:
    """Page id to the first time at which something of it is due."""
    rows = Placement.objects.active().filter(page_id__in=list(pages), due_at__isnull=False)
    return dict(rows.order_by().values_list("page_id").annotate(Min("due_at")))


def _approvals(user: Any, limit: int) -> list[Need]:
    states = to_approve(user).select_related("revision", "workflow_state__requested_by").order_by("started_at")[:limit]
    pages = Page.objects.in_bulk([int(state.revision.object_id) for state in states])
    due, now = first_due(pages), timezone.now()
    found = []
    for state in states:
        page = pages.get(int(state.revision.object_id))
        if page is None:
            continue
        first = due.get(page.pk)
        asked = {"who": _name(state.workflow_state.requested_by)}
        by_itself = _("It has no time yet.")
        if first is not None:
            by_itself = _("The first of it is due %(when)s and does not go without an approval.")
            by_itself %= {"when": presenting.when(first, now)}
        found.append(
            Need(
                badge=presenting.badge("in_approval", _("in approval")),
                title=page.draft_title or page.title,
                url=_address("approval:look", page.pk, page.pk),
                action=_("Read and decide"),
                happened=_("%(who)s asks for an approval.") % asked,
                sent=_("Nothing is sent before that."),
                by_itself=by_itself,
                since=state.started_at,
            )
        )
    return found


def _reviews(user: Any, limit: int) -> list[Need]:
    return [
        Need(
            badge=presenting.badge("review", _("to be reviewed")),
            title=item.page.title,
            url=_address("approval:review", item.pk, item.page_id),
            action=_("Look at it"),
            happened=_("%(who)s sent it without an approval: %(reason)s")
            % {"who": _name(item.by), "reason": item.reason},
            sent=_("It was planned or sent at once."),
            by_itself=_("Nothing: a second person must look at it afterwards."),
            since=item.at,
        )
        for item in to_review(user).select_related("page", "by").order_by("at")[:limit]
    ]


def _where_to_change(page: Page) -> str:
    """What the prosecutor's desk made is changed there."""
    if getattr(page.specific_class, "from_the_desk", False):
        return reverse("court:index")
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _returned(user: Any, limit: int) -> list[Need]:
    states = sent_back(user).select_related("current_task_state__finished_by").order_by("-created_at")[:limit]
    found = []
    for state in states:
        page, task = state.content_object, state.current_task_state
        if page is None or task is None:
            continue
        who = {"who": _name(task.finished_by)}
        found.append(
            Need(
                badge=presenting.badge("sent_back", _("sent back")),
                title=page.draft_title or page.title,
                url=reverse("court:index")
                if getattr(page.specific_class, "from_the_desk", False)
                else reverse("wagtailadmin_pages:edit", args=[page.pk]),
                action=_("Change it"),
                happened=task.comment or _("%(who)s sent it back.") % who,
                sent=_("Nothing of it is sent."),
                by_itself=_("It waits until you send it to approval again."),
                where=_name(task.finished_by),
                since=task.finished_at,
            )
        )
    return found


def _failures(user: Any, limit: int) -> list[Need]:
    rows = own_failures(user).select_related("page", "channel", "delivery").order_by("due_at")[:limit]
    return [
        Need(
            badge=presenting.badge(State.FAILED, str(State.FAILED.label)),
            title=row.page.title,
            url=reverse("publishing_desk:delivery", args=[row.delivery_id]),
            action=_("See why"),
            happened=row.delivery.state_reason,
            sent=_("It did not get through to %(channel)s.") % {"channel": row.channel.name},
            by_itself=_("It is not tried again."),
            where=row.channel.name,
            since=row.delivery.due_at,
        )
        for row in rows
    ]


def _address(name: str, pk: int, page_id: int) -> str:
    """The page made for it, or the content in the editor."""
    try:
        return reverse(name, args=[pk])
    except NoReverseMatch:
        return reverse("wagtailadmin_pages:edit", args=[page_id])


def _name(user: Any) -> str:
    return (user.get_full_name() or user.get_username()) if user is not None else _("Somebody")


def sources() -> dict[str, Source]:
    """What the content tells of; the outbox's own sources stand around them by their order."""
    return {
        "approvals": Source(
            lambda: _("For your approval"),
            to_approve,
            _approvals,
            lambda: presenting.badge("in_approval", _("in approval")),
            order=35,
        ),
        "reviews": Source(
            lambda: _("Sent without approval, to be reviewed"),
            to_review,
            _reviews,
            lambda: presenting.badge("review", _("to be reviewed")),
            order=36,
        ),
        "sent_back": Source(
            lambda: _("Sent back to you"),
            sent_back,
            _returned,
            lambda: presenting.badge("sent_back", _("sent back")),
            order=37,
        ),
        "own_failures": Source(
            lambda: _("Your own that did not get through"),
            own_failures,
            _failures,
            lambda: presenting.badge(State.FAILED, str(State.FAILED.label)),
            order=38,
        ),
    }
