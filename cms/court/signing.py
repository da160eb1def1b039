"""What stands against a signature under a court result, beside the four eyes that hold for everything."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms.court import questions, routes
from cms.models.tasks import FourEyesTask


def obstacle(page: Any, user: Any) -> str | None:
    """Why this person cannot sign it now, as a sentence; None when they can, or it is no court result."""
    report = routes.report_of(page)
    if report is None:
        return _signed_before(page.current_workflow_state, page.current_workflow_task, user)
    if user.pk in (report.prosecutor_id, report.deputy_id):
        return _("You reported this judgment, so somebody else must approve it.")
    if report.state != report.State.FILED:
        return _("The prosecutor is correcting the facts.")
    found = questions.open_questions(page)
    if found:
        who = report.prosecutor.get_full_name() or report.prosecutor.get_username()
        return _("The words do not say what the facts say. %(who)s must confirm or correct them.") % {"who": who}
    state = page.current_workflow_state
    if state is not None and not _fits(state, page):
        return _("The case needs other signatures now than when it was submitted. Send it back, to be filed again.")
    return _signed_before(state, page.current_workflow_task, user)


def ensure(workflow_state: WorkflowState, states: Sequence[TaskState]) -> None:
    """PermissionDenied unless everybody signed who had to, each for themselves."""
    page = workflow_state.content_object.specific
    if not _fits(workflow_state, page):
        raise PermissionDenied("The route of this court result has changed.")
    if questions.open_questions(page):
        raise PermissionDenied("The words do not say what the facts say.")
    report = routes.report_of(page)
    signers = [state.finished_by_id for state in states]
    if report is not None and {report.prosecutor_id, report.deputy_id} & set(signers):
        raise PermissionDenied("The prosecutor signed their own result.")
    for state in states:
        if _another(state.task) and signers.count(state.finished_by_id) > 1:
            raise PermissionDenied("Two signatures are by the same person.")


def _fits(workflow_state: WorkflowState, page: Any) -> bool:
    needed = routes.workflow_for(page)
    return needed is None or needed.pk == workflow_state.workflow_id


def _signed_before(state: Any, task: Any, user: Any) -> str | None:
    if state is None or task is None or not _another(task):
        return None
    signed = TaskState.objects.filter(
        workflow_state=state, status=TaskState.STATUS_APPROVED, finished_by=user, revision_id=_revision(state)
    )
    return _("You have signed it already: this signature is another person's.") if signed.exists() else None


def signed_by(user: Any) -> Q:
    """Of steps that want another person: those of an approval that this one signed a step of."""
    own = TaskState.objects.filter(
        workflow_state=OuterRef("workflow_state"),
        revision=OuterRef("revision"),
        status=TaskState.STATUS_APPROVED,
        finished_by=user,
    )
    return Q(Exists(own), task__in=FourEyesTask.objects.filter(another_person=True).values("pk"))


def _revision(state: Any) -> Any:
    current = state.current_task_state
    return current.revision_id if current is not None else None


def _another(task: Any) -> bool:
    return bool(getattr(task.specific, "another_person", False))
