"""Where and when, in the form of the content: rows of channel, time, latest, withdraw."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.admin.panels.base import get_form_for_model

from campaigns.forms import PlacementForm, PlacementFormSet

ROW_PANELS = [
    FieldRowPanel([FieldPanel("channel"), FieldPanel("due_at")]),
    FieldRowPanel(
        [
            FieldPanel("latest_at", help_text=_("Empty: as the channel says.")),
            FieldPanel("withdraw_at", help_text=_("Taken down by itself then.")),
        ]
    ),
    FieldPanel("version", classname="w-hidden"),  # the browser sends it along; nobody reads it
]


class PlacementPanel(InlinePanel):
    """An InlinePanel whose rows are checked by ``PlacementForm``."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("panels", ROW_PANELS)
        super().__init__(*args, **kwargs)

    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        rows = options["formsets"][self.relation_name]
        rows["form"] = get_form_for_model(self.db_field.related_model, form_class=PlacementForm, fields=rows["fields"])
        rows["formset"] = PlacementFormSet
        rows["inherit_kwargs"] = ["for_user"]
        return options
