"""The plan in words, while it is being typed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns import words
from campaigns.fields import WallTimeFormField
from campaigns.models import Placement
from publishing.models import Channel

MOST = 100  # rows that are put into words


@require_GET
def in_words(request: HttpRequest) -> HttpResponse:
    """What is typed but cannot be read yet counts as no time: the form says why when it is saved."""
    asked = zip(
        *(request.GET.getlist(name)[:MOST] for name in ("channel", "id", "due_at", "withdraw_at")), strict=False
    )
    rows = list(asked)
    channels = Channel.objects.in_bulk([int(row[0]) for row in rows if row[0].isdigit()])
    keys = [int(row[1]) for row in rows if row[1].isdigit()]
    out = {row.pk for row in Placement.objects.filter(pk__in=keys).select_related("delivery") if row.is_out}
    found = [
        words.Row(channels[int(channel)].name, _moment(due), _moment(withdraw), key.isdigit() and int(key) in out)
        for channel, key, due, withdraw in rows
        if channel.isdigit() and int(channel) in channels
    ]
    return render(request, "cms/editor/words.html", {"sentences": words.plan_in_words(found, timezone.now())})


def _moment(typed: str) -> datetime | None:
    try:
        moment: datetime | None = WallTimeFormField(required=False).clean(typed)
    except ValidationError:
        return None
    return moment
