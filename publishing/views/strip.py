"""The strip on every page of the admin: how it goes in one line, or who stopped it, when and why."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from publishing import health, labels
from publishing.forms import StopForm
from publishing.models import Delivery, StopOrder


@dataclass(frozen=True)
class Stopped:
    """One stop in force, as everybody is told. ``since`` is how many posts have gone out all the same."""

    pk: int
    scope: str
    everything: bool
    by: str
    at: datetime
    reason: str
    since: int


def stops() -> Iterator[Stopped]:
    """Every stop in force, the latest first."""
    for order in StopOrder.objects.in_force().select_related("by"):
        by = order.by.get_full_name() if order.by else ""
        since = Delivery.objects.gone_out_since(order.at)
        if order.scope != StopOrder.ALL:
            since = since.within(order.scope)
        yield Stopped(
            order.pk,
            labels.name_of(order.scope),
            order.scope == StopOrder.ALL,
            by or order.by_name,
            order.at,
            order.reason,
            since.count(),
        )


def words(request: HttpRequest) -> dict[str, Any]:
    """What the strip says to this person."""
    glance = health.at_a_glance(timezone.now())
    return {
        "stops": list(stops()) if glance["stopped"] else [],
        "health": glance,
        "may_see": request.user.has_perm("publishing.view_delivery"),
        "may_release": request.user.has_perm("publishing.release_delivery"),
    }


def context_for(request: HttpRequest | None) -> dict[str, Any]:
    """The whole strip with STOP and its dialog; empty outside the admin."""
    if request is None or not request.user.has_perm("publishing.view_delivery"):
        return {}
    may_stop = request.user.has_perm("publishing.stop_sending")
    return {
        "request": request,
        "show": True,
        "may_stop": may_stop,
        "stop_form": StopForm() if may_stop else None,
        **words(request),
    }


@require_GET
def show(request: HttpRequest) -> HttpResponse:
    """The words alone, for the page that asks again every few seconds."""
    return render(request, "publishing/desk/strip_words.html", words(request))
