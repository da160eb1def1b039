"""How every piece of content is laid out in the editor: the panels, in order."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    TitleFieldPanel,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from cms.models.road import PLACEMENTS
from cms.panels import LiveFeedPanel, WhereAndWhen

IMAGE = MultiFieldPanel(
    [
        FieldPanel("social_image"),
        FieldPanel("social_image_alt"),
        FieldPanel("image_credit"),
        MultipleChooserPanel("more_images", "image", heading=_("Further images"), label=_("Further image")),
        FieldPanel("video"),
    ],
    heading=_("Images and video"),
    icon="image",
)
STRATEGY = MultiFieldPanel(
    [
        MultipleChooserPanel("initiative_tags", "initiative", heading=_("Initiatives"), label=_("Initiative")),
        FieldPanel("focus_area"),
    ],
    heading=_("Strategy"),
    icon="tag",
)
WHERE = [
    WhereAndWhen(PLACEMENTS, heading=_("Where and when"), label=_("channel and time")),
    FieldPanel("embargo_until", icon="time"),
    LiveFeedPanel("feed_audience", icon="key"),
    InlinePanel("variants", heading=_("Texts of their own for channels"), label=_("text for one channel")),
    InlinePanel(
        "parts",
        heading=_("First comments and further parts of threads"),
        label=_("part"),
        help_text=_("Posted below the post of its channel, in this order, each below the one before."),
    ),
    InlinePanel("mentions", heading=_("Mentioned accounts"), label=_("account")),
]
INTERNAL = [
    FieldRowPanel([FieldPanel("owner_unit"), FieldPanel("campaign")]),
    FieldPanel("language"),
    FieldRowPanel([FieldPanel("review_date"), FieldPanel("expires_on")]),
    FieldRowPanel([FieldPanel("journal_number"), FieldPanel("purpose")]),
    FieldPanel("operational"),
]
CONTENT = [
    TitleFieldPanel(
        "title",
        placeholder=_("Headline*"),
        help_text=_("As readers see it."),
        widget=AdminAutoHeightTextInput(attrs={"rows": 1}),  # a long one is read whole while it is written
    ),
    FieldPanel("summary"),
    IMAGE,
    FieldPanel("place_name", icon="site"),
    STRATEGY,
    *WHERE,
    MultiFieldPanel(INTERNAL, heading=_("Internal, never sent"), icon="lock"),
]
