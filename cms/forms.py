"""The form of content: what is missing is said at the field, when it matters."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.models import Page

from campaigns.models import ReleasePlan
from campaigns.models.release_plan import MOST_MINUTES
from publishing.models import Release

IN_ORDER = "in_order"
ROOM = 249  # characters of an address that leave room for a number


class CommunicationForm(WagtailAdminPageForm):
    """A draft may be unfinished; what is submitted for approval may not."""

    channels_asked = False
    release_order = forms.ChoiceField(
        label=gettext_lazy("Order"),
        choices=[
            ("", gettext_lazy("Each at its own time")),
            (IN_ORDER, gettext_lazy("In order: website, press, then the others")),
        ],
        widget=forms.RadioSelect,
        required=False,
    )
    release_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes between"), min_value=0, max_value=MOST_MINUTES, required=False
    )
    release_rule = forms.ChoiceField(
        label=gettext_lazy("If one of them cannot go"), choices=Release.Rule, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = ReleasePlan.objects.filter(page_id=self.instance.pk or 0).first()
        self.initial["release_order"] = IN_ORDER if plan else ""
        self.initial["release_minutes"] = plan.minutes if plan else 0
        self.initial["release_rule"] = plan.rule if plan else Release.Rule.HOLD_ALL

    def order_chosen(self) -> tuple[int, str] | None:
        """(minutes between, rule) when its channels go in order."""
        if self.cleaned_data.get("release_order") != IN_ORDER:
            return None
        rule = self.cleaned_data.get("release_rule") or Release.Rule.HOLD_ALL
        return self.cleaned_data.get("release_minutes") or 0, str(rule)

    def _refuse_new_order(self) -> None:
        """What is planned is moved by planners only, and so is its order."""
        changed = {"release_order", "release_minutes", "release_rule"} & set(self.changed_data)
        planned = self.instance.pk and self.instance.placements.filter(delivery__isnull=False).exists()
        may = self.for_user is None or self.for_user.has_perm("campaigns.change_placement")
        if changed and planned and not may:
            self.add_error("release_order", _("This is planned. Ask a planner to change the order."))

    def clean_title(self) -> str:
        """One line, however it was pasted: the field is as high as the headline is long."""
        return " ".join(self.cleaned_data["title"].split())

    def clean_slug(self) -> str:
        """A new text may have the headline of an older one: it gets an address of its own, until it was ever public."""
        slug: str = self.cleaned_data["slug"]
        free, number = slug, 1
        if self.instance.first_published_at is not None:
            return slug
        while not Page._slug_is_available(free, self.parent_page, self.instance):
            number += 1
            free = f"{slug[:ROOM]}-{number}"
        return free

    def _get_validation_exclusions(self) -> set[str]:
        excluded: set[str] = super()._get_validation_exclusions()
        return excluded | {"slug"} if "title" in self.errors else excluded

    def _refuse_a_second_text(self) -> None:
        """Of one channel; else the first would be sent and the other silently left."""
        seen = set()
        rows = self.formsets["variants"].forms if "variants" in self.formsets else []
        for row in rows:
            channel = row.cleaned_data.get("channel") if row.is_valid() else None
            if channel is None or row.cleaned_data.get("DELETE"):
                continue
            if channel in seen:
                row.add_error("channel", _("%(channel)s has a text of its own already.") % {"channel": channel})
            seen.add(channel)

    def save(self, commit: bool = True) -> Any:
        if self.add_prefix("release_order") in self.data:  # only where it was asked
            self.instance.order_chosen = self.order_chosen()
        return super().save(commit=commit)

    def clean(self) -> dict[str, Any]:
        from cms import versions

        data: dict[str, Any] = super().clean()
        if self.add_prefix("release_order") in self.data:
            self._refuse_new_order()
        if "title" in self.errors and not data.get("slug"):
            self.errors.pop("slug", None)  # the address comes from the headline: one fault, said once
        if self.is_deferred_validation:
            return data
        self._refuse_a_second_text()
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
