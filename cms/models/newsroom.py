"""The sections of the site."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from cms.permissions import Section


class Newsroom(Section, Page):
    """The front page of the public site."""

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.StoryIndex", "cms.CampaignIndex", "cms.CourtResultIndex", "cms.PostIndex"]
    template = "cms/newsroom.html"

    class Meta:
        verbose_name = _("newsroom")


class StoryIndex(Section, Page):
    parent_page_types = ["cms.Newsroom"]
    subpage_types = ["cms.Story"]
    template = "cms/section.html"

    class Meta:
        verbose_name = _("story section")


class CampaignIndex(Section, Page):
    parent_page_types = ["cms.Newsroom"]
    subpage_types = ["cms.CampaignPage"]
    template = "cms/section.html"

    class Meta:
        verbose_name = _("campaign section")


class CourtResultIndex(Section, Page):
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
