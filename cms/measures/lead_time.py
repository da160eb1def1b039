"""How long the road takes: from the first draft to the approval, and on to the public."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Min
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Revision, TaskState

from campaigns.coverage import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, hours_between, middle, once, register
from cms.measures.sent import first_sent
from cms.models.approvals import Approval

DEFINITIONS = {
    "lead_approval": Definition(
        gettext_lazy("From draft to approval, median"),
        gettext_lazy(
            "Hours from the first saved draft until the approval, of what the public first got in the period."
        ),
    ),
    "lead_sending": Definition(
        gettext_lazy("From approval to sending, median"),
        gettext_lazy("Hours from the approval until the public first got it. Much of it is planned ahead on purpose."),
    ),
    "lead_returned": Definition(
        gettext_lazy("Returned for correction"),
        gettext_lazy("How many times an approver sent a text back in the period."),
    ),
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    waited, planned = once("lead times", period, lambda: _hours(period))
    rejected = TaskState.objects.filter(
        status=TaskState.STATUS_REJECTED, finished_at__date__range=(period.first, period.last)
    )
    return [
        Figure("lead_approval", middle(waited), Unit.HOURS, len(waited)),
        Figure("lead_sending", middle(planned), Unit.HOURS, len(planned)),
        Figure("lead_returned", rejected.count()),
    ]


def _hours(period: Period) -> tuple[list[float], list[float]]:
    """From the first draft to the approval, and from there until it was sent."""
    sent = first_sent(period)
    begun = {
        int(page): moment
        for page, moment in Revision.objects.page_revisions()
        .filter(object_id__in=[str(page) for page in sent])
        .values_list("object_id")
        .annotate(first=Min("created_at"))
        .order_by()
    }
    approvals = Approval.objects.filter(page_id__in=sent, way=Approval.Way.WORKFLOW)
    approved = {
        page: moment
        for page, moment in approvals.values_list("page_id").annotate(last=Min("at")).order_by()
        if moment <= sent[page]
    }
    waited = [hours_between(begun[page], approved[page]) for page in approved if page in begun]
    return waited, [hours_between(approved[page], sent[page]) for page in approved]


def install() -> None:
    register("lead_time", Source(lambda: _("Lead time"), figures, DEFINITIONS, order=20))
