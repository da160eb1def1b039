"""What the year suggests: a page of its own, the part of it that stands beside the calendar, and the two answers."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from campaigns import contents, drafts, suggesting
from campaigns.models import CalendarEvent
from publishing.views.base import DeskPage, Permitted


def listed(user: Any) -> dict[str, Any]:
    """What a template that shows them wants to know."""
    return {
        "suggestions": [(one, suggesting.sentence(one)) for one in suggesting.current(timezone.now())],
        "may_write": drafts.may_write(user),
        "may_answer": user.has_perm(suggesting.ANSWERS),
    }


class Suggestions(DeskPage):
    permission = "campaigns.view_placement"
    template_name = "campaigns/calendar/suggestions_page.html"
    page_title = gettext_lazy("Suggestions of the year")
    header_icon = "date"

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((reverse("campaigns_calendar:month"), _("Calendar")),)

    def get_template_names(self) -> list[str]:
        """``?part=1``: the list alone, for the calendar."""
        return ["campaigns/calendar/suggestions.html"] if "part" in self.request.GET else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = self.request.GET.get("next", self.request.path)
        return super().get_context_data(**listed(self.person), back=back, **kwargs)


class Answer(Permitted, View):
    """POST ``starts_on``, and ``next`` to come back to."""

    permission = "campaigns.view_placement"
    http_method_names = ["post"]

    def asked(self, pk: int) -> tuple[CalendarEvent, date]:
        try:
            return get_object_or_404(CalendarEvent, pk=pk), date.fromisoformat(self.request.POST.get("starts_on", ""))
        except ValueError as error:
            raise Http404 from error


class Draft(Answer):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        page = suggesting.begin_draft(*self.asked(pk), by=self.person)
        messages.success(request, _("A draft is begun. Nothing of it goes out before it is written and approved."))
        return redirect(contents.url_of(page, self.person) or "campaigns_calendar:month")


class NotThisYear(Answer):
    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        event, first = self.asked(pk)
        suggesting.not_this_year(event, first, by=self.person)
        messages.success(request, _("%(title)s is not suggested again this time.") % {"title": event.title})
        back = request.POST.get("next", "")
        safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
        return redirect(back if safe and back else "campaigns_calendar:month")
