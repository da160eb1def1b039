"""The strategy's listings: searched by number or words, exported safely, decided row by row."""

from collections import OrderedDict
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.middleware.csrf import get_token
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column
from wagtail.admin.views import generic

from campaigns import badges, columns
from campaigns.models import FocusMapping, Initiative, Strategy
from campaigns.spreadsheets import GuardedExport


class Listing(GuardedExport, generic.IndexView):
    """Searches by what the model's ``matching`` says, where it has one; the year is told when there are several."""

    table_classname = "listing strategy-listing"

    def year_column(self, accessor: str, sort_key: str) -> list[Column]:
        if Strategy.objects.count() < 2:
            return []
        return [Column("year", label=_("Year"), accessor=accessor, sort_key=sort_key)]

    def search_queryset(self, queryset: Any) -> Any:
        if self.is_searching and hasattr(queryset, "matching"):
            return queryset.matching(self.search_query)
        return super().search_queryset(queryset)


class InitiativeListing(Listing):
    def get_base_queryset(self) -> QuerySet[Initiative]:
        rows = Initiative.objects.select_related("strategy", "unit__pillar", "goal")
        return rows.prefetch_related("mappings__focus_area", "anomalies")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("__str__"),
            Column("unit", label=_("Unit"), accessor="unit.name", sort_key="unit"),
            Column("goal", label=_("Goal"), accessor=lambda row: row.goal.name if row.goal else _("none")),
            Column("mappings", label=_("Focus area"), accessor=columns.mapped_areas),
            columns.badge_column(
                "suitable", _("Suitable"), lambda row: badges.of_suitable(row.suitable), sort_key="suitable"
            ),
            Column("anomalies", label=_("Anomaly"), accessor=columns.open_anomalies),
            *self.year_column("strategy.year", "strategy__year"),
        ]

    def to_row_dict(self, item: Initiative) -> OrderedDict[str, Any]:
        mapped = [row for row in item.mappings.all() if row.status != FocusMapping.Status.REJECTED]
        values = (
            item.strategy.year,
            item.number,
            item.likely_number,
            item.title_da,
            item.title_en,
            item.unit.name,
            item.unit.pillar.name,
            item.goal.name if item.goal else "",
            ", ".join(row.focus_area.name for row in mapped),
            ", ".join(str(row.get_status_display()) for row in mapped),
            item.get_suitable_display(),
            ", ".join(row.code for row in item.anomalies.all()),
            item.source_note,
        )
        return OrderedDict(zip(self.list_export, values, strict=True))


class InitiativeInspect(generic.InspectView):
    """Its fields, and the way on: mappings, anomalies, what is tagged with it."""

    template_name = "campaigns/initiative_inspect.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.object.mappings.select_related("focus_area", "decided_by")
        return {
            **super().get_context_data(**kwargs),
            "object": self.object,
            "mappings": [(row, badges.of_mapping(row.status)) for row in rows],
            "anomalies": self.object.anomalies.all(),
        }


class MappingListing(Listing):
    template_name = "campaigns/mappings.html"
    page_title = gettext_lazy("Mappings")
    add_item_label = gettext_lazy("Add mapping")

    def get_base_queryset(self) -> QuerySet[FocusMapping]:
        return FocusMapping.objects.select_related(
            "initiative__unit", "initiative__strategy", "focus_area", "decided_by"
        )

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:
            return queryset
        return queryset.filter(initiative__in=Initiative.objects.matching(self.search_query).order_by().values("pk"))

    @cached_property
    def columns(self) -> list[Any]:
        may = self.user_has_permission("change")
        title = self._get_title_column(
            "initiative", get_title_id=lambda row: f"focusmapping_{row.pk}_title", label=_("Initiative")
        )
        decide = columns.DecisionColumn("decide", label=_("Decide"), next_url=self.here)
        return [
            *([BulkActionsCheckboxColumn("bulk_actions", obj_type="focusmapping")] if may else []),
            title,
            Column("unit", label=_("Unit"), accessor="initiative.unit.name"),
            Column("focus_area", label=_("Focus area"), accessor="focus_area.name", sort_key="focus_area"),
            Column("confidence", label=_("Confidence"), accessor="get_confidence_display"),
            columns.badge_column("status", _("Status"), lambda row: badges.of_mapping(row.status), sort_key="status"),
            Column("decided", label=_("Decided"), accessor=columns.decided),
            *self.year_column("initiative.strategy.year", "initiative__strategy__year"),
            *([decide] if may else []),
        ]

    def _get_custom_column(self, field_name: str, column_class: Any = Column, **kwargs: Any) -> Any:
        if "label" in kwargs:
            return column_class(field_name, **kwargs)
        return super()._get_custom_column(field_name, column_class, **kwargs)

    @property
    def here(self) -> str:
        """This listing with its filters, to come back to."""
        query = self.request.GET.copy()
        query.pop("_w_filter_fragment", None)
        return f"{self.index_url}?{query.urlencode()}" if query else str(self.index_url)

    def to_row_dict(self, item: FocusMapping) -> OrderedDict[str, Any]:
        values = (
            item.initiative.strategy.year,
            item.initiative.number,
            item.initiative.title,
            item.initiative.unit.name,
            item.focus_area.name,
            item.get_confidence_display(),
            item.get_status_display(),
            item.decided_by.get_full_name() if item.decided_by else "",
            item.decided_at,
        )
        return OrderedDict(zip(self.list_export, values, strict=True))


class StrategyListing(Listing):
    def get_base_queryset(self) -> QuerySet[Strategy]:
        return Strategy.objects.annotate(
            initiative_count=Count("initiatives", distinct=True),
            open_anomalies=Count("anomalies", filter=Q(anomalies__settled_at=None), distinct=True),
        )


class StepsColumn(Column):
    """What can be done with a strategy next: put a draft in force, prepare the year after."""

    cell_template_name = "campaigns/columns/steps.html"

    def get_cell_context_data(self, instance: Strategy, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        user = context["request"].user
        return context | {
            "csrf_token": get_token(context["request"]),
            "may_change": user.has_perm("campaigns.change_strategy"),
            "may_prepare": user.has_perm("campaigns.add_strategy"),
        }
