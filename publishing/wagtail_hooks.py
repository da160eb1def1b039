"""The duty desk in Wagtail's admin. Only registers."""

from typing import Any

from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from publishing import needs

desk_menu = Menu(register_hook_name="register_desk_menu_item")


class PermittedItem(MenuItem):
    """Shown to whoever may open it."""

    def __init__(self, *args: Any, permission: str, **kwargs: Any) -> None:
        self.permission = permission
        super().__init__(*args, **kwargs)

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(self.permission))


class WaitingItem(PermittedItem):
    """How many things wait for this very person stands beside it; the style sheet shows it, and it is read aloud."""

    def render_component(self, request: Any) -> Any:
        number = needs.count(request.user)
        attrs = {"data-waiting": str(number)} if number else {}
        return LinkMenuItem(self.name, str(self.label), self.url, icon_name=self.icon_name, attrs=attrs)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    return [path("desk/", include("publishing.admin_urls")), path("channels/", include("publishing.channel_urls"))]


@hooks.register("insert_global_admin_css")
def css() -> str:
    return format_html('<link rel="stylesheet" href="{}">', static("publishing/desk.css"))


@hooks.register("insert_global_admin_js")
def js() -> str:
    return format_html('<script src="{}" defer></script>', static("publishing/desk.js"))


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    return SubmenuMenuItem(_("Sending"), desk_menu, name="sending", icon_name="upload", order=250)


@hooks.register("register_admin_menu_item")
def waiting_item() -> MenuItem:
    return WaitingItem(
        _("Waits for you"),
        reverse_lazy("publishing_desk:needs_you"),
        permission="wagtailadmin.access_admin",
        name="needs-you",
        icon_name="tasks",
        order=50,
    )


@hooks.register("register_desk_menu_item")
def deliveries_item() -> MenuItem:
    return PermittedItem(
        _("Deliveries"),
        reverse_lazy("publishing_desk:deliveries"),
        permission="publishing.view_delivery",
        name="deliveries",
        icon_name="list-ul",
        order=10,
    )


@hooks.register("register_desk_menu_item")
def health_item() -> MenuItem:
    return PermittedItem(
        _("Health"),
        reverse_lazy("publishing_desk:health"),
        permission="publishing.view_delivery",
        name="health",
        icon_name="circle-check",
        order=90,
    )


@hooks.register("register_desk_menu_item")
def held_item() -> MenuItem:
    return PermittedItem(
        _("Held and missed"),
        reverse_lazy("publishing_desk:held"),
        permission="publishing.release_delivery",
        name="held",
        icon_name="no-view",
        order=30,
    )


@hooks.register("register_desk_menu_item")
def channels_item() -> MenuItem:
    return PermittedItem(
        _("Channels"),
        reverse_lazy("publishing_channels:list"),
        permission="publishing.view_channel",
        name="channels",
        icon_name="globe",
        order=60,
    )


@hooks.register("register_desk_menu_item")
def feeds_item() -> MenuItem:
    return PermittedItem(
        _("Live feed"),
        reverse_lazy("publishing_channels:feeds"),
        permission="publishing.manage_feedkey",
        name="feeds",
        icon_name="globe",
        order=65,
    )
