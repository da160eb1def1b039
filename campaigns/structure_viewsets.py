"""What a strategy is built of, in the admin: years, goals, focus areas, pillars, units."""

from typing import Any

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import CreateView
from wagtail.admin.viewsets.model import ModelViewSet

from campaigns.models import FocusArea, Goal, Pillar, Strategy, Target, Unit
from campaigns.views import decisions, deletions, listings

NAMES = [FieldPanel("name_da"), FieldPanel("name_en")]


class Managed(ModelViewSet):
    """What all of them have: inspect for those who only read, safe deletion, no copying."""

    inspect_view_enabled = True
    copy_view_enabled = False
    add_to_reference_index = True
    index_view_class = listings.Listing
    delete_view_class = deletions.SafeDeleteView
    list_per_page = 50

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(), "search_fields": self.search_fields, **kwargs}


class StrategyViewSet(Managed):
    model = Strategy
    icon = "site"
    menu_label = _("Strategies")
    index_view_class = listings.StrategyListing
    delete_view_class = deletions.StrategyDeleteView
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


class SetTarget(CreateView):  # type: ignore[misc]
    """Begins with this quarter, whoever sets it and the focus area that led here."""

    def get_initial(self) -> dict[str, Any]:
        today, area = timezone.localdate(), self.request.GET.get("focus_area", "")
        quarter = {"year": today.year, "quarter": (today.month + 2) // 3, "owner": self.request.user.pk}
        return {**quarter, **({"focus_area": area} if area.isdecimal() else {})}


class TargetViewSet(Managed):
    model = Target
    icon = "crosshairs"
    add_view_class = SetTarget
    list_display = (
        "focus_area",
        Column("year", label=_("Year"), sort_key="year"),
        Column("quarter", label=_("Quarter"), accessor="get_quarter_display"),
        Column("stories", label=_("Stories aimed at"), sort_key="stories"),
        "owner",
        Column("set_at", label=_("Set on"), sort_key="set_at"),
    )
    list_filter = ["focus_area", "year", "quarter"]
    list_export = ["focus_area", "year", "quarter", "stories", "owner", "reason", "set_at"]
    inspect_view_enabled = True
    panels = [
        FieldPanel("focus_area"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("quarter")]),
        FieldRowPanel([FieldPanel("stories"), FieldPanel("owner")]),
        FieldPanel("reason"),
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
