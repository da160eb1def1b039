"""The building blocks of a text."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

PLAIN = ["bold", "italic", "link", "ol", "ul"]


class QuoteBlock(blocks.StructBlock):
    quote = blocks.TextBlock(label=_("Quotation"))
    source = blocks.CharBlock(label=_("Who says it"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        template = "cms/blocks/quote.html"


class AdviceBlock(blocks.StructBlock):
    """What the reader can do."""

    heading = blocks.CharBlock(label=_("Heading"))
    text = blocks.RichTextBlock(label=_("Text"), features=PLAIN)

    class Meta:
        icon = "help"
        label = _("What you can do")
        template = "cms/blocks/advice.html"


class FigureBlock(blocks.StructBlock):
    image = ImageBlock(label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), required=False)

    class Meta:
        icon = "image"
        label = _("Image")
        template = "cms/blocks/figure.html"


class BodyBlock(blocks.StreamBlock):
    """The text of a story or a campaign page."""

    heading = blocks.CharBlock(label=_("Heading"), icon="title", template="cms/blocks/heading.html")
    paragraph = blocks.RichTextBlock(label=_("Text"), icon="pilcrow", features=PLAIN)
    image = FigureBlock()
    quote = QuoteBlock()
    advice = AdviceBlock()
