"""The editors' list of difficult words in Wagtail's admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.viewsets.model import ModelViewSet

from cms.models import Jargon


class JargonViewSet(ModelViewSet):  # type: ignore[misc]
    model = Jargon
    icon = "openquote"
    menu_label = _("Difficult words")
    add_to_settings_menu = True
    menu_order = 350
    list_display = ["words", "plain"]
    search_fields = ["words", "plain"]
    panels = [FieldPanel("words"), FieldPanel("plain")]
    inspect_view_enabled = False
