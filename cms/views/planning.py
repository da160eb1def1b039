"""The plan in words, while it is being typed."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from campaigns import ordering, words
from campaigns.fields import WallTimeFormField
from campaigns.models import Placement
from campaigns.models.release_plan import MOST_MINUTES
from cms.forms import IN_ORDER
from publishing.models import Channel, Release

MOST = 100  # rows that are put into words


@require_GET
def in_words(request: HttpRequest) -> HttpResponse:
    """What is typed but cannot be read yet counts as no time: the form says why when it is saved."""
    asked = zip(
        *(request.GET.getlist(name)[:MOST] for name in ("channel", "id", "due_at", "withdraw_at")), strict=False
    )
    rows = list(asked)
    channels = Channel.objects.in_bulk([int(row[0]) for row in rows if row[0].isdecimal()])
    keys = [int(row[1]) for row in rows if row[1].isdecimal()]
    out = {row.pk for row in Placement.objects.filter(pk__in=keys).select_related("delivery") if row.is_out}
    found = [
        _row(channels[int(channel)], due, withdraw, key.isdecimal() and int(key) in out)
        for channel, key, due, withdraw in rows
        if channel.isdecimal() and int(channel) in channels
    ]
    sentences = words.plan_in_words(found, timezone.now(), _order(request))
    return render(request, "cms/editor/words.html", {"sentences": sentences})


def _row(channel: Channel, due: str, withdraw: str, out: bool) -> words.Row:
    return words.Row(channel.name, _moment(due), _moment(withdraw), out, ordering.rank(channel))


def _order(request: HttpRequest) -> words.Order | None:
    """Minutes that cannot be read count as none."""
    asked = request.GET
    if asked.get("release_order") != IN_ORDER or asked.get("release_rule") not in Release.Rule.values:
        return None
    minutes = asked.get("release_minutes", "")
    typed = int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0  # as many digits as MOST_MINUTES has
    return ordering.in_words(min(typed, MOST_MINUTES), asked["release_rule"])


def _moment(typed: str) -> datetime | None:
    try:
        moment: datetime | None = WallTimeFormField(required=False).clean(typed)
    except ValidationError:
        return None
    return moment
