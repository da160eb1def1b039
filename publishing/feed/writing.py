"""The three documents of a feed, by form: their content type and who writes them."""

from collections.abc import Callable

from publishing.feed import articles, atom, json_feed
from publishing.feed.asking import Page

WRITERS: dict[str, tuple[str, Callable[[Page], bytes]]] = {
    "json": ("application/feed+json; charset=utf-8", json_feed.write),
    "atom": ("application/atom+xml; charset=utf-8", atom.write),
    "articles": ("application/json; charset=utf-8", articles.write),
}


def write(form: str, page: Page) -> tuple[str, bytes]:
    """Content type and bytes."""
    content_type, writer = WRITERS[form]
    return content_type, writer(page)
