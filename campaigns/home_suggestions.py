"""The front page for whoever writes: what the year calls for and nobody has planned."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from campaigns.views import suggesting

AT_MOST = 4


class SuggestionsPanel(Component):  # type: ignore[misc]
    name = "suggestions"
    order = 40
    template_name = "campaigns/home_suggestions.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        found = suggesting.listed(request.user)
        shown = found["suggestions"]
        return {
            **found,
            "suggestions": shown[:AT_MOST],
            "more": max(0, len(shown) - AT_MOST),
            "back": request.path,
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
        }
