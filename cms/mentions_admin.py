"""The editors' list of known accounts in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import KnownAccount


class KnownAccountViewSet(ModelViewSet):  # type: ignore[misc]
    model = KnownAccount
    icon = "group"
    menu_label = _("Known accounts")
    add_to_settings_menu = True
    menu_order = 351
    list_display = ["name"]
    search_fields = ["name"]
    panels = [
        FieldPanel("name"),
        InlinePanel("handles", heading=_("Handles"), label=_("handle"), help_text=_("One for each kind of channel.")),
    ]
    inspect_view_enabled = False
