"""The addresses of the feeds."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cms import entries, public
from cms.feeds import json_feed, xml
from cms.feeds.feed import Feed
from cms.views.caching import for_everybody

MOST = 30
WRITERS: dict[str, tuple[str, Callable[[Feed, Iterable[entries.Entry]], bytes]]] = {
    "rss": (xml.Rss.content_type, lambda feed, found: xml.write(xml.Rss, feed, found)),
    "atom": (xml.Atom.content_type, lambda feed, found: xml.write(xml.Atom, feed, found)),
    "json": ("application/feed+json; charset=utf-8", json_feed.write),
}


@for_everybody
def feed(request: HttpRequest, form: str, key: str = "") -> HttpResponse:
    """The newest that everybody may read; of one focus area when its key is given."""
    found = public.pages(request)
    area = None
    if key:
        area = public.focus_areas().filter(key=key).first()
        if area is None:
            raise Http404("No strategy knows this focus area.")
        found = found.filter(public.of(focus_area__key=key))
    content_type, write = WRITERS[form]
    with translation.override(settings.LANGUAGE_CODE):
        newest = [entries.entry(page, request) for page in public.load(found.values_list("pk", flat=True)[:MOST])]
        text = write(_feed(request, area, newest), newest)
    return HttpResponse(text, content_type=content_type)


def _feed(request: HttpRequest, area: Any, newest: list[entries.Entry]) -> Feed:
    site = public.site_of(request)
    root, name = site.root_url, site.root_page.title
    home = reverse("newsroom_focus_area", args=[area.key]) if area else site.root_page.get_url(request) or "/"
    dates = [entry.modified or entry.published for entry in newest]
    return Feed(
        id=f"urn:uuid:{site.root_page.translation_key}" + (f"#{area.key}" if area else ""),
        title=f"{name}: {area.name}" if area else name,
        description=_("News from %(name)s") % {"name": site.site_name or name},
        url=f"{root}{request.path}",
        home=f"{root}{home}",
        publisher=site.site_name or name,
        language=settings.LANGUAGE_CODE,
        icon=f"{root}{static('cms/mark.svg')}",
        updated=max((date for date in dates if date), default=site.root_page.first_published_at or timezone.now()),
    )
