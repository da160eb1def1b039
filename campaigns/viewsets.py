"""Strategy and coverage in the admin: editors manage all of the strategy, others read."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSetGroup

from campaigns.filters import InitiativeFilterSet, MappingFilterSet
from campaigns.models import FocusMapping, Initiative
from campaigns.strategy_forms import InitiativeForm, MappingForm
from campaigns.structure_viewsets import (
    FocusAreaViewSet,
    GoalViewSet,
    Managed,
    PillarViewSet,
    StrategyViewSet,
    TargetViewSet,
    UnitViewSet,
)
from campaigns.views import (
    anomalies,
    api_keys,
    coverage,
    coverage_corrections,
    coverage_files,
    decisions,
    ideas,
    listings,
)


class InitiativeViewSet(Managed):
    model = Initiative
    icon = "tag"
    index_view_class = listings.InitiativeListing
    inspect_view_class = listings.InitiativeInspect
    filterset_class = InitiativeFilterSet
    search_fields = ["number"]  # makes it searchable; how is said by ``matching``
    export_filename = "initiatives"
    export_headings = {
        "year": _("Year"), "number": _("Number as printed"), "likely": _("Likely reading"),
        "title_da": _("Short title in Danish"), "title_en": _("Short title in English"), "unit": _("Unit"),
        "pillar": _("Pillar"), "goal": _("Goal"), "areas": _("Focus area"), "mapping": _("Mapping"),
        "suitable": _("Suitable"), "anomalies": _("Anomaly"), "note": _("Note on the source"),
    }  # fmt: skip
    list_export = list(export_headings)
    inspect_view_fields = [
        "strategy", "number", "likely_number", "title_da", "title_en", "unit", "goal", "suitable", "source_note",
    ]  # fmt: skip
    edit_handler = ObjectList(
        [
            FieldPanel("strategy"),
            FieldRowPanel([FieldPanel("number"), FieldPanel("likely_number")]),
            FieldPanel("title_da"),
            FieldPanel("title_en"),
            FieldRowPanel([FieldPanel("unit"), FieldPanel("goal")]),
            FieldPanel("suitable"),
            MultiFieldPanel([FieldPanel("source_note"), FieldPanel("carried_from")], heading=_("Where it comes from")),
        ],
        base_form_class=InitiativeForm,
    )


class MappingViewSet(Managed):
    model = FocusMapping
    icon = "link"
    menu_label = _("Mappings")
    index_view_class = listings.MappingListing
    filterset_class = MappingFilterSet
    search_fields = ["initiative__number"]
    export_filename = "mappings"
    export_headings = {
        "year": _("Year"), "number": _("Number as printed"), "title": _("Initiative"), "unit": _("Unit"),
        "area": _("Focus area"), "confidence": _("Confidence"), "status": _("Status"), "by": _("Decided by"),
        "at": _("Decided"),
    }  # fmt: skip
    list_export = list(export_headings)
    inspect_view_fields = ["initiative", "focus_area", "status", "confidence", "decided_by", "decided_at"]
    edit_handler = ObjectList(
        [FieldPanel("initiative"), FieldPanel("focus_area"), FieldPanel("status")], base_form_class=MappingForm
    )

    def get_urlpatterns(self) -> list[Any]:
        decide = path("decide/<int:pk>/", decisions.DecideMapping.as_view(), name="decide")
        return [*super().get_urlpatterns(), decide]


class PermittedPage(ViewSet):
    """A page of its own in a group's menu, for whoever has ``permission``."""

    permission = ""

    @property
    def menu_item_class(self) -> Any:
        permission = self.permission

        class Item(MenuItem):
            def is_shown(self, request: Any) -> bool:
                return bool(request.user.has_perm(permission))

        return Item


class AnomaliesViewSet(PermittedPage):
    name = "anomalies"
    icon = "warning"
    menu_label = _("Anomalies")
    permission = "campaigns.view_anomaly"

    def get_urlpatterns(self) -> list[Any]:
        return [path("", anomalies.AnomaliesPage.as_view(), name="index")]


class CoverageViewSet(PermittedPage):
    name = "campaigns_coverage"
    url_prefix = "coverage"
    icon = "view"
    menu_label = _("Coverage")
    menu_name = "coverage"
    menu_order = 240
    add_to_admin_menu = True
    permission = "campaigns.view_coverage"

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", coverage.CoveragePage.as_view(), name="index"),
            path("stories/", coverage.CoverageStories.as_view(), name="stories"),
            path("corrections/", coverage_corrections.Corrections.as_view(), name="corrections"),
            path("beside/", coverage.Beside.as_view(), name="beside"),
            path("keys/", api_keys.Keys.as_view(), name="keys"),
            path("keys/<int:pk>/take-back/", api_keys.TakeBack.as_view(), name="take_back_key"),
            path("definitions/", coverage_files.Definitions.as_view(), name="definitions"),
            path("file/<slug:form>/", coverage_files.File.as_view(), name="file"),
            path("charts/<slug:chart>.<slug:form>", coverage_files.Chart.as_view(), name="chart"),
            path("draft/<slug:what>/<int:pk>/", ideas.Draft.as_view(), name="draft"),
            path("digest/", coverage_files.Subscribe.as_view(), name="digest"),
        ]


class StrategyGroup(ModelViewSetGroup):
    menu_label = _("Strategy")
    menu_name = "strategy"
    menu_icon = "tag"
    menu_order = 270
    items = (
        InitiativeViewSet("initiative"),
        MappingViewSet("focusmapping"),
        AnomaliesViewSet(),
        FocusAreaViewSet("focusarea"),
        TargetViewSet("target"),
        GoalViewSet("goal"),
        UnitViewSet("unit"),
        PillarViewSet("pillar"),
        StrategyViewSet("strategy"),
    )
