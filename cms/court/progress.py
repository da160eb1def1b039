"""How a report stands, for its prosecutor: one word, one shape, what was said to it, and where it can be seen."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from cms import statuses
from cms.court import questions
from cms.court.models import Report
from cms.models.tasks import FourEyesTask
from publishing.models import Receipt
from publishing.presenting import Badge


@dataclass(frozen=True)
class Progress:
    report: Report
    badge: Badge
    sentence: str  # what happens now, and who must do it
    note: str = ""  # what an approver wrote
    links: tuple[tuple[str, str], ...] = ()  # channel, address of what is out
    back: bool = False  # it waits for the prosecutor

    @property
    def title(self) -> str:
        """What the prosecutor knows it by; once it has a headline, that."""
        page = self.report.page
        return str(page.draft_title or page.title) if page is not None else str(self.report.case)


def of_user(user: Any) -> list[Progress]:
    """Own reports: first what waits for the prosecutor, then the newest."""
    reports = Report.objects.of(user).exclude(state=Report.State.DRAFT, version=0)
    found = [of(report) for report in reports.select_related("case", "page").order_by("-saved_at")[:50]]
    return sorted(found, key=lambda item: not item.back)


def of(report: Report) -> Progress:
    if report.state == Report.State.DRAFT:
        return Progress(report, Badge("draft", "○", _("draft"), ""), _("Not filed yet."))
    if report.state == Report.State.RETURNED or report.page is None:
        sentence = _("Correct the facts and file it again.")
        return Progress(report, _back(), sentence, _last_note(report), _links(report), back=True)
    state = report.page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
        return _in_approval(report)
    badge = statuses.status_of(report.page)
    return Progress(report, badge, SENTENCES.get(badge.key, lambda: "")(), links=_links(report))


def _in_approval(report: Report) -> Progress:
    if questions.open_questions(report.page):
        sentence = _("The words were changed, and say something else than your facts.")
        return Progress(report, _back(), sentence, back=True, links=_links(report))
    task = report.page.current_workflow_task
    words = {
        FourEyesTask.Signs.FACTS: Badge("in_approval", "◐", _("with legal"), ""),
        FourEyesTask.Signs.LANGUAGE: Badge("in_approval", "◐", _("with the editor"), ""),
    }
    badge = words.get(getattr(task, "signs", ""), Badge("in_approval", "◐", _("in approval"), ""))
    return Progress(report, badge, _("It goes out when it is approved."), links=_links(report))


SENTENCES = {
    "planned": lambda: _("Approved. It goes out at its time."),
    "approved": lambda: _("Approved. It has no time yet."),
    "missed": lambda: _("It was not sent in time. The duty officer decides."),
    "held": lambda: _("It is held. The duty officer decides."),
    "failed": lambda: _("A channel refused it. The duty officer looks at it."),
    "uncertain": lambda: _("It is not certain whether it went out. The duty officer looks at it."),
    "changed": lambda: _("It was changed after it was approved, and needs a new approval."),
}


def _back() -> Badge:
    return Badge("sent_back", "↲", _("back to you"), "notice")


def _last_note(report: Report) -> str:
    if report.page is None:
        return ""
    states = TaskState.objects.for_instance(report.page).filter(status=TaskState.STATUS_REJECTED).exclude(comment="")
    last = states.order_by("-finished_at").first()
    return str(last.comment) if last else ""


def _links(report: Report) -> tuple[tuple[str, str], ...]:
    receipts: Iterable[Receipt] = Receipt.objects.filter(delivery__placements__page_id=report.page_id or 0)
    found = receipts.select_related("delivery__channel").order_by("sent_at")  # type: ignore[attr-defined]
    return tuple((item.delivery.channel.name, item.permalink) for item in found)
