"""What the pages of a case share: whose it is, and that no browser keeps them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from cms.court import access
from cms.court.models import Case
from cms.views.office import OfficePage


class CasePage(OfficePage):
    """For the prosecutors of the case; for everybody else it does not exist."""

    header_icon = "folder-open-inverse"
    case: Case

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.case = self.find_case(kwargs["key"])
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        return response

    def find_case(self, key: Any) -> Case:
        return own_case(self.request, key)

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((case_url(self.case), str(self.case)),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"case": self.case, "case_url": case_url(self.case), **kwargs})


def own_case(request: HttpRequest, key: Any) -> Case:
    """404 for everybody else's, as for what is not there."""
    case: Case | None = access.cases_of(request.user).filter(key=key).first()
    if case is None:
        raise Http404
    return case


def case_url(case: Case) -> str:
    return reverse("court_desk:case", args=[case.key])
