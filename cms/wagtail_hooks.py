"""Writing and approving in Wagtail's admin, and what Wagtail serves to the public. Only registers."""

from typing import Any

from wagtail import hooks
from wagtail.admin.views.bulk_action.registry import bulk_action_registry

from cms import home
from cms.views import files

hooks.register("before_serve_document", files.guard_document)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """Once all actions on a selection of pages are known, those beside the road go."""
    bulk_action_registry.get_bulk_actions_for_model("wagtailcore", "page")
    for beside_the_road in ("publish", "unpublish"):
        bulk_action_registry.actions["wagtailcore"]["page"].pop(beside_the_road, None)
    return []


@hooks.register("construct_homepage_panels")
def home_panels(request: Any, panels: list[Any]) -> None:
    panels += home.panels_for(request.user)


@hooks.register("construct_homepage_summary_items", order=1000)
def no_summary(request: Any, items: list[Any]) -> None:
    """How many pages and pictures there are helps nobody."""
    items.clear()
