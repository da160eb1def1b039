"""Where in the calendar somebody came from, so that a move by form leads back there, to the same view and filters."""

from datetime import date
from urllib.parse import urlsplit

from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme

VIEWS = ("month", "week", "day", "list")


def address(request: HttpRequest) -> str:
    """The calendar's own address that led here, and that the form brings along; empty when another page did."""
    said = request.POST.get("whence") or request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, allowed_hosts={request.get_host()}):
        return ""
    parts = urlsplit(said)
    try:
        match = resolve(parts.path)
    except Resolver404:
        return ""
    known = match.namespace == "campaigns_calendar" and match.url_name in VIEWS
    return f"{parts.path}?{parts.query}" if known else ""


def on(day: date, whence: str) -> str:
    """That view with its filters, on this day; the month when nobody came from a view."""
    parts = urlsplit(whence or reverse("campaigns_calendar:month"))
    view = resolve(parts.path).url_name
    asked = QueryDict(parts.query, mutable=True)
    for name in ("month", "day"):
        asked.pop(name, None)
    asked["month" if view in ("month", "list") else "day"] = f"{day:%Y-%m}" if view in ("month", "list") else f"{day}"
    return f"{parts.path}?{asked.urlencode()}"
