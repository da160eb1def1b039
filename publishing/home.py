"""What stands first on the front page of the admin: what waits for this very person."""

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.components import Component

from publishing import needs


class WaitingPanel(Component):  # type: ignore[misc]
    """Kinds of need with their number and the oldest of each; one link opens them all."""

    name = "waiting"
    order = 20
    template_name = "publishing/desk/home_waiting.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {"groups": needs.groups(parent_context["request"].user, limit=1)}
