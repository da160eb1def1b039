"""Bring in a table: upload, look at every problem at its cell, enter the rest. The file is checked anew each time."""

import json
from collections import Counter
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import View
from wagtail.admin import messages

from campaigns import spreadsheets
from campaigns.importing import reading
from campaigns.importing.rows import Status
from campaigns.tables import checking, landing
from campaigns.tables.cells import Line
from campaigns.tables.table import Table
from campaigns.views.taking_out import XLSX, answer
from publishing.views.base import DeskPage, Permitted

LETTERS = 1_000_000  # of a whole table: it goes to the browser and back
ORDER = {Status.STOPPED: 0, Status.DIFFERS: 1, Status.NEW: 2, Status.THERE: 3}


class TableForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("The table as CSV or Excel (.xlsx)"),
        help_text=gettext_lazy("At most 1,000 rows. The first row holds the headings."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,.txt"}),
        required=False,
    )
    cells = forms.JSONField(widget=forms.HiddenInput, required=False)

    def clean_cells(self) -> list[list[str]] | None:
        found = self.cleaned_data["cells"]
        whole = isinstance(found, list) and len(found) > 1 and all(isinstance(row, list) for row in found)
        return [[str(cell) for cell in row] for row in found] if whole else None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if file := data.get("file"):
            try:
                data["cells"] = reading.read(file.name, file.read(reading.BYTES + 1))
            except reading.Unreadable as error:
                self.add_error("file", str(error))
        if not data.get("cells") and not self.errors:
            self.add_error("file", _("Choose a file first."))
        elif len(json.dumps(data.get("cells"))) > LETTERS:
            self.add_error("file", _("There is too much text in it for one table. Divide it."))
        return data


class BringTable(DeskPage):
    """The way in and the dry run; nothing is entered before the second button."""

    template_name = "campaigns/tables/bring.html"
    page_title = gettext_lazy("Bring in a table")
    header_icon = "upload"
    table: Table = None  # type: ignore[assignment]
    index = ""
    heading: Any = ""

    @property
    def permission(self) -> str:  # type: ignore[override]
        return self.table.permission

    @property
    def trail(self) -> Any:  # type: ignore[override]
        return ((reverse(self.index), self.heading),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"form": TableForm(), "table": self.table, "template": self.index.replace(":index", ":template")}
        return super().get_context_data(**{**found, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = TableForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        cells = form.cleaned_data["cells"]
        missing = checking.missing(cells, self.table)
        lines = [] if missing else checking.check(cells, self.table)
        if "enter" in request.POST and not missing:
            return self.enter(lines)
        shown = {"missing": missing, "looked_at": True, "cells": json.dumps(cells), **_told(lines)}
        return self.render_to_response(self.get_context_data(**shown))

    def enter(self, lines: list[Line]) -> HttpResponse:
        count = landing.land(self.table, lines, by=self.person)
        said = ngettext("%(count)s row was entered.", "%(count)s rows were entered.", count) % {"count": count}
        messages.success(self.request, said)
        return redirect(self.index)


def _told(lines: list[Line]) -> dict[str, Any]:
    counts = Counter(line.status for line in lines)
    return {
        "lines": sorted(lines, key=lambda line: (ORDER[line.status], line.number)),
        "new": counts[Status.NEW],
        "stopped": counts[Status.STOPPED],
        "there": counts[Status.THERE] + counts[Status.DIFFERS],
    }


class TableTemplate(Permitted, View):
    """An empty table with its headings and a row or two that show how."""

    table: Table = None  # type: ignore[assignment]

    @property
    def permission(self) -> str:  # type: ignore[override]
        return self.table.permission

    def get(self, request: HttpRequest, form: str) -> HttpResponse:
        heading = [str(field.label) for field in self.table.fields]
        rows, name = self.table.examples(timezone.localdate()), self.table.key
        if form == "csv":
            return answer(spreadsheets.as_csv(heading, rows), f"{name}.csv", "text/csv; charset=utf-8")
        if form == "xlsx":
            written = spreadsheets.as_xlsx(name, heading, rows, [22] * len(heading))
            return answer(written, f"{name}.xlsx", XLSX)
        raise Http404
