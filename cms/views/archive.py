"""The archive: everything that was published, by focus area, by unit and by month."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from cms import public
from cms.views.caching import for_everybody
from cms.views.paging import paged


@for_everybody
def overview(request: HttpRequest) -> HttpResponse:
    """The ways in, each with how much is there."""
    context = {
        "focus_areas": _once(public.focus_areas(), public.count_by("focus_area__key", request)),
        "units": _once(public.units(), public.count_by("owner_unit__key", request)),
        "months": public.months(request),
    }
    return render(request, "cms/archive.html", context)


def _once(named: Iterable[Any], counts: dict[str, int]) -> list[tuple[Any, int]]:
    """Each key once, as its newest strategy names it, with how many pages it has (of all years)."""
    found: dict[str, Any] = {}
    for one in named:
        found.setdefault(one.key, one)
    return [(one, counts.get(key, 0)) for key, one in found.items() if counts.get(key)]


@for_everybody
def focus_area(request: HttpRequest, key: str) -> HttpResponse:
    area = _named(public.focus_areas(), key)
    found = public.pages(request).filter(public.of(focus_area__key=key))
    return _list(request, found, heading=area.name, motto=area.motto_da, feed=key)


@for_everybody
def unit(request: HttpRequest, key: str) -> HttpResponse:
    found = public.pages(request).filter(public.of(owner_unit__key=key))
    return _list(request, found, heading=_named(public.units(), key).name)


def _named(named: Any, key: str) -> Any:
    one = named.filter(key=key).first()
    if one is None:
        raise Http404("No strategy knows this.")
    return one


@for_everybody
def month(request: HttpRequest, year: int, month: int) -> HttpResponse:
    """What was published in a month of Copenhagen; a month in which nothing was does not exist."""
    if not (1 <= month <= 12 and 1990 <= year <= 2999):
        raise Http404("No such month.")
    found = public.pages(request).filter(first_published_at__year=year, first_published_at__month=month)
    if not found.exists():
        raise Http404("Nothing was published then.")
    return _list(request, found, month=date(year, month, 1))


def _list(request: HttpRequest, found: Any, **context: Any) -> HttpResponse:
    return render(request, "cms/archive_list.html", {"part": paged(found, request), **context})


@for_everybody
def search(request: HttpRequest) -> HttpResponse:
    """What the public may read and that has these words."""
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    context: dict[str, Any] = {"words": words, "part": None, "action": reverse("newsroom_search")}
    if words:
        context["part"] = paged(public.search(words, request), request)
    if not words or not context["part"].paginator.count:
        context["focus_areas"] = _once(public.focus_areas(), public.count_by("focus_area__key", request))
    context["title"] = _("Search: %(words)s") % {"words": words} if words else _("Search")
    return render(request, "cms/search.html", context)
