"""Results from the court: how many, how fast, with what outcome. Counts only; nothing of a case is in them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from wagtail.models import TaskState

from campaigns.coverage import Period
from campaigns.coverage.measures import (
    Definition,
    Figure,
    Source,
    Unit,
    hours_between,
    middle,
    ninth_tenth,
    register,
)  # fmt: skip
from cms.court.models import Defendant, FollowUp, Report
from cms.court.vocabulary import Outcome
from cms.measures.sent import first_sent
from cms.models import CourtResult
from cms.models.approvals import Approval

ACQUITTED = (Outcome.ACQUITTED, Outcome.PARTLY_ACQUITTED)
DEFINITIONS = {
    "court_submitted": Definition(
        gettext_lazy("Judgments reported"),
        gettext_lazy("Reports that a prosecutor declared correct and filed in the period, by prosecution unit."),
        internal=True,
    ),
    "court_approved": Definition(
        gettext_lazy("Court results approved"),
        gettext_lazy("Court results that were approved in the period."),
        internal=True,
    ),
    "court_sent": Definition(
        gettext_lazy("Court results sent"),
        gettext_lazy("Court results that the public first got in the period, on any channel."),
    ),
    "court_declined": Definition(
        gettext_lazy("Court results declined"),
        gettext_lazy(
            "Sent back in the period, by reason: an approver asked for another text, or the facts are in question "
            "again. What the approver wrote stays on the desk."
        ),
        internal=True,
    ),
    "court_hours": Definition(
        gettext_lazy("From judgment to post, median"),
        gettext_lazy("Hours from the pronouncement until the public first got it. Half of them were faster."),
    ),
    "court_hours_p90": Definition(
        gettext_lazy("From judgment to post, nine of ten"),
        gettext_lazy("Nine of ten results were out within so many hours of the pronouncement."),
    ),
    "court_acquittals": Definition(
        gettext_lazy("Acquittals"),
        gettext_lazy(
            "Defendants acquitted, wholly or in part, of all defendants in the court results sent in the period. "
            "A share that is far below the courts' own says that acquittals are not told about."
        ),
    ),
    "court_follow_ups": Definition(
        gettext_lazy("Follow-ups open"),
        gettext_lazy("Appeals that have ended where the new judgment is not told yet, by prosecution unit, now."),
        internal=True,
        momentary=True,
    ),
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    days = (period.first, period.last)
    filed = Report.objects.filter(confirmed_at__date__range=days)
    approved = Approval.objects.filter(page__in=CourtResult.objects.values("pk"), at__date__range=days)
    results = set(CourtResult.objects.values_list("pk", flat=True))
    sent = {page: moment for page, moment in first_sent(period).items() if page in results}
    judged = Report.objects.filter(page_id__in=sent, pronounced_at__isnull=False).values_list(
        "page_id", "pronounced_at"
    )
    hours = [hours_between(pronounced, sent[page]) for page, pronounced in judged]
    outcomes = Counter(
        Defendant.objects.filter(report__page_id__in=sent).exclude(outcome="").values_list("outcome", flat=True)
    )
    back = _sent_back(results, days)
    doubted = filed.filter(state=Report.State.RETURNED).exclude(page_id__in=back).count()
    reasons = [(_("another text was asked for"), len(back)), (_("the facts are in question"), doubted)]
    owed = FollowUp.objects.owed().values_list("earlier__unit__name_da", flat=True)
    return [
        Figure("court_submitted", filed.count(), parts=_by_unit(filed.values_list("unit__name_da", flat=True))),
        Figure("court_approved", approved.values("page").distinct().count()),
        Figure("court_sent", len(sent)),
        Figure("court_declined", len(back) + doubted, parts=tuple((why, str(n)) for why, n in reasons if n)),
        Figure("court_hours", middle(hours), Unit.HOURS, len(hours)),
        Figure("court_hours_p90", ninth_tenth(hours), Unit.HOURS, len(hours)),
        Figure("court_acquittals", sum(outcomes[one] for one in ACQUITTED), Unit.SHARE, outcomes.total()),
        Figure("court_follow_ups", len(owed), parts=_by_unit(owed)),
    ]


def _sent_back(results: set[int], days: tuple[object, object]) -> set[int]:
    rows = TaskState.objects.filter(status=TaskState.STATUS_REJECTED, finished_at__date__range=days)
    pages = {int(pk) for pk in rows.values_list("workflow_state__object_id", flat=True) if pk.isdecimal()}
    return pages & results


def _by_unit(names: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    counted = Counter(name or pgettext("prosecution unit", "without a unit") for name in names)
    return tuple((name, str(count)) for name, count in sorted(counted.items()))


def install() -> None:
    register("court", Source(lambda: _("Results from the court"), figures, DEFINITIONS, order=10))
