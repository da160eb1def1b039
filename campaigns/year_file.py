"""The year as it is delivered: typical times, all of them to be edited. Loaded where there is nothing yet."""

import json
from pathlib import Path

from campaigns.models import CalendarEvent

BUNDLED = Path(__file__).parent / "data" / "year.json"


def begin() -> int:
    """Make the events of the file where there are none, so that no edit and no deletion is undone. How many."""
    if CalendarEvent.objects.exists():
        return 0
    events = [CalendarEvent(**values) for values in json.loads(BUNDLED.read_text("utf-8"))["events"]]
    for event in events:
        event.full_clean()
    return len(CalendarEvent.objects.bulk_create(events))
