"""Bring in a plan: upload, say which column is what, look at every problem at its cell, and let a worker land it."""

from collections import Counter
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from campaigns import spreadsheets
from campaigns.importing import checking, columns, landing, reading, template
from campaigns.importing.rows import Row, Status
from campaigns.models import PlanImport
from campaigns.views.taking_out import XLSX, answer
from publishing.views.base import DeskPage, Permitted

SHOWN = 200  # rows on the page; those with problems first
State = PlanImport.State
CALENDAR = (reverse_lazy("campaigns_calendar:month"), gettext_lazy("Calendar"))
START = (reverse_lazy("campaigns_calendar:bring_in"), gettext_lazy("Bring in a plan"))


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The plan as CSV or Excel (.xlsx)"),
        help_text=gettext_lazy("At most 2 MB and 1,000 rows. The first row holds the headings."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        file = data.get("file")
        if file is not None:
            try:
                data["cells"] = reading.read(file.name, file.read(reading.BYTES + 1))
            except reading.Unreadable as error:
                self.add_error("file", str(error))
        return data


class BringIn(DeskPage):
    """The way in, and what this person brought in before."""

    permission = landing.PERMISSION
    template_name = "campaigns/importing/start.html"
    page_title = gettext_lazy("Bring in a plan")
    header_icon = "upload"
    trail = (CALENDAR,)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plans = PlanImport.objects.filter(by=self.person).defer("cells", "result")[:20]
        return super().get_context_data(**{"form": UploadForm(), "plans": plans, **kwargs})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        cells = form.cleaned_data["cells"]
        plan = PlanImport.objects.create(
            by=self.person,
            file_name=form.cleaned_data["file"].name[:200],
            cells=cells,
            mapping=columns.guess(cells[0]),
        )
        return redirect("campaigns_calendar:brought", plan.key)


class MappingForm(forms.Form):
    """A column, or none, for each thing that a row can say."""

    def __init__(self, plan: PlanImport, data: Any = None) -> None:
        super().__init__(data)
        headings = [f"{columns.letter(n)}: {name or '–'}"[:40] for n, name in enumerate(plan.cells[0])]
        for field in columns.FIELDS:
            self.fields[field.key] = forms.TypedChoiceField(
                label=str(field.label),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", _("no column")), *enumerate(headings)],
                initial=plan.mapping.get(field.key),
            )

    def mapping(self) -> dict[str, int]:
        return {key: value for key, value in self.cleaned_data.items() if value is not None}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for field in columns.FIELDS:
            if field.needed and data.get(field.key) is None and field.key not in self.errors:
                self.add_error(field.key, _("No plan can do without it: choose its column."))
        chosen = Counter(value for value in data.values() if value is not None)
        for key, value in list(data.items()):
            if value is not None and chosen[value] > 1:
                self.add_error(key, _("This column is chosen twice."))
        return data


class Brought(DeskPage):
    """One plan: its columns and the dry run, then how far it has come, then what became of it."""

    permission = landing.PERMISSION
    template_name = "campaigns/importing/plan.html"
    header_icon = "upload"
    trail = (CALENDAR, START)

    @cached_property
    def plan(self) -> PlanImport:
        return get_object_or_404(PlanImport, key=self.kwargs["key"], by=self.person)

    def get_page_title(self) -> str:
        return self.plan.file_name

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        plan = self.plan
        found: dict[str, Any] = {"plan": plan, "form": MappingForm(plan)}
        if plan.state == State.OPEN:
            found["missing"] = columns.missing(plan.mapping)
            rows = [] if found["missing"] else checking.check(plan.cells, plan.mapping, timezone.now(), by=self.person)
            found |= _shown(rows)
        found["left"] = [
            {"number": number, "status": status, "title": title, "why": why}
            for number, status, title, why in plan.result
        ]
        return super().get_context_data(**{**found, **kwargs})

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        plan = self.plan
        open_one = PlanImport.objects.filter(pk=plan.pk, state=State.OPEN)
        if "discard" in request.POST:
            open_one.delete()
            messages.success(request, _("%(file)s is discarded. Nothing was brought in.") % {"file": plan.file_name})
            return redirect("campaigns_calendar:bring_in")
        if "start" in request.POST:
            landing.start(plan, by=self.person)
            return redirect("campaigns_calendar:brought", plan.key)
        form = MappingForm(plan, request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        open_one.update(mapping=form.mapping())
        return redirect("campaigns_calendar:brought", plan.key)


def _shown(rows: list[Row]) -> dict[str, Any]:
    order = {Status.STOPPED: 0, Status.DIFFERS: 1, Status.NEW: 2, Status.THERE: 3}
    counts = Counter(row.status for row in rows)
    listed = sorted(rows, key=lambda row: (order[row.status], row.number))[:SHOWN]
    return {
        "rows": [(row, checking.when(row)) for row in listed],
        "hidden": len(rows) - len(listed),
        "new": counts[Status.NEW],
        "stopped": counts[Status.STOPPED],
        "there": counts[Status.THERE] + counts[Status.DIFFERS],
    }


class Template(Permitted, View):
    """An empty plan with its headings and two rows that show how."""

    permission = landing.PERMISSION

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        heading, rows = template.heading(), template.rows(timezone.localdate())
        if form == "csv":
            return answer(spreadsheets.as_csv(heading, rows), "plan.csv", "text/csv; charset=utf-8")
        if form == "xlsx":
            return answer(spreadsheets.as_xlsx(_("The plan"), heading, rows, template.WIDTHS), "plan.xlsx", XLSX)
        raise Http404
