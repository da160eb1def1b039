"""A Video of the library: the file without what a camera wrote into it, and the words for who does not hear it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import CollectionMember
from wagtail.search import index

from cms.video_form import VideoForm, VideoPlayer
from cms.videos import captions


class Video(CollectionMember, index.Indexed, models.Model):
    """What is approved is frozen from here; what is changed here afterwards needs a new approval."""

    title = models.CharField(_("title"), max_length=255, help_text=_("For the library; it is not sent."))
    file = models.FileField(
        _("file"),
        upload_to="videos",
        help_text=_("MP4 or MOV with H.264 and AAC. Place, time and device are taken out of it when it comes in."),
    )
    description = models.TextField(
        _("description"),
        max_length=1000,
        help_text=_("What somebody who cannot see the video needs to know. Sent along where a channel takes it."),
    )
    poster = models.ForeignKey(
        "wagtailimages.Image",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("picture before it plays"),
        help_text=_("Empty: the image of the content that shows the video."),
    )
    captions = models.TextField(
        _("captions"),
        blank=True,
        help_text=_("In WebVTT or SRT. They are checked when you save, and go along with the video."),
    )
    captions_language = models.CharField(
        _("language of the captions"), max_length=5, choices=[("da", "Dansk"), ("en", "English")], default="da"
    )
    speechless = models.BooleanField(_("nothing is said"), default=False)
    in_picture = models.BooleanField(_("the words stand in the picture"), default=False)

    # Read from the file when it comes in (``cms.taking_in``).
    sha256 = models.CharField(max_length=64, editable=False)
    mime = models.CharField(max_length=40, editable=False)
    size = models.PositiveBigIntegerField(editable=False)  # bytes
    width = models.PositiveIntegerField(editable=False)  # pixels, upright
    height = models.PositiveIntegerField(editable=False)
    milliseconds = models.PositiveIntegerField(editable=False)
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    base_form_class = VideoForm
    search_fields: ClassVar[list[Any]] = [
        *CollectionMember.search_fields,
        index.SearchField("title", boost=10),
        index.AutocompleteField("title"),
        index.SearchField("description"),
        index.SearchField("captions"),
    ]
    panels: ClassVar[list[Any]] = [
        VideoPlayer(),
        FieldPanel("file"),
        FieldPanel("title"),
        FieldPanel("description"),
        FieldPanel("poster"),
        MultiFieldPanel(
            [
                FieldPanel("captions_file"),
                FieldPanel("captions"),
                FieldPanel("captions_language"),
                FieldPanel("speechless"),
                FieldPanel("in_picture"),
            ],
            heading=_("For those who do not hear it"),
            icon="openquote",
        ),
        FieldPanel("collection"),
    ]

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name = _("video")
        verbose_name_plural = _("videos")
        permissions = [("choose_video", _("Can choose video"))]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(captions="") | models.Q(speechless=True) | models.Q(in_picture=True),
                name="video_has_its_words",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.length})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What is new is taken in: without what a camera wrote, and with what the file says of itself."""
        from cms import taking_in

        taking_in.take_in(self)
        super().save(*args, **kwargs)

    @property
    def length(self) -> str:
        """Minutes and seconds, as players show it."""
        minutes, seconds = divmod(round(self.milliseconds / 1000), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def captions_address(self) -> str:
        """For a player in the admin."""
        return captions.as_address(self.captions)

    @property
    def transcript(self) -> list[str]:
        """What is said, a line each."""
        return captions.transcript(self.captions)
