"""Communication: what every piece of content has, whatever its type."""

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import CommentPanel, FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, Page, TaskState
from wagtail.search import index

from campaigns import planning
from campaigns.models import Placement
from campaigns.panels import PlacementPanel
from cms.forms import CommunicationForm
from cms.permissions import OnTheRoad
from publishing.models import Channel, Delivery, State

PLACEMENTS = "placements"  # time is not content: this relation is never part of a revision


class CommunicationInitiative(Orderable):
    """A tag: this content serves this initiative. Our own model: Wagtail's reference index sees no many-to-many."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="initiative_tags")
    initiative = models.ForeignKey(
        "campaigns.Initiative", models.PROTECT, related_name="content_tags", verbose_name=_("initiative")
    )
    panels = [FieldPanel("initiative")]

    class Meta(Orderable.Meta):
        verbose_name = _("initiative")
        verbose_name_plural = _("initiatives")


class Communication(OnTheRoad, Page):
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
    operational = models.BooleanField(
        _("operational, exempt from STOP"),
        default=False,
        help_text=_("Only for messages that must go out during an incident."),
    )

    has_address = True  # whether the public can open it on the website
    base_form_class = CommunicationForm
    exclude_fields_in_copy = [PLACEMENTS]
    show_in_menus_default = False
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    image_panel = MultiFieldPanel(
        [FieldPanel("social_image"), FieldPanel("social_image_alt")], heading=_("Image"), icon="image"
    )
    strategy_panel = MultiFieldPanel(
        [InlinePanel("initiative_tags", heading=_("Initiatives"), label=_("Initiative")), FieldPanel("focus_area")],
        heading=_("Strategy"),
        icon="tag",
    )
    where_panels = [
        PlacementPanel(PLACEMENTS, heading=_("Where and when"), label=_("Channel and time")),
        InlinePanel("variants", heading=_("A text of its own for a channel"), label=_("Channel text")),
    ]
    internal_panels = [
        FieldRowPanel([FieldPanel("owner_unit"), FieldPanel("campaign")]),
        FieldRowPanel([FieldPanel("language"), FieldPanel("review_date")]),
        FieldRowPanel([FieldPanel("journal_number"), FieldPanel("purpose")]),
        FieldPanel("operational"),
    ]
    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        image_panel,
        strategy_panel,
        *where_panels,
        MultiFieldPanel(internal_panels, heading=_("Internal, never sent"), icon="lock"),
    ]
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug")]
    settings_panels: ClassVar[list[Any]] = [CommentPanel()]  # no go-live date: one scheduler for everything

    class Meta:
        abstract = True

    def common_text(self) -> str:
        """What a channel says that has no text of its own."""
        return self.summary or self.title

    def body_html(self) -> str:
        """The whole text as HTML, for channels that carry articles."""
        return ""

    def common_link(self) -> str:
        """The absolute address that posts link to; empty when there is none."""
        return (self.full_url or "") if self.has_address else ""

    def usable_channels(self) -> models.QuerySet[Channel]:
        """Channels that are planned for this content."""
        return Channel.objects.usable().filter(pk__in=self.placements.values_list("channel_id", flat=True)).distinct()

    @property
    def status_string(self) -> str:
        """What became of it, in a word; never "draft" for something that is out."""
        from cms.statuses import status_of

        return status_of(self).label

    # --- Time is not content --------------------------------------------------------------------------------

    def serializable_data(self) -> dict[str, Any]:
        data: dict[str, Any] = super().serializable_data()
        data.pop(PLACEMENTS, None)
        return data

    def with_content_json(self, content: dict[str, Any]) -> "Communication":
        page: Communication = super().with_content_json(content)
        setattr(page, PLACEMENTS, getattr(self, PLACEMENTS).all())
        return page

    def save_revision(self, *args: Any, overwrite_revision: Any = None, **kwargs: Any) -> Any:
        """As Wagtail's, but what somebody approves or approved never changes under them, and times are kept.

        Autosave overwrites the latest revision of the same person: not once it was submitted or pinned.
        """
        if overwrite_revision is not None and _is_pinned(overwrite_revision):
            overwrite_revision = None
        revision = super().save_revision(*args, overwrite_revision=overwrite_revision, **kwargs)
        getattr(self, PLACEMENTS).commit()
        _follow_times(self, kwargs.get("user"))
        return revision

    def publish(self, revision: Any, *args: Any, **kwargs: Any) -> Any:
        """Only a delivery that is being sent may publish, and only the revision it pins."""
        if not Delivery.objects.filter(revision=revision, state__in=[State.SENDING, State.DELIVERED]).exists():
            raise PermissionDenied(f"Revision {revision.pk} has no delivery that is being sent.")
        return super().publish(revision, *args, **kwargs)

    def copy(self, *args: Any, **kwargs: Any) -> Any:
        """A copy is a draft."""
        return super().copy(*args, **{**kwargs, "keep_live": False})


def _follow_times(page: Communication, user: Any) -> None:
    """What is approved and planned follows the times just saved."""
    from cms import approval

    for placement in Placement.objects.of_page(page.pk):
        if not placement.is_out:  # an update of a page went out at a time of its own
            planning.follow(placement, by=user)
    given = approval.current(page)
    if given is not None and user is not None and user.has_perm("campaigns.change_placement"):
        approval.schedule(page, given, by=user)


def _is_pinned(revision: Any) -> bool:
    return (
        TaskState.objects.filter(revision=revision).exists()
        or Delivery.objects.filter(revision=revision).exists()
        or revision.approvals.exists()
    )
