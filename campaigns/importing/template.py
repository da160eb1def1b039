"""The template for plans: headings that the importer knows, and two rows that show how."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from campaigns.importing.columns import FIELDS
from publishing.models import Channel

WIDTHS = (34, 50, 12, 8, 24, 24, 16, 26, 26, 12)


def heading() -> list[str]:
    return [str(field.label) for field in FIELDS]


def rows(today: date) -> list[Sequence[Any]]:
    """A draft with its text, and a slot that wants one; on channels that there are, a month ahead."""
    names = list(Channel.objects.usable().order_by("pk").values_list("name", flat=True)[:2]) or ["X"]
    day = today + timedelta(days=28)
    return [
        [_("Lights on your bike"), _("It gets dark early: put lights on your bike."), day, "9:00", ", ".join(names)]
        + [""] * 5,
        [_("Friday post"), "", day + timedelta(days=1), "15:30", names[0]] + [""] * 5,
    ]
