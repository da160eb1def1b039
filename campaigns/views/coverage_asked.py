"""What was asked of the coverage, read from the address: the period, the selection, and the number one came from."""

import re
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import badges, coverage
from campaigns.coverage import Coverage, Dimension, Fate, Selection, dossier, naming
from campaigns.coverage.ledger import Ledger
from campaigns.coverage.periods import quarter_of
from campaigns.coverage_forms import CoverageForm
from campaigns.models import Initiative, Strategy
from campaigns.views import coverage_words
from publishing.views.base import DeskPage


class CoverageReport(DeskPage):
    """What both pages share: the period and selection that were asked for, and the figures."""

    permission = "campaigns.view_coverage"
    header_icon = "view"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.now = timezone.now()

    @cached_property
    def asked(self) -> dict[str, str]:
        """The query, with this quarter and the strategy in force for whoever asked for nothing."""
        today, names = timezone.localdate(self.now), list(CoverageForm.base_fields)
        query = {name: self.request.GET[name] for name in names if self.request.GET.get(name)}
        query = {name: value for name, value in query.items() if value != "none"}
        if "year" not in query:
            query |= {"year": str(today.year), "quarter": str((quarter_of(today).first.month + 2) // 3)}
        if "strategy" not in query and (strategy := Strategy.objects.in_force()):
            query["strategy"] = str(strategy.pk)
        return query

    @cached_property
    def strategy(self) -> Strategy | None:
        wanted = self.asked.get("strategy", "")
        found = Strategy.objects.filter(pk=wanted).first() if wanted.isdecimal() else None
        return found or Strategy.objects.in_force()

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.strategy, self.now)

    @cached_property
    def form(self) -> CoverageForm:
        return CoverageForm(self.asked, years=self.ledger.years(), kinds=self.ledger.kinds(), now=self.now)

    @cached_property
    def selection(self) -> Selection:
        """What was asked for; a line of what has no unit or type selects those without."""
        selection = self.form.selection() if self.form.is_valid() else Selection()
        without = {name for name in ("unit", "kind") if self.request.GET.get(name) == "none"}
        return replace(selection, without=frozenset(without))

    @cached_property
    def by(self) -> Dimension:
        return self.form.lines() if self.form.is_valid() else Dimension.AREA

    @cached_property
    def period(self) -> coverage.Period:
        return self.form.period() if self.form.is_valid() else quarter_of(timezone.localdate(self.now))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": self.form, "strategy": self.strategy, "now": self.now, **kwargs})

    def behind(self) -> dict[str, Any]:
        """What the number counted, from the address; what makes no sense is not asked for."""
        get, behind = self.request.GET, dict[str, Any]()
        if get.get("area", "").isdecimal():
            behind["area"] = int(get["area"])
        elif get.get("area") == "none":
            behind["area"] = None
        if get.get("fate") in list(Fate):
            behind["fate"] = Fate(get["fate"])
        if get.get("mark") in ("counted", "dry", "proposed"):
            behind["mark"] = get["mark"].removeprefix("counted")
        if get.get("moved"):
            behind["moved"] = True
        if get.get("topic", "").isdecimal():
            behind["topic"] = int(get["topic"])
        if get.get("initiative", "").isdecimal():
            behind["initiative"] = int(get["initiative"])
        elif get.get("initiative") == "none":
            behind["initiative"] = None
        if found := re.fullmatch(r"(2\d\d\d)-(0[1-9]|1[0-2])", get.get("month", "")):
            behind["month"] = (int(found[1]), int(found[2]))
        return behind

    def question(self) -> str:
        """The number's place in words: focus area or initiative, month or period, what became of them."""
        behind, period = self.behind(), self.period
        names = {area.id: area.name for area in self.ledger.areas}
        words = []
        if "topic" in behind:
            words.append(str(Initiative.objects.filter(pk=behind["topic"]).first() or ""))
        if "initiative" in behind:
            words.append(str(Initiative.objects.filter(pk=behind["initiative"]).first() or _("Without an initiative")))
        if "area" in behind:
            words.append(_("Without a focus area") if behind["area"] is None else names.get(behind["area"], ""))
        if "month" in behind:
            words.append(coverage_words.month_name(*behind["month"]))
        else:
            words.append(naming.of_period(period))
        if "fate" in behind:
            words.append(badges.of_fate(behind["fate"]).label)
        if behind.get("moved"):
            words.append(_("moved"))
        if behind.get("mark"):
            words.append({"dry": _("dry run"), "proposed": _("proposed")}[behind["mark"]])
        return " · ".join(word for word in words if word)


class GatheredReport(CoverageReport):
    """The whole report for the period and selection asked for."""

    at_once: int | None = None

    @cached_property
    def dossier(self) -> dossier.Dossier:
        return dossier.gather(
            self.strategy,
            self.period,
            self.now,
            ledger=self.ledger,
            selection=self.selection,
            at_once=self.at_once,
        )

    @cached_property
    def found(self) -> Coverage:
        return self.dossier.found
