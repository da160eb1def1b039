"""What everybody may read. The one place that says which pages are public.

Front page, sections, archive, search, feeds, sitemap, related stories and the media guard all ask here, so that what is
not out is out of none of them: live, of a kind with an address, inside the site, and behind no view restriction. What
a live page says comes from its own row, which only the website delivery writes; newer drafts are in revisions.
"""

import re
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count, Prefetch, Q, prefetch_related_objects
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest
from wagtail.images import get_image_model
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.search.query import PlainText

from campaigns.models import FocusArea, Strategy, Unit
from cms import standing
from cms.models import CampaignPage, CourtResult, Story

KINDS = (Story, CampaignPage, CourtResult)
PAGE_SIZE = 12
MOST_FOUND = 200  # nobody reads further; it bounds what a search may cost


def site_of(request: HttpRequest) -> Site:
    """The site that was asked for; without one nothing is public."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("No site is set up.")
    return site


def _live(request: HttpRequest) -> Any:
    """What is live on this site, also what only some may read."""
    found = Page.objects.descendant_of(site_of(request).root_page).live().exact_type(*KINDS)
    return found.filter(first_published_at__isnull=False)


def pages(request: HttpRequest) -> Any:
    """Stories, campaign pages and court results that everybody may read, newest first."""
    return _live(request).public().order_by("-first_published_at", "-pk")


def of(**conditions: Any) -> Q:
    """A condition on fields that every kind has: ``of(focus_area__key="trivsel")``."""
    found = Q()
    for kind in KINDS:
        found |= Q(**{f"{kind._meta.model_name}__{name}": value for name, value in conditions.items()})
    return found


def load(keys: Iterable[int]) -> list[Any]:
    """The pages in this order, with all that a list shows of them, in a few queries."""
    order = {key: place for place, key in enumerate(keys)}
    loaded = list(Page.objects.filter(pk__in=order).specific())
    for _kind, group in groupby(sorted(loaded, key=lambda page: page._meta.label), key=type):
        images = Prefetch("social_image", get_image_model().objects.prefetch_related("renditions"))
        prefetch_related_objects(list(group), images, "focus_area", "owner_unit", "corrections", "as_version")
    standing.attend(loaded)
    return sorted(loaded, key=lambda page: order[page.pk])


def related(page: Any, request: HttpRequest, most: int = 3) -> list[Any]:
    """Others of the same focus area and unit, the nearest first, then the newest."""
    others = pages(request).exclude(pk=page.pk)
    alike = {"focus_area__key": page.focus_area and page.focus_area.key, "owner_unit": page.owner_unit_id}
    conditions = [of(**{name: value}) for name, value in alike.items() if value]
    if len(conditions) == 2:
        conditions.insert(0, conditions[0] & conditions[1])
    keys: dict[int, None] = {}  # in order, each once
    for condition in conditions:
        keys |= dict.fromkeys(others.filter(condition).values_list("pk", flat=True)[:most])
    return load(list(keys)[:most])


def in_other_languages(page: Any, request: HttpRequest) -> list[Any]:
    """The same story in other languages, as far as it is public."""
    others = pages(request).filter(translation_key=page.translation_key).exclude(pk=page.pk)
    return load(list(others.order_by("pk").values_list("pk", flat=True)))


def search(words: str, request: HttpRequest) -> list[int]:
    """Keys of pages, the best first: whole words anywhere, then parts of words in title and summary."""
    terms = re.findall(r"\w+", words)[:10]
    if not terms:
        return []
    best = [page.pk for page in pages(request).search(PlainText(" ".join(terms)))[:MOST_FOUND]]
    partly = pages(request)
    for term in terms:
        partly = partly.filter(Q(title__icontains=term) | of(summary__icontains=term))
    seen = set(best)
    return [*best, *(key for key in partly.values_list("pk", flat=True)[:MOST_FOUND] if key not in seen)][:MOST_FOUND]


# --- Archive --------------------------------------------------------------------------------------------------


def count_by(field: str, request: HttpRequest) -> dict[str, int]:
    """How many pages there are for each value of a field that every kind has."""
    counts: dict[str, int] = {}
    for kind in KINDS:
        path = f"{kind._meta.model_name}__{field}"
        rows = pages(request).order_by().exclude(**{path: None}).values_list(path).annotate(number=Count("pk"))
        for value, number in rows:
            counts[value] = counts.get(value, 0) + number
    return counts


def months(request: HttpRequest) -> list[tuple[date, int]]:
    """Each month in which something was published, in Copenhagen, newest first."""
    rows = pages(request).order_by().annotate(month=TruncMonth("first_published_at")).values_list("month")
    return sorted(((month.date(), number) for month, number in rows.annotate(number=Count("pk"))), reverse=True)


def focus_areas() -> Any:
    """Of the strategies that are not in preparation: those are not public yet."""
    return FocusArea.objects.exclude(goal__strategy__status=Strategy.Status.DRAFT).order_by(
        "-goal__strategy__year", "goal__order", "order"
    )


def units() -> Any:
    return Unit.objects.exclude(pillar__strategy__status=Strategy.Status.DRAFT).order_by(
        "-pillar__strategy__year", "pillar__order", "order"
    )


# --- Files ----------------------------------------------------------------------------------------------------


def may_see_file(file: Any, request: HttpRequest) -> tuple[bool, bool]:
    """Whether a live page that the visitor may read shows this image or document; and whether everybody may.

    Wagtail's reference index is read from a page's own row, so the images of a newer draft are not in it. Nor is what
    took an image's place in the library since it was approved.
    """
    keys = standing.showing(file)
    live = _live(request).filter(pk__in=keys)
    if not keys or file.collection.get_view_restrictions().exists():
        return False, False
    if live.public().exists():
        return True, True
    return any(_passes(page, request) for page in live), False


def page_to_read(page_id: int, request: HttpRequest) -> tuple[Any | None, bool]:
    """A live page with this number that the visitor may read, None for none; and whether everybody may."""
    page = _live(request).filter(pk=page_id).specific().first()
    if page is None or not _passes(page, request):
        return None, False
    return page, not page.get_view_restrictions().exists()


def _passes(page: Page, request: HttpRequest) -> bool:
    restrictions: Iterable[PageViewRestriction] = page.get_view_restrictions()
    return all(restriction.accept_request(request) for restriction in restrictions)
