"""Tonight and tomorrow on the front page of the admin: what goes until noon of the next day, and what will not."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from campaigns import agenda, tonight
from campaigns.models import TonightRead
from publishing.models import State

AT_MOST = 12
PLANNED = frozenset({State.SCHEDULED, *agenda.SENT, *agenda.UNDER_WAY, "by_hand"})


class TonightPanel(Component):  # type: ignore[misc]
    name = "tonight"
    order = 30
    template_name = "campaigns/home_tonight.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request, now = parent_context["request"], timezone.now()
        items = tonight.items(now)
        rows = [(item, any(entry.badge.key not in PLANNED for entry in item.entries)) for item in items[:AT_MOST]]
        seal, reading = tonight.seal(items, now), TonightRead.objects.latest_of_tonight(now)
        return {
            "request": request,
            "csrf_token": parent_context.get("csrf_token"),
            "rows": rows,
            "more": max(0, len(items) - AT_MOST),
            "reading": reading,
            "changed": reading is not None and reading.seal != seal,
            "seal": seal if request.user.has_perm(tonight.READS) else "",
        }
