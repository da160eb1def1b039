"""A Post: one short message. It has no public address: never routable, never in search, sitemap, feed or API."""

from typing import Any, ClassVar

from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from cms.models.base import Communication


class Post(Communication):
    link_url = models.URLField(_("link"), blank=True, help_text=_("The address that the post links to, if any."))

    rules_kind = "post"
    has_address = False
    parent_page_types = ["cms.CampaignPage", "cms.PostIndex"]
    subpage_types: list[str] = []
    promote_panels: ClassVar[list[Any]] = []
    content_panels = [
        FieldPanel("title", help_text=_("For your own overview; it is not sent.")),
        FieldPanel("summary", heading=_("Text"), help_text=_("The post itself, as every channel says it.")),
        FieldPanel("link_url"),
        *Communication.content_panels[2:],
    ]

    class Meta:
        verbose_name = _("post")
        verbose_name_plural = _("posts")

    def common_text(self) -> str:
        return self.summary

    def common_link(self) -> str:
        return self.link_url

    def get_url_parts(self, request: HttpRequest | None = None) -> None:
        return None

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        raise Http404

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        raise Http404
