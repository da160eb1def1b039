"""For machines: robots.txt, the sitemap, the icon."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.generic import RedirectView
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as wagtail_sitemap
from wagtail.models import Page

from cms import public
from cms.models import CampaignIndex, CourtResultIndex, Newsroom, StoryIndex
from cms.views.caching import for_everybody


class PublicSitemap(Sitemap):
    """Sections and everything that may be read; the date is of what is published, never of a draft."""

    def items(self) -> Any:
        root = public.site_of(self.request).root_page
        sections = Page.objects.descendant_of(root, inclusive=True).live().public()
        sections = sections.exact_type(Newsroom, StoryIndex, CampaignIndex, CourtResultIndex)
        keys = {*sections.values_list("pk", flat=True), *public.pages(self.request).values_list("pk", flat=True)}
        return Page.objects.filter(pk__in=keys).order_by("path").specific()

    def lastmod(self, page: Page) -> datetime | None:
        return page.last_published_at


@for_everybody
def sitemap(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = wagtail_sitemap(request, sitemaps={"pages": PublicSitemap})
    return response


@for_everybody
def robots(request: HttpRequest) -> HttpResponse:
    closed: Iterable[str] = (reverse("wagtailadmin_home"), reverse("newsroom_search"), "/documents/", "/_util/")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {public.site_of(request).root_url}{reverse('newsroom_sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


class Icon(RedirectView):
    """Where browsers look without being told."""

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        return static("cms/mark.svg")
