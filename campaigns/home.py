"""Tonight and tomorrow on the front page of the admin: what goes until noon of the next day, and what will not."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from campaigns import agenda, calendar, clock
from publishing.models import State

AT_MOST = 12
PLANNED = frozenset({State.SCHEDULED, *agenda.SENT, *agenda.UNDER_WAY, "by_hand"})


def until(now: datetime) -> datetime:
    """Noon of the next day, in Copenhagen."""
    tomorrow = timezone.localtime(now).date() + timedelta(days=1)
    return clock.to_utc(datetime.combine(tomorrow, time(12)))


class TonightPanel(Component):  # type: ignore[misc]
    name = "tonight"
    order = 30
    template_name = "campaigns/home_tonight.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        now = timezone.now()
        items = calendar.together(agenda.between(now, until(now)))
        rows = [(item, any(entry.badge.key not in PLANNED for entry in item.entries)) for item in items[:AT_MOST]]
        return {"rows": rows, "more": max(0, len(items) - AT_MOST)}
