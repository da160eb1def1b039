"""STOP, and the end of a stop. The dialog on every page posts here; without JavaScript the page itself does."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from publishing import labels, stopping
from publishing.forms import StopForm
from publishing.models import StopOrder
from publishing.scheduling import NotPossible
from publishing.views import strip
from publishing.views.base import DeskPage, Permitted


class StopPage(DeskPage):
    permission = "publishing.stop_sending"
    template_name = "publishing/desk/stop.html"
    page_title = gettext_lazy("Stop sending")
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": StopForm(), **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = StopForm(request.POST)
        scripted = request.headers.get("X-Requested-With") == "XMLHttpRequest"
        if not form.is_valid():
            context = self.get_context_data(form=form)
            if scripted:
                return render(request, "publishing/desk/stop_fields.html", {"form": form}, status=422)
            return self.render_to_response(context, status=422)
        order = self.stop(form)
        if scripted:
            return render(request, "publishing/desk/strip_words.html", strip.words(request))
        messages.warning(
            request,
            _("Stopped: %(scope)s. Nothing more begins until somebody lifts the stop.")
            % {"scope": labels.name_of(order.scope)},
        )
        return redirect("wagtailadmin_home")

    def stop(self, form: StopForm) -> StopOrder:
        """The same scope twice is one stop: who pressed first stands."""
        scope = form.cleaned_data["scope"]
        already = StopOrder.objects.in_force().filter(scope=scope).first()
        return already or stopping.hold_all(scope=scope, reason=form.reason, by=self.person)


class LiftStop(Permitted, View):
    """End a stop. Sends nothing."""

    permission = "publishing.release_delivery"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        try:
            stopping.lift(get_object_or_404(StopOrder, pk=pk), by=self.person)
        except NotPossible as error:
            messages.warning(request, error.summary)
        else:
            messages.success(request, _("The stop is lifted. What was held waits below until you decide about it."))
        return redirect("publishing_desk:held")
