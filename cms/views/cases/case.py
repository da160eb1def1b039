"""The case: where each defendant stands, its restrictions, and what waits for a decision. Panels that others join."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms.after import exporting
from cms.court import access, casebook, closing, deadlines, following, linking, protecting, standing
from cms.court.models import Case, EarlierPost, ProtectedNames
from cms.court.vocabulary import DeadlineFrom
from cms.views.cases import restrictions
from cms.views.cases.base import CasePage, case_url, own_case
from cms.views.office import OfficePage
from publishing.scheduling import record_evidence


class Cases(OfficePage):
    """The cases of this prosecutor; whoever is none has none."""

    template_name = "cms/case/list.html"
    page_title = gettext_lazy("Cases")
    header_icon = "folder-open-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        cases = access.cases_of(user).order_by("-created_at").prefetch_related("reports__page", "restrictions")
        others = (
            Case.objects.open().exclude(pk__in=cases).select_related("owner").order_by("-created_at")
            if access.is_lawyer(user)
            else ()
        )
        return super().get_context_data(
            cases=[(case, case_url(case), *_known_by(case)) for case in cases],
            others=[(case, case_url(case)) for case in others],
            **kwargs,
        )


def _known_by(case: Case) -> tuple[str, int]:
    """The headline of its latest judgment, and how many restrictions are in force."""
    pages = [report.page for report in sorted(case.reports.all(), key=lambda one: -one.pk) if report.page]
    headline = str(pages[0].draft_title or pages[0].title) if pages else ""
    return headline, sum(1 for restriction in case.restrictions.all() if restriction.is_in_force)


class ShowCase(CasePage):
    """For its prosecutors, who act on it; legal approvers read it, and that they did is evidence."""

    trail = ((reverse_lazy("court_desk:cases"), gettext_lazy("Cases")),)  # type: ignore[assignment]

    def find_case(self, key: Any) -> Case:
        case: Case | None = Case.objects.filter(key=key).first()
        user = self.request.user
        self.own = case is not None and access.cases_of(user).filter(pk=case.pk).exists()
        if case is None or not (self.own or access.is_lawyer(user)):
            raise Http404
        if not self.own:
            record_evidence("case.read", actor=user.get_username(), subject=case.subject)
        return case

    def get_template_names(self) -> list[str]:
        return ["cms/case/page.html" if self.own else "cms/case/read.html"]

    def get_page_title(self) -> str:
        return str(self.case)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        owed = self.case.follow_ups.owed().select_related("earlier__page", "report")
        undecided = EarlierPost.objects.undecided().filter(case=self.case)
        decided = self.case.earlier_posts.exclude(decision="").select_related("delivery__channel", "decided_by")
        return super().get_context_data(
            restrictions=restrictions.rows(self.case),
            in_force=self.case.restrictions.in_force().exists(),
            undecided=undecided.count(),
            follow_ups=[(item, following.steps(item)) for item in owed],
            standings=standing.of(self.case, timezone.localdate()),
            runs_from=DeadlineFrom.choices,
            computed_label=deadlines.LABEL,
            decided=decided.order_by("-decided_at"),
            **casebook.about(self.case),
            obstacles=closing.obstacles(self.case),
            own=self.own,
            linkable=linking.LinkForm(),
            names_on=protecting.is_on(),
            names_kept=ProtectedNames.objects.filter(case=self.case).exists(),
            **kwargs,
        )


@require_POST
def link(request: HttpRequest, key: Any) -> HttpResponse:
    """Tie content to the case by hand, by the address of its page or its number."""
    case = own_case(request, key)
    form = linking.LinkForm(request.POST)
    if form.is_valid():
        title = linking.link(case, form.cleaned_data["page"], by=request.user)
        messages.success(request, _("“%(title)s” belongs to the case now.") % {"title": title})
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect(case_url(case))


@require_POST
def close(request: HttpRequest, key: Any) -> HttpResponse:
    """Close it, or open it again."""
    case = own_case(request, key)
    if case.closed_at is not None:
        closing.reopen(case, by=request.user)
        messages.success(request, _("The case is open again."))
        return redirect(case_url(case))
    try:
        closing.close(case, by=request.user)
    except closing.NotClosed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The case is closed. What was published stays as it is."))
    return redirect(case_url(case))


@require_POST
def export(request: HttpRequest, key: Any) -> HttpResponse:
    case = own_case(request, key)
    exporting.ask_case(case, by=request.user)
    messages.success(request, _("It is being gathered. This page shows when it can be fetched."))
    return redirect(f"{case_url(case)}#exports")
