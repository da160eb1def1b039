"""The form of content: what is missing is said at the field, when it matters."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class CommunicationForm(WagtailAdminPageForm):
    """A draft may be unfinished; what is submitted for approval may not."""

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            return data
        if data.get("social_image") and not (data.get("social_image_alt") or "").strip():
            self.add_error("social_image_alt", _("Describe the image: it is sent along to every channel."))
        return data
