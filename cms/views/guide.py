"""The user guide: pages of the product itself, in Danish, a page a job."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


@dataclass(frozen=True)
class Topic:
    """``slug`` is its address and the name of its template under ``help/``."""

    slug: str
    title: Any
    about: Any
    icon: str


TOPICS = (
    Topic("skriv", _("Write and send to approval"), _("Stories, campaigns and posts, one card a channel."), "edit"),
    Topic("godkend", _("Approve"), _("What you look at, and what your yes means."), "check"),
    Topic("retten", _("Report a court result"), _("From the form on your phone to the public."), "mobile-alt"),
    Topic(
        "kalender", pgettext_lazy("what one does", "Plan"), _("The calendar, times, gaps and clock changes."), "date"
    ),
    Topic("vagt", _("On duty"), _("STOP, uncertain posts, taking down, sending without approval."), "warning"),
    Topic("daekning", _("Coverage and strategy"), _("What the figures mean, and what they leave out."), "list-ul"),
    Topic("kanaler", _("Channels"), _("Connecting, access that ends, dry run, pause."), "link"),
)


class Guide(WagtailAdminTemplateMixin, TemplateView):  # type: ignore[misc]
    page_title = _("Guide")
    header_icon = "help"
    template_name = "help/index.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(topics=TOPICS, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": str(self.page_title)}]


class Page(Guide):
    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.topic = next((topic for topic in TOPICS if topic.slug == kwargs["slug"]), None)
        if self.topic is None:
            raise Http404
        self.page_title = self.topic.title
        self.header_icon = self.topic.icon
        return super().dispatch(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [f"help/{self.topic.slug}.html"]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        guide = {"url": reverse("guide:index"), "label": str(Guide.page_title)}
        return [*self.breadcrumbs_items, guide, {"url": "", "label": str(self.page_title)}]
