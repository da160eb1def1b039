"""The plan, strategy, campaigns and coverage in Wagtail's admin. Only registers."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from campaigns import bulk_actions, campaign_viewsets, choosers, effect_viewsets, tone_check, viewsets, year_viewsets
from campaigns.advice_viewset import AdviceViewSet
from publishing.wagtail_hooks import PermittedItem

choosers.register_selects()

for action in (bulk_actions.ConfirmMappings, bulk_actions.RejectMappings, bulk_actions.ReopenMappings):
    hooks.register("register_bulk_action", action)


@hooks.register("register_admin_viewset")
def strategy_viewsets() -> list[Any]:
    return [
        viewsets.StrategyGroup(),
        year_viewsets.YearGroup(),
        campaign_viewsets.CampaignGroup(),
        viewsets.CoverageViewSet(),
        AdviceViewSet("advice"),
        effect_viewsets.EffectGroup(),
        choosers.InitiativeChooserViewSet("initiative_chooser"),
        choosers.CampaignChooserViewSet("campaign_chooser"),
    ]


@hooks.register("insert_global_admin_css")
def css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("campaigns/strategy.css"))


@hooks.register("register_log_actions")
def log_actions(actions: Any) -> None:
    actions.register_action("campaigns.mapping_confirmed", _("Confirm mapping"), _("Mapping confirmed"))
    actions.register_action("campaigns.mapping_rejected", _("Reject mapping"), _("Mapping rejected"))
    actions.register_action("campaigns.mapping_reopened", _("Take mapping back"), _("Mapping is a proposal again"))
    actions.register_action("campaigns.anomaly_settled", _("Settle anomaly"), _("Anomaly settled"))
    actions.register_action("campaigns.anomaly_reopened", _("Reopen anomaly"), _("Anomaly open again"))
    actions.register_action("campaigns.strategy_prepared", _("Prepare strategy"), _("Prepared from the year before"))
    actions.register_action("campaigns.strategy_in_force", _("Put strategy in force"), _("Put in force"))
    actions.register_action("campaigns.strategy_past", _("Strategy past"), _("Past, another is in force"))


@hooks.register("register_admin_urls")
def calendar_urls() -> list[Any]:
    return [path("calendar/", include("campaigns.calendar_urls")), path("plans/", include("campaigns.plan_urls"))]


@hooks.register("register_log_actions")
def series_log_actions(actions: Any) -> None:
    actions.register_action("campaigns.series_begun", _("Begin series"), _("Series begun"))
    actions.register_action("campaigns.series_changed", _("Change series"), _("Series changed"))
    actions.register_action("campaigns.series_paused", _("Pause series"), _("Series paused"))
    actions.register_action("campaigns.series_resumed", _("Resume series"), _("Series goes on"))
    actions.register_action("campaigns.series_ended", _("End series"), _("Series ended"))
    actions.register_action("campaigns.occurrence_skipped", _("Leave a slot out"), _("Slot left out"))
    actions.register_action("campaigns.occurrence_put_back", _("Put a slot back"), _("Slot put back"))
    actions.register_action("campaigns.occurrence_reworded", _("Word a slot alone"), _("Slot got words of its own"))


@hooks.register("register_admin_urls")
def series_urls() -> list[Any]:
    return [path("series/", include("campaigns.series_urls"))]


@hooks.register("insert_global_admin_css")
def series_css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("campaigns/series.css"))


@hooks.register("register_admin_menu_item")
def series_item() -> MenuItem:
    return PermittedItem(
        _("Series"),
        reverse_lazy("campaigns_series:index"),
        permission="campaigns.view_series",
        name="series",
        icon_name="rotate",
        order=262,
    )


@hooks.register("insert_global_admin_css")
def calendar_css() -> str:
    sheets = ("campaigns/calendar.css", "campaigns/plans.css")
    return format_html_join("", '<link rel="stylesheet" href="{}">', ((static(sheet),) for sheet in sheets))


@hooks.register("register_admin_menu_item")
def calendar_item() -> MenuItem:
    return PermittedItem(
        _("Calendar"),
        reverse_lazy("campaigns_calendar:month"),
        permission="campaigns.view_placement",
        name="calendar",
        icon_name="date",
        order=60,
    )


@hooks.register("register_desk_menu_item")
def tone_item() -> MenuItem:
    return PermittedItem(
        _("Tone check"),
        reverse_lazy("campaigns_calendar:tone"),
        permission=tone_check.READS,
        name="tone-check",
        icon_name="glasses",
        order=35,
    )
