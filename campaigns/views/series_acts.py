"""What is done to a series at once: one occurrence left out or worded alone, all of it paused or ended."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages

from campaigns import contents, series
from campaigns.models import Occurrence, Series
from campaigns.planning import Conflict
from publishing.scheduling import NotPossible, Refused
from publishing.views.base import Permitted


class Act(Permitted, View):
    """One occurrence is left out, put back or worded alone."""

    permission = "campaigns.change_series"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        row = get_object_or_404(Occurrence.objects.with_all().select_related("series"), pk=pk)
        back = redirect("campaigns_series:show", row.series_id)
        try:
            match what:
                case "skip":
                    series.skip(row, by=self.person)
                    messages.success(request, _("It is left out, and stays left out."))
                case "put-back":
                    series.unskip(row, timezone.now(), by=self.person)
                    messages.success(request, _("It stands in the plan again."))
                case "reword":
                    page = series.reword(row, by=self.person)
                    said = _("A draft is begun for this slot alone. It wants an approval of its own.")
                    messages.success(request, said)
                    return redirect(contents.url_of(page, self.person) or back.url)
        except (Conflict, NotPossible, Refused) as error:
            messages.error(request, str(error))
        return back


class Rest(Permitted, View):
    """The series as a whole: paused, going on, or ended."""

    permission = "campaigns.change_series"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, what: str) -> HttpResponse:
        row, now = get_object_or_404(Series, pk=pk), timezone.now()
        match what:
            case "pause":
                series.pause(row, by=self.person)
                messages.success(request, _("Paused: no new slots come. Those in the plan stay."))
            case "resume":
                made = series.resume(row, now, by=self.person)
                text = ngettext(
                    "It goes on. %(count)s new slot stands in the calendar.",
                    "It goes on. %(count)s new slots stand in the calendar.",
                    made.slots,
                )
                messages.success(request, text % {"count": made.slots})
            case "end":
                gone, left = series.end(row, now, drop_empty="drop" in request.POST, by=self.person)
                text = _("The series has ended. Empty slots taken out: %(gone)s. Still in the plan: %(left)s.")
                messages.success(request, text % {"gone": gone, "left": left})
        return redirect("campaigns_series:show", pk)
