"""The form of a series, which says in words what is being typed."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages

from campaigns import agenda, contents, series_changes
from campaigns.models import Occurrence, Series
from campaigns.planning import Conflict
from campaigns.series import Made
from campaigns.series_forms import SeriesForm
from campaigns.series_initial import initial
from campaigns.views.series import LIST, SeriesPage
from publishing.presenting import Badge
from publishing.scheduling import NotPossible, Refused
from publishing.views.base import Permitted


class Form(SeriesPage):
    """New, or changed: for all that lies ahead, or (``?from=``, an occurrence) for one day and what follows."""

    permission = "campaigns.change_series"
    template_name = "campaigns/series/form.html"

    @cached_property
    def series(self) -> Series | None:
        pk = self.kwargs.get("pk")
        return get_object_or_404(Series, pk=pk) if pk else None

    @cached_property
    def start(self) -> Occurrence | None:
        asked = self.request.GET.get("from", "")
        if self.series is None or not asked.isdecimal():
            return None
        return get_object_or_404(self.series.occurrences, pk=int(asked), day__gte=self.today)

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        if self.series is None:
            return (LIST,)
        return (LIST, (reverse("campaigns_series:show", args=[self.series.pk]), self.series.title))

    def get_page_title(self) -> str:
        if self.series is None:
            return _("New series")
        return _("Change this and the following") if self.start else _("Change the series")

    def form(self, data: Any = None) -> SeriesForm:
        start = self.start.on if self.start else None
        first: dict[str, Any] = {"starts_on": self.today, "campaign": self.request.GET.get("campaign")}
        if self.series is not None:
            first = initial(self.series, start)
        return SeriesForm(data, initial=first, today=self.today, start=start)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.form()
        if not form.is_bound and self.series is not None:  # says from the beginning what stands there
            bound = self.form(_as_sent(form))
            bound.is_valid()
            kwargs["said"] = bound.said
        return super().get_context_data(
            **{"form": form, "said": form.said, "series": self.series, "start": self.start, **kwargs}
        )

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        if not form.is_valid() or form.values is None:
            return self.render_to_response(self.get_context_data(form=form), status=422)
        if "look" in request.POST:  # without a script the words come with this button
            return self.render_to_response(self.get_context_data(form=form))
        channels = list(form.cleaned_data["channels"])
        if self.series is None:
            return self.told(*series_changes.begin(form.values, channels, now=timezone.now(), by=self.person))
        start = self.start.on if self.start else None
        touched = series_changes.affected(self.series, form.values, channels, start, timezone.now())
        if touched and "decided" not in request.POST:
            return self.render_to_response(self.get_context_data(form=form, touched=self.listed(touched)))
        chosen = {int(pk) for pk in request.POST.getlist("follow") if pk.isdecimal()}
        try:
            done = series_changes.change(
                self.series, form.values, channels, start=start, chosen=chosen, now=timezone.now(), by=self.person
            )
        except (Conflict, NotPossible, Refused, PermissionDenied) as error:
            held = _("It is held: only somebody who may release it can give it a new time.")
            form.add_error(None, str(error) or held)
            context = self.get_context_data(form=form, touched=self.listed(touched), chosen=chosen)
            return self.render_to_response(context, status=422)
        return self.told(*done)

    def listed(self, touched: list[series_changes.Affected]) -> list[tuple[series_changes.Affected, Badge]]:
        rows = [one.occurrence.placement for one in touched]
        facts = contents.describe({row.page_id for row in rows if row is not None and row.page_id})
        return [
            (one, agenda.badge_of(row, facts.get(row.page_id or 0)))
            for one, row in zip(touched, rows, strict=True)
            if row is not None
        ]

    def told(self, saved: Series, made: Made) -> HttpResponse:
        text = ngettext(
            "“%(title)s” is saved. %(count)s new slot stands in the calendar.",
            "“%(title)s” is saved. %(count)s new slots stand in the calendar.",
            made.slots,
        )
        messages.success(self.request, text % {"title": saved.title, "count": made.slots})
        if made.why:
            sentence = ngettext(
                "%(count)s of them is left without its text: %(why)s",
                "%(count)s of them are left without their text. The first: %(why)s",
                len(made.why),
            )
            messages.warning(self.request, sentence % {"count": len(made.why), "why": made.why[0]})
        return redirect("campaigns_series:show", saved.pk)


class Add(Form):
    permission = "campaigns.add_series"


def _as_sent(form: SeriesForm) -> dict[str, Any]:
    """What the form would send as it stands."""
    found: dict[str, Any] = {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        found[name] = field.prepare_value(value) if value is not None else ""
    return found


class Words(Permitted, View):
    """GET with the fields of the form: what they say in words, and the next dates; or why they say nothing yet."""

    permission = "campaigns.change_series"
    about = ("weekdays", "raw", "until", "count", "excluded", "at", "starts_on", "pattern", "every")

    def get(self, request: HttpRequest) -> HttpResponse:
        form = SeriesForm(request.GET, today=timezone.localdate())
        form.is_valid()
        faults = [str(error) for name in self.about if request.GET.get(name) for error in form.errors.get(name, [])]
        return render(request, "campaigns/series/words.html", {"said": form.said, "faults": faults})
