"""JSON Feed 1.1 (jsonfeed.org/version/1.1). What it has no name for stands under ``_pejlemaerke``."""

import json
from typing import Any

from publishing.feed import articles
from publishing.feed.asking import Page


def write(page: Page) -> bytes:
    """The feed; the same items give the same bytes."""
    data: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": page.channel.name,
        "home_page_url": page.at.home,
        "feed_url": page.at.feed("json"),
        "hubs": [{"type": "WebSub", "url": page.at.hub}],
        "_pejlemaerke": {"cursor": page.cursor},
        "items": [_item(articles.article(page.at, item)) for item in page.items],
    }
    following = articles.next_url(page, "json")
    return json.dumps(data | ({"next_url": following} if following else {}), ensure_ascii=False, indent=1).encode()


def _item(article: dict[str, Any]) -> dict[str, Any]:
    ours = {key: article[key] for key in ("status", "version", "sequence", "item_url")}
    item: dict[str, Any] = {
        "id": article["id"],
        "date_published": article["published"],
        "date_modified": article["updated"],
        "content_text": "",
        "_pejlemaerke": ours,
    }
    if "body" not in article:  # withdrawn: no text, and the date says since when
        return item
    ours |= {name: article[name] for name in ("visibility", "embargo_until", "places")}
    ours["images"] = [{"url": one["url"], "credit": one["credit"]} for one in article["images"] if one["credit"]]
    item |= {
        "url": article["url"] or article["item_url"],
        "title": article["title"],
        "summary": article["summary"],
        "content_html": article["body"]["html"],
        "content_text": article["body"]["text"],
        "language": article["language"],
        "tags": [*article["themes"], *article["units"], *article["places"]],
        "attachments": [
            {"url": one["url"], "mime_type": one["mime"], "size_in_bytes": one["bytes"], "title": one["alt"]}
            for one in article["images"]
        ],
    }
    if article["images"]:
        item["image"] = article["images"][0]["url"]
    return item
