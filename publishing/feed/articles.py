"""An item as an article that another system can bring in: every part under a name of its own."""

import json
import re
from typing import Any

from django.utils.html import escape, linebreaks

from publishing import signs
from publishing.adapters import plain
from publishing.feed.addresses import Addresses
from publishing.feed.asking import Page
from publishing.message import Media, Message
from publishing.models import FeedItem

VERSION = "pejlemaerke-articles/1"
ABOUT = {"units": "unit", "themes": "theme", "places": "place"}  # what it is about, as far as the message says


def write(page: Page) -> bytes:
    """The list; the same items give the same bytes."""
    data = {
        "version": VERSION,
        "title": page.channel.name,
        "feed_url": page.at.feed("articles"),
        "hub": page.at.hub,
        "cursor": page.cursor,
        "next_url": next_url(page, "articles"),
        "items": [article(page.at, item) for item in page.items],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def next_url(page: Page, form: str) -> str | None:
    return f"{page.at.feed(form)}?{page.more}" if page.more else None


def article(at: Addresses, item: FeedItem) -> dict[str, Any]:
    """One article. A withdrawn one says that it is, and nothing of what it was."""
    data: dict[str, Any] = {
        "id": name(item),
        "status": item.status,
        "version": item.version,
        "sequence": item.sequence,
        "item_url": at.item(item),
        "published": item.published_at.isoformat(),
        "updated": item.updated_at.isoformat(),
    }
    message = item.message
    if message is None:
        return data
    said = {
        **data,
        "visibility": "press" if item.press_only else "public",
        "embargo_until": message.embargo_until.isoformat() if message.embargo_until else None,
        "publisher": at.channel.name,
        "title": message.title,
        "summary": message.summary,
        "body": {"html": html_of(message), "text": text_of(message)},
        "language": message.language,
        "url": message.link,
        "links": links(message),
        **{plural: [found] if (found := message.extra.get(key)) else [] for plural, key in ABOUT.items()},
        "images": [image(at, item, media) for media in message.media],
    }
    readable: dict[str, Any] = signs.readable(said)  # one sign that XML may not hold would end the feed for everybody
    return readable


def name(item: FeedItem) -> str:
    """Stays the same whatever becomes of title, address and text."""
    return item.key.urn


def html_of(message: Message) -> str:
    """The whole text; of a short post its paragraphs, with the link."""
    if message.html:
        return message.html
    link = f'<p><a href="{escape(message.link)}">{escape(message.link)}</a></p>' if message.link else ""
    return f"{linebreaks(message.text, autoescape=True)}{link if message.link not in message.text else ''}"


def text_of(message: Message) -> str:
    return plain.text_of(message.html) if message.html else message.text


def links(message: Message) -> list[str]:
    """Where the text leads to, each once."""
    found = [message.link, *re.findall(r'href="(https?://[^"]+)"', message.html)]
    return list(dict.fromkeys(link.replace("&amp;", "&") for link in found if link))


def image(at: Addresses, item: FeedItem, media: Media) -> dict[str, Any]:
    return {
        "url": at.image(item, media),
        "alt": media.alt,
        "decorative": media.decorative,
        "credit": media.credit,
        "mime": media.mime,
        "bytes": media.size,
        "width": media.width,
        "height": media.height,
        "sha256": media.sha256,
    }
