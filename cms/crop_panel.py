"""The part of an image in the form of a channel's version: chosen beside the card, and compared in words."""

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.admin.compare import FieldComparison
from wagtail.admin.panels import FieldPanel


class CropComparison(FieldComparison):
    """Numbers say nothing to whoever approves; the card shows the part itself."""

    def htmldiff(self) -> SafeString:
        if not self.has_changed():  # also of a row that is new as a whole
            return mark_safe(_("a crop of its own") if self.val_b else "")
        return format_html('<span class="addition">{}</span>', _("The crop of the image was changed."))


class CropPanel(FieldPanel):
    def __init__(self, field_name: str, **kwargs: Any) -> None:
        super().__init__(field_name, **{"widget": forms.HiddenInput, **kwargs})

    def get_comparison_class(self) -> type[FieldComparison]:
        return CropComparison
