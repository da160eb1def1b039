"""RSS 2.0 and Atom, each with the whole text and the image with its words."""

from collections.abc import Iterable
from typing import Any

from django.utils import feedgenerator
from django.utils.feedgenerator import Enclosure

from cms.entries import Entry, Picture
from cms.feeds.feed import Feed

MEDIA = "http://search.yahoo.com/mrss/"
CONTENT = "http://purl.org/rss/1.0/modules/content/"


def _media(handler: Any, picture: Picture) -> None:
    """The image once more, as the one extension that has a place for its words."""
    size = {"width": str(picture.width), "height": str(picture.height)}
    handler.startElement("media:content", {"url": picture.url, "medium": "image", "type": picture.mime, **size})
    handler.addQuickElement("media:description", picture.alt, {"type": "plain"})
    handler.endElement("media:content")


class Rss(feedgenerator.Rss201rev2Feed):
    content_type = "application/rss+xml; charset=utf-8"

    def rss_attributes(self) -> dict[str, str]:
        return {**super().rss_attributes(), "xmlns:media": MEDIA, "xmlns:content": CONTENT}

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["entry"].content())
        if item["entry"].picture is not None:
            _media(handler, item["entry"].picture)


class Atom(feedgenerator.Atom1Feed):
    content_type = "application/atom+xml; charset=utf-8"

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:media": MEDIA}

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        entry = item["entry"]
        handler.addQuickElement("content", entry.content(), {"type": "html", "xml:lang": entry.language})
        if entry.picture is not None:
            _media(handler, entry.picture)


def write(kind: type[feedgenerator.SyndicationFeed], feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as bytes; the same entries give the same bytes."""
    output = kind(
        feed.title,
        feed.home,
        feed.description,
        language=feed.language,
        feed_url=feed.url,
        feed_guid=feed.id,
        author_name=feed.publisher,
        author_link=feed.home,
        updated=feed.updated,
    )
    for entry in entries:
        picture = entry.picture
        output.add_item(
            entry.title,
            entry.url,
            entry.summary,
            unique_id=entry.id,
            unique_id_is_permalink=False,
            pubdate=entry.published,
            updateddate=entry.modified,
            categories=entry.tags,
            enclosures=[Enclosure(picture.url, str(picture.size), picture.mime)] if picture else [],
            entry=entry,
        )
    return output.writeString("utf-8").encode()
