"""The form of content: what is missing is said at the field, when it matters."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm


class CommunicationForm(WagtailAdminPageForm):
    """A draft may be unfinished; what is submitted for approval may not."""

    channels_asked = False

    def clean(self) -> dict[str, Any]:
        from cms import versions

        data: dict[str, Any] = super().clean()
        if self.is_deferred_validation:
            return data
        if data.get("social_image") and not (data.get("social_image_alt") or "").strip():
            self.add_error("social_image_alt", _("Describe the image: it is sent along to every channel."))
        if data.get("language") and any(
            other.language == data["language"] for other in versions.siblings(self.instance)
        ):
            self.add_error("language", _("The story has a version in this language already."))
        return data

    def is_valid(self) -> bool:
        """When it is submitted, every channel is asked whether it can carry it; drafts are left in peace."""
        valid: bool = super().is_valid()
        if valid and not self.is_deferred_validation and not self.channels_asked:
            self.channels_asked = True
            from cms import publication, rendering

            page = self.save(commit=False)
            for finding in rendering.problems(page, timezone.now()):
                self.add_error(finding.field if finding.field in self.fields else None, finding.sentence)
            for found in publication.hard_stops(page):
                self.add_error(found.text.field if found.text.field in self.fields else None, found.sentence)
            valid = not self.errors
        return valid
