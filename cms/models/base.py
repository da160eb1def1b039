"""Communication: what every piece of content has, whatever its type."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.utils.functional import cached_property
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import CommentPanel, FieldPanel
from wagtail.admin.widgets.slug import SlugInput
from wagtail.models import Page
from wagtail.search import index

from campaigns.fields import WallTimeField
from cms.forms import CommunicationForm
from cms.models.content_panels import CONTENT
from cms.models.previews import ChannelPreviews
from cms.models.public import LETTERS_IN_FORM, Public
from cms.models.road import PLACEMENTS, Road


class FeedAudience(models.TextChoices):
    """Who may read it where a channel tells the press and everybody apart; the values are those of its adapter."""

    __empty__ = _("as the feed is set up")
    EVERYBODY = "public", _("everybody")
    PRESS = "press", _("the press wire and our live site only, with a key")


class Communication(ChannelPreviews, Public, Road):
    """Base of Story, CampaignPage, Post and CourtResult."""

    summary = models.TextField(
        _("summary"),
        max_length=500,
        blank=True,
        help_text=_("Shown in lists, and on channels without a text of their own."),
    )
    social_image = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("image"),
    )
    social_image_alt = models.CharField(
        _("alternative text"),
        max_length=1000,
        blank=True,
        help_text=_("What somebody who cannot see the image needs to know. Sent along to every channel."),
    )
    image_credit = models.CharField(
        _("credit"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Who took or drew it. Shown on the website, and sent to live feeds."),
    )
    place_name = models.CharField(
        _("place"),
        max_length=120,
        blank=True,
        default="",
        help_text=_("Where it takes place: a district, a square. Shown on the website, and sent to live feeds."),
    )
    feed_audience = models.CharField(
        _("who may read it in live feeds"),
        max_length=6,
        choices=FeedAudience,
        blank=True,
        default="",
        help_text=_("What everybody has seen there cannot be closed to them again: it can be taken down."),
    )
    video = models.ForeignKey(
        "cms.Video",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("video"),
        help_text=_("It goes instead of the images where a channel takes one; the website shows both."),
    )
    focus_area = models.ForeignKey(
        "campaigns.FocusArea",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("primary focus area"),
    )
    owner_unit = models.ForeignKey(
        "campaigns.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("campaign"),
    )
    language = models.CharField(_("language"), max_length=5, choices=[("da", "Dansk"), ("en", "English")], default="da")
    journal_number = models.CharField(_("journal number"), max_length=40, blank=True)
    purpose = models.CharField(_("purpose"), max_length=250, blank=True)
    review_date = models.DateField(
        _("review date"),
        null=True,
        blank=True,
        help_text=_("After this day nothing of it is sent without a new approval."),
    )
    expires_on = models.DateField(
        _("last day"),
        null=True,
        blank=True,
        help_text=_("After this day it is taken down everywhere. Empty: court results by the rule of the site."),
    )
    embargo_until = WallTimeField(
        _("embargo until"),
        null=True,
        blank=True,
        help_text=_("The press can have it before and is told so. Nothing goes out to everybody until then."),
    )
    operational = models.BooleanField(
        _("operational, exempt from STOP"),
        default=False,
        help_text=_("Only for messages that must go out during an incident."),
    )

    rules_kind = "story"  # which publication rules hold for its texts
    from_the_desk = False  # its author changes it on the prosecutor's desk, and never in the editor
    has_address = True  # whether the public can open it on the website
    base_form_class = CommunicationForm
    exclude_fields_in_copy = [PLACEMENTS]
    show_in_menus_default = False
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    content_panels = CONTENT
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug", widget=SlugInput(formatters=LETTERS_IN_FORM))]
    settings_panels: ClassVar[list[Any]] = [CommentPanel()]  # no go-live date: one scheduler for everything

    class Meta:
        abstract = True

    @cached_property
    def approved_files(self) -> dict[str, str] | None:
        """What lay behind each picture when what is live was approved (``cms.standing``); None of a draft."""
        from cms import standing

        return standing.approved_files([self]).get(self.pk)

    def save_revision(self, *args: Any, **kwargs: Any) -> Any:
        """As the road's, and its versions in other languages know that it may say something else now."""
        from cms import versions

        revision = super().save_revision(*args, **kwargs)
        versions.note_words(self)
        return revision

    def case_stage(self) -> str | None:
        """Where the case stands that it is about; None when it is about none."""
        return None

    def stays(self, months: Callable[..., int]) -> int | None:
        """For how many months it stays when nobody gave it a last day; None: for good."""
        return None

    def common_text(self) -> str:
        """What a channel says that has no text of its own."""
        return self.summary or self.title

    def body_html(self) -> str:
        """The whole text as HTML, for channels that carry articles."""
        return ""

    def noted_html(self) -> str:
        """The same below what was corrected in it, as everybody reads it."""
        notes = format_html_join(
            "", "<p><strong>{}</strong></p>", ((note.sentence(),) for note in self.corrections.all())
        )
        return notes + mark_safe(self.body_html())

    def common_link(self) -> str:
        """The absolute address that posts link to; empty when there is none."""
        return (self.full_url or "") if self.has_address else ""

    @property
    def status_string(self) -> str:
        """What became of it, in a shape and a word; never "draft" for something that is out."""
        from cms.statuses import status_of

        found = status_of(self)
        return f"{found.shape} {found.label}"
