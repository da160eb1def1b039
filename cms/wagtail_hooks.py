"""Writing and approving in Wagtail's admin, and what Wagtail serves to the public. Only registers."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.snippets.models import register_snippet

from cms import (
    collections,
    digest_settings,
    home,
    jargon_admin,
    mentions_admin,
    menus,
    picture_admin,
    video_admin,
    viewsets,
)
from cms.after import buttons
from cms.court import desk, questions
from cms.court import menu as cases_menu
from cms.views import deleting, files, text_check, versions

hooks.register("before_serve_document", files.guard_document)
hooks.register("after_create_page", text_check.tell)
hooks.register("after_edit_page", text_check.tell)
hooks.register("after_edit_page", questions.tell)
hooks.register("construct_page_action_menu", menus.arrange)
hooks.register("construct_main_menu", desk.arrange_menu)
hooks.register("register_admin_menu_item", desk.menu_item)
hooks.register("register_admin_viewset", viewsets.content_viewsets)
hooks.register("register_admin_viewset", lambda: desk.RouteViewSet("court_routes"))
hooks.register("register_admin_viewset", lambda: jargon_admin.JargonViewSet("jargon"))
hooks.register("register_admin_viewset", lambda: mentions_admin.KnownAccountViewSet("known_accounts"))
register_snippet(video_admin.VideoViewSet)
hooks.register("register_page_header_buttons", text_check.button)
hooks.register("register_page_header_buttons", versions.button)
hooks.register("register_page_header_buttons", buttons.of_content)
hooks.register("register_desk_menu_item", buttons.incidents_item)
hooks.register("register_desk_menu_item", buttons.exports_item)
hooks.register("before_delete_page", deleting.stop_deletion)
hooks.register("before_bulk_action", deleting.stop_deletions)
hooks.register("describe_collection_contents", collections.videos)
hooks.register("describe_collection_contents", collections.standing_pictures)
hooks.register("before_delete_snippet", video_admin.stop_deletion)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """Once all actions on a selection of pages are known, those beside the road go."""
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    for beside_the_road in ("publish", "unpublish"):
        bulk_action_registry.actions["wagtailcore"]["page"].pop(beside_the_road, None)
    return [
        path("images/<int:image_id>/", picture_admin.Edit.as_view()),  # before Wagtail's own
        path("images/<int:image_id>/delete/", picture_admin.Delete.as_view()),
        path("approval/", include("cms.admin_urls")),
        path("errors/", include("cms.after_urls")),
        path("court/cases/", include("cms.court.desk_urls")),
        path("guide/", include("cms.guide_urls")),
        path("exports/", include("cms.export_urls")),
        path("court/", include("cms.court.urls")),
        path("languages/<int:page_id>/", versions.Languages.as_view(), name="languages"),
        path("rules/<int:page_id>/", text_check.TextCheck.as_view(), name="text_check"),
    ]


@hooks.register("register_admin_menu_item")
def cases_item() -> Any:
    return cases_menu.CasesItem(
        _("Cases"), reverse_lazy("court_desk:cases"), name="court-cases", icon_name="folder-open-inverse", order=150
    )


@hooks.register("construct_homepage_panels")
def home_panels(request: Any, panels: list[Any]) -> None:
    """Wagtail's list of what waits for approval goes: ours says it first, with everything else that waits."""
    panels[:] = [panel for panel in panels if not isinstance(panel, WorkflowObjectsToModeratePanel)]
    panels += home.panels_for(request.user)


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: Any, items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody."""
    items.clear()


@hooks.register("register_account_settings_panel")
def digest_panel(request: Any, user: Any, profile: Any) -> Any:
    return digest_settings.DigestPanel(request, user, profile)


@hooks.register("register_help_menu_item")
def guide_item() -> MenuItem:
    return MenuItem(_("Guide"), reverse_lazy("guide:index"), name="guide", icon_name="help", order=10)


@hooks.register("construct_help_menu")
def no_foreign_help(request: Any, items: list[MenuItem]) -> None:
    """Wagtail's own pages are in English, and about a product that looks otherwise."""
    foreign = {"editor-guide"}
    items[:] = [item for item in items if item.name not in foreign and not item.name.startswith("whats-new-in-wagtail")]


@hooks.register("insert_global_admin_css")
def css() -> str:
    sheets = ((static(name),) for name in ("cms/road.css", "cms/court/form.css"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_global_admin_js")
def dates() -> str:
    """Before any date field is drawn, so it is not deferred."""
    return format_html('<script src="{}"></script>', static("cms/dates.js"))


@hooks.register("insert_editor_js")
def js() -> str:
    scripts = ((static(f"cms/{name}.js"),) for name in ("rows", "editor", "composer"))
    return format_html_join("", '<script src="{}" defer></script>', scripts) + format_html(
        '<script src="{}" defer data-offered="{}"></script>',
        static("cms/described.js"),
        gettext("From the library. Check that it says what matters here."),
    )
