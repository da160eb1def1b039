"""The case: where each defendant stands, its restrictions, and what waits for a decision. Panels that others join."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms.court import access, deadlines, earlier, following, linking, protecting, standing
from cms.court.models import EarlierPost, ProtectedNames
from cms.court.vocabulary import DeadlineFrom
from cms.views.cases import restrictions
from cms.views.cases.base import CasePage, case_url, own_case
from cms.views.office import OfficePage


class Cases(OfficePage):
    """The cases of this prosecutor; whoever is none has none."""

    template_name = "cms/case/list.html"
    page_title = gettext_lazy("Cases")
    header_icon = "folder-open-inverse"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        cases = access.cases_of(self.request.user).order_by("-created_at")
        return super().get_context_data(cases=[(case, case_url(case)) for case in cases], **kwargs)


class ShowCase(CasePage):
    template_name = "cms/case/page.html"
    trail = ()  # type: ignore[assignment]

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
            posts=earlier.posts(self.case),
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
