"""A story told in several languages is one story: its versions are counted with the page that was written first."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.conf import settings
from wagtail.models import Page

from campaigns.coverage.facts import Appearance


def versions() -> dict[int, int]:
    """Page id of each version to that of its story's first page. One query, and few rows."""
    others = Page.objects.exclude(locale__language_code=settings.LANGUAGE_CODE)
    rows = Page.objects.filter(translation_key__in=others.order_by().values("translation_key")).order_by("pk")
    first: dict[object, int] = {}
    found = {}
    for page, story in rows.values_list("pk", "translation_key"):
        if first.setdefault(story, page) != page:
            found[page] = first[story]
    return found


def all_of(pages: Iterable[int], known: Mapping[int, int]) -> set[int]:
    """The pages with every other page of the same stories."""
    wanted = {known.get(page, page) for page in pages}
    return wanted | {version for version, story in known.items() if story in wanted}


def as_one(appearances: list[Appearance], known: Mapping[int, int]) -> list[Appearance]:
    """Each under the key of its story."""
    if not known:
        return appearances
    keys = {f"page:{version}": f"page:{story}" for version, story in known.items()}
    return [replace(one, story=keys[one.story]) if one.story in keys else one for one in appearances]
