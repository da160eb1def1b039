"""JSON Feed 1.1 (jsonfeed.org/version/1.1)."""

import json
from collections.abc import Iterable
from typing import Any

from cms.entries import Entry
from cms.feeds.feed import Feed


def write(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as bytes; the same entries give the same bytes."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.home,
        "feed_url": feed.url,
        "icon": feed.icon,
        "language": feed.language,
        "authors": [{"name": feed.publisher, "url": feed.home}],
        "items": [_item(entry) for entry in entries],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _item(entry: Entry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content() or entry.summary,
        "language": entry.language,
        "tags": list(entry.tags),
    }
    if entry.published is not None:
        item["date_published"] = entry.published.isoformat()
        item["date_modified"] = (entry.modified or entry.published).isoformat()
    if entry.picture is not None:
        item["image"] = entry.picture.url
    return item
