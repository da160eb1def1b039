"""A Story: how the district works, told by unit, place, people."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.search import index

from cms.blocks import BodyBlock
from cms.models.base import Communication


class Bodied(Communication):
    """Content with a long text."""

    body = StreamField(BodyBlock(required=False), verbose_name=_("text"), blank=True)

    search_fields = [*Communication.search_fields, index.SearchField("body")]
    content_panels = [
        *Communication.content_panels[:2],
        FieldPanel("body"),
        *Communication.content_panels[2:],
    ]

    class Meta:
        abstract = True

    def body_html(self) -> str:
        return str(self.body.render_as_block({"page": self})) if self.body else ""


class Story(Bodied):
    parent_page_types = ["cms.StoryIndex"]
    subpage_types: list[str] = []
    template = "cms/story.html"

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")
