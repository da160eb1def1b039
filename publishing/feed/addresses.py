"""Absolute addresses of a feed: the same whoever asks, for subscribers know a feed by its address."""

from dataclasses import dataclass

from django.urls import reverse
from wagtail.models import Site

from publishing.message import Media
from publishing.models import Channel, FeedItem

FORMS = {"feed.json": "json", "atom.xml": "atom", "articles.json": "articles"}
NAMES = {form: name for name, form in FORMS.items()}


@dataclass(frozen=True)
class Addresses:
    """Those of one channel's feed. ``root`` is the site's own, without a slash at its end."""

    channel: Channel
    root: str

    @property
    def home(self) -> str:
        return f"{self.root}/"

    @property
    def hub(self) -> str:
        return self.root + reverse("live_feed:hub")

    def feed(self, form: str) -> str:
        return self.root + reverse("live_feed:list", args=[self.channel.slug, form])

    def item(self, item: FeedItem) -> str:
        return self.root + reverse("live_feed:item", args=[self.channel.slug, item.key])

    def image(self, item: FeedItem, media: Media) -> str:
        return self.root + reverse("live_feed:image", args=[self.channel.slug, item.key, media.sha256])

    def form_of(self, address: str) -> str:
        """Which document of this feed has that address; nothing when none has."""
        return next((form for form in NAMES if self.feed(form) == address), "")


def root() -> str:
    """The site's address; nothing when no site is set up."""
    site = Site.objects.filter(is_default_site=True).first()
    return site.root_url if site is not None else ""


def of(channel: Channel) -> Addresses:
    """One query, for as many addresses as are wanted."""
    return Addresses(channel, root())
