"""The strategy in the admin: editors manage all of it, others read. And campaigns."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.viewsets.model import ModelViewSet, ModelViewSetGroup

from campaigns.filters import InitiativeFilterSet, MappingFilterSet
from campaigns.models import Campaign, FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit
from campaigns.strategy_forms import InitiativeForm, MappingForm
from campaigns.views import anomalies, coverage, decisions, listings

NAMES = [FieldPanel("name_da"), FieldPanel("name_en")]


class Managed(ModelViewSet):
    """What all of them have: inspect for those who only read, safe deletion, no copying."""

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = True
    index_view_class = listings.Listing
    delete_view_class = listings.SafeDeleteView
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(), "search_fields": self.search_fields, **kwargs}


class StrategyViewSet(Managed):
    model = Strategy
    icon = "site"
    menu_label = _("Strategies")
    index_view_class = listings.StrategyListing
    delete_view_class = listings.StrategyDeleteView
    list_display = (
        "title",
        "year",
        Column("status", label=_("Status"), accessor="get_status_display"),
        Column("initiative_count", label=_("Initiatives")),
        Column("open_anomalies", label=_("Open anomalies")),
        listings.StepsColumn("steps", label=_("Next step")),
    )
    panels = [FieldPanel("year"), FieldPanel("title")]
    inspect_view_fields = ["title", "year", "status"]

    def get_urlpatterns(self) -> list[Any]:
        return [
            *super().get_urlpatterns(),
            path("next-year/<int:pk>/", decisions.PrepareNextYear.as_view(), name="next_year"),
            path("in-force/<int:pk>/", decisions.PutInForce.as_view(), name="in_force"),
        ]


class GoalViewSet(Managed):
    model = Goal
    icon = "pick"
    list_display = ("name_da", "name_en", "strategy")
    list_filter = ["strategy"]
    search_fields = ["name_da", "name_en"]
    list_export = ["strategy.year", "key", "name_da", "name_en"]
    panels = [FieldPanel("strategy"), *NAMES, FieldRowPanel([FieldPanel("key"), FieldPanel("order")])]


class FocusAreaViewSet(Managed):
    model = FocusArea
    icon = "thumbtack"
    list_display = (
        "name_da",
        Column("motto", label=_("Motto"), accessor="motto"),
        "goal",
        Column("target_per_quarter", label=_("Target a quarter"), sort_key="target_per_quarter"),
        Column("year", label=_("Year"), accessor="goal.strategy.year"),
    )
    list_filter = ["goal__strategy", "goal"]
    search_fields = ["name_da", "name_en", "motto_da", "motto_en"]
    list_export = [
        "goal.strategy.year",
        "goal.name_da",
        "key",
        "name_da",
        "name_en",
        "motto_da",
        "motto_en",
        "target_per_quarter",
    ]
    panels = [
        FieldPanel("goal"),
        *NAMES,
        FieldRowPanel([FieldPanel("motto_da"), FieldPanel("motto_en")]),
        FieldPanel("target_per_quarter"),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
    ]


class PillarViewSet(Managed):
    model = Pillar
    icon = "folder-inverse"
    list_display = ("name_da", "name_en", "strategy")
    list_filter = ["strategy"]
    search_fields = ["name_da", "name_en"]
    list_export = ["strategy.year", "key", "name_da", "name_en"]
    panels = [FieldPanel("strategy"), *NAMES, FieldRowPanel([FieldPanel("key"), FieldPanel("order")])]


class UnitViewSet(Managed):
    model = Unit
    icon = "group"
    list_display = ("name_da", "tagline_da", "pillar", Column("year", label=_("Year"), accessor="pillar.strategy.year"))
    list_filter = ["pillar__strategy", "pillar"]
    search_fields = ["name_da", "name_en", "tagline_da", "tagline_en"]
    list_export = ["pillar.strategy.year", "pillar.name_da", "key", "name_da", "name_en", "tagline_da", "tagline_en"]
    panels = [
        FieldPanel("pillar"),
        *NAMES,
        FieldRowPanel([FieldPanel("tagline_da"), FieldPanel("tagline_en")]),
        FieldRowPanel([FieldPanel("key"), FieldPanel("order")]),
    ]


class InitiativeViewSet(Managed):
    model = Initiative
    icon = "tag"
    index_view_class = listings.InitiativeListing
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
        "carried_from",
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
        GoalViewSet("goal"),
        UnitViewSet("unit"),
        PillarViewSet("pillar"),
        StrategyViewSet("strategy"),
    )


class CampaignViewSet(Managed):
    model = Campaign
    icon = "calendar-alt"
    add_to_admin_menu = True
    menu_order = 260
    list_display = (
        "title",
        DateColumn("starts_on", label=_("Starts on"), sort_key="starts_on"),
        DateColumn("ends_on", label=_("Ends on"), sort_key="ends_on"),
        "focus_area",
        "owner",
    )
    list_filter = {"focus_area": ["exact"], "owner": ["exact"], "starts_on": ["gte"], "ends_on": ["lte"]}
    search_fields = ["title", "objective", "audience"]
    list_export = ["title", "objective", "audience", "key_messages", "starts_on", "ends_on", "focus_area", "owner"]
    inspect_view_fields = [
        "title", "objective", "audience", "key_messages", "starts_on", "ends_on", "owner", "focus_area",
    ]  # fmt: skip
    panels = [
        FieldPanel("title"),
        FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
        FieldPanel("objective"),
        FieldPanel("audience"),
        FieldPanel("key_messages"),
        FieldRowPanel([FieldPanel("focus_area"), FieldPanel("owner")]),
    ]
