"""Atom (RFC 4287) with tombstones for what was withdrawn (RFC 6721) and links to the next page (RFC 5005)."""

from datetime import datetime
from typing import Any

from django.utils.feedgenerator import Atom1Feed, rfc3339_date

from publishing.feed import articles
from publishing.feed.asking import Page
from publishing.models import FeedItem

DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"
MEDIA = "http://search.yahoo.com/mrss/"
EMPTY_SINCE = datetime.fromisoformat("2026-01-01T00:00:00+00:00")  # a feed needs a date before it has an item


class Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES, "xmlns:media": MEDIA, "xmlns:dc": DUBLIN_CORE}

    def latest_post_date(self) -> Any:
        return self.feed["updated"]

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        handler.addQuickElement("link", None, {"rel": "hub", "href": self.feed["hub"]})
        if self.feed["next_url"]:
            handler.addQuickElement("link", None, {"rel": "next", "href": self.feed["next_url"]})
        for item in self.feed["withdrawn"]:
            told = {"ref": articles.name(item), "when": rfc3339_date(item.updated_at)}
            handler.addQuickElement("at:deleted-entry", None, told)

    def add_item_elements(self, handler: Any, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        article = item["article"]
        told = {"type": "html", "xml:lang": article["language"]}
        handler.addQuickElement("content", article["body"]["html"], told)
        for place in article["places"]:
            handler.addQuickElement("dc:coverage", place)
        for image in article["images"]:
            size = {"width": str(image["width"]), "height": str(image["height"]), "fileSize": str(image["bytes"])}
            told = {"url": image["url"], "medium": "image", "type": image["mime"], **size}
            handler.startElement("media:content", told)
            handler.addQuickElement("media:description", image["alt"], {"type": "plain"})
            if image["credit"]:
                handler.addQuickElement("media:credit", image["credit"])
            handler.endElement("media:content")


def write(page: Page) -> bytes:
    """The feed; the same items give the same bytes."""
    channel = page.channel
    output = Atom(
        channel.name,
        page.at.home,
        "",
        feed_url=page.at.feed("atom"),
        feed_guid=f"urn:pejlemaerke:feed:{channel.slug}",
        author_name=channel.name,
        updated=page.updated or EMPTY_SINCE,
        hub=page.at.hub,
        next_url=articles.next_url(page, "atom"),
        withdrawn=[item for item in page.items if item.status == FeedItem.Status.WITHDRAWN],
    )
    for item in page.items:
        if item.status != FeedItem.Status.WITHDRAWN:
            _add(output, articles.article(page.at, item), item)
    return output.writeString("utf-8").encode()


def _add(output: Atom, article: dict[str, Any], item: FeedItem) -> None:
    output.add_item(
        article["title"] or article["body"]["text"][:120],
        article["url"] or article["item_url"],
        article["summary"],
        unique_id=article["id"],
        unique_id_is_permalink=False,
        pubdate=item.published_at,
        updateddate=item.updated_at,
        categories=[*article["themes"], *article["units"], *article["places"]],
        article=article,
    )
