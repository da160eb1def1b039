"""One click on a mapping, and the two buttons of a strategy: in force, and next year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from campaigns import mapping, years
from campaigns.models import FocusMapping, Strategy, Unit
from campaigns.strategy_forms import NextYearForm
from publishing.views.base import DeskPage, Permitted

SENTENCES = {
    "confirmed": gettext_lazy("%(mapping)s is confirmed."),
    "rejected": gettext_lazy("%(mapping)s is rejected."),
    "proposed": gettext_lazy("%(mapping)s is a proposal again."),
}


class DecideMapping(Permitted, View):
    permission = "campaigns.change_focusmapping"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        row = get_object_or_404(FocusMapping.objects.select_related("initiative", "focus_area"), pk=pk)
        status = request.POST.get("status", "")
        if status in FocusMapping.Status.values:
            mapping.decide([row], FocusMapping.Status(status), by=self.person)
            messages.success(request, SENTENCES[status] % {"mapping": row})
        return redirect(get_valid_next_url_from_request(request) or reverse("focusmapping:index"))


class PutInForce(Permitted, View):
    permission = "campaigns.change_strategy"

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        strategy = get_object_or_404(Strategy, pk=pk)
        if years.put_in_force(strategy, by=self.person):
            messages.success(request, _("%(strategy)s is in force from now on.") % {"strategy": strategy})
        return redirect("strategy:index")


class PrepareNextYear(DeskPage):
    """A draft for the year after: the same structure, and the initiatives that are ticked."""

    permission = "campaigns.add_strategy"
    template_name = "campaigns/next_year.html"
    page_title = gettext_lazy("Prepare next year")
    header_icon = "copy"
    trail = ((reverse_lazy("strategy:index"), gettext_lazy("Strategies")),)

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.before = get_object_or_404(Strategy, pk=kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or NextYearForm(before=self.before, initial=self.proposed())
        chosen = {str(pk) for pk in form["initiatives"].value() or []}
        units = Unit.objects.filter(pillar__strategy=self.before).prefetch_related("initiatives")
        return super().get_context_data(
            form=form,
            before=self.before,
            units=[unit for unit in units if unit.initiatives.all()],
            chosen=chosen,
            **kwargs,
        )

    def proposed(self) -> dict[str, Any]:
        year = self.before.year + 1
        ids = list(self.before.initiatives.values_list("pk", flat=True))
        return {"year": year, "title": self.before.title.replace(str(self.before.year), str(year)), "initiatives": ids}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = NextYearForm(request.POST, before=self.before)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        carried = {row.pk for row in form.cleaned_data["initiatives"]}
        strategy = years.prepare(
            self.before,
            year=form.cleaned_data["year"],
            title=form.cleaned_data["title"],
            carried=carried,
            by=self.person,
        )
        sentence = ngettext(
            "%(strategy)s is in preparation, with %(count)s initiative carried over.",
            "%(strategy)s is in preparation, with %(count)s initiatives carried over.",
            len(carried),
        )
        messages.success(request, sentence % {"strategy": strategy, "count": len(carried)})
        return redirect(f"{reverse('initiative:index')}?strategy={strategy.pk}")
