"""Panels of the page editor that need to know the content."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from wagtail.admin.panels import FieldPanel

from campaigns.panels import PlacementPanel
from cms.models.previews import plan_of
from publishing.models import Channel, Release


class LiveFeedPanel(FieldPanel):  # type: ignore[misc]
    """What only matters where a channel tells the press and everybody apart; elsewhere it is not asked."""

    class BoundPanel(FieldPanel.BoundPanel):  # type: ignore[misc,name-defined]
        def is_shown(self) -> bool:
            return super().is_shown() and any(channel.limits.keeps_embargo for channel in Channel.objects.usable())


class WhereAndWhen(PlacementPanel):
    """The rows of channel and time, a way to set them all at once, and what will happen, in words."""

    def get_form_options(self) -> dict[str, Any]:
        """The order is asked for here, and nowhere else on the page."""
        return {**super().get_form_options(), "fields": ["release_order", "release_minutes", "release_rule"]}

    class BoundPanel(PlacementPanel.BoundPanel):  # type: ignore[name-defined]
        template_name = "cms/editor/where_and_when.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["sentences"] = plan_of(self.instance, timezone.now())
            context["words_url"] = reverse("approval:words")
            rows = self.instance.placements.all() if self.instance.pk else []
            context["planned_rows"] = [row for row in rows if row.delivery_id and row.cancelled_at is None]
            context["order"] = self.form
            context["may_see"] = self.request.user.has_perm("publishing.view_delivery")
            leading = [row.delivery for row in context["planned_rows"] if context["may_see"]]
            context["release"] = Release.objects.filter(first__in=leading).order_by("-pk").first()
            return context
