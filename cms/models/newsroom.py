"""The sections of the site."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.models.campaign_pages import CampaignPage
from cms.models.court_results import CourtResult
from cms.models.stories import Story
from cms.permissions import Section


class Newsroom(Section, Page):
    """The front page of the public site."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.StoryIndex", "cms.CampaignIndex", "cms.CourtResultIndex", "cms.PostIndex"]
    template = "cms/newsroom.html"

    class Meta:
        verbose_name = _("newsroom")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The newest story large, the next ones, campaigns, and the latest from the courts."""
        from cms import public

        def newest(kind: type[Page], most: int) -> list[Any]:
            return public.load(public.pages(request).exact_type(kind).values_list("pk", flat=True)[:most])

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        for name, kind, most in (("stories", Story, 7), ("campaigns", CampaignPage, 3), ("judgments", CourtResult, 4)):
            context[name] = newest(kind, most)
        return context


class Listing(Section):
    """A section that lists what everybody may read of it, a page at a time."""

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms import public
        from cms.views.paging import paged

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"part": paged(public.pages(request).descendant_of(self), request)}


class StoryIndex(Listing, Page):
    parent_page_types = ["cms.Newsroom"]
    subpage_types = ["cms.Story"]
    template = "cms/section.html"

    class Meta:
        verbose_name = _("story section")


class CampaignIndex(Listing, Page):
    parent_page_types = ["cms.Newsroom"]
    subpage_types = ["cms.CampaignPage"]
    template = "cms/section.html"

    class Meta:
        verbose_name = _("campaign section")


class CourtResultIndex(Listing, Page):
    parent_page_types = ["cms.Newsroom"]
    subpage_types = ["cms.CourtResult"]
    template = "cms/section.html"

    class Meta:
        verbose_name = _("court result section")


class PostIndex(Section, Page):
    """Holds posts without a campaign; like them it has no public address."""

    parent_page_types = ["cms.Newsroom"]
    subpage_types = ["cms.Post"]

    class Meta:
        verbose_name = _("post section")

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None

    def route(self, request: HttpRequest, path_components: list[str]) -> object:
        raise Http404
