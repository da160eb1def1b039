"""The account's own posts on Instagram and Threads, for finding what became of a lost answer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import own_posts
from publishing.adapters.base import Absent, CannotTell
from publishing.adapters.meta_api import Graph

PAGES, SIZE = 3, 50

Post = Mapping[str, Any]


@dataclass(frozen=True)
class Own:
    """``path`` is where they are listed, newest first; ``text`` is the field with their words."""

    graph: Graph
    path: str
    text: str
    fields: str = "id,permalink,timestamp"

    def sought(self, text: str, since: datetime) -> Post | Absent | CannotTell:
        """The one with this text, the oldest if there are two; else what can be said about it."""
        posts, complete = self._since(since - own_posts.CLOCKS_DIFFER)
        return own_posts.sought(
            posts,
            complete=complete,
            is_same=lambda post: is_same(text, post.get(self.text)),
            is_alike=lambda post: own_posts.is_alike(own_posts.bare(text), _bare(post.get(self.text))),
            evidence=self._evidence,
            absent=_("It is not among the account's posts."),
        )

    def _since(self, since: datetime) -> tuple[list[Post], bool]:
        """What was posted since then, newest first, and whether that is all."""
        query = {"fields": f"{self.fields},{self.text}", "limit": str(SIZE)}
        found: list[Post] = []
        for _page in range(PAGES):
            response = self.graph.get(self.path, **query)
            page = response.get("data")
            new = [post for post in page if _moment(post) >= since]
            found += new
            paging = response.data().get("paging") or {}
            if len(new) < len(page) or not paging.get("next"):
                return found, True
            query["after"] = str(paging["cursors"]["after"])
        return found, False

    def _evidence(self, post: Post) -> Mapping[str, str]:
        names = {"text": self.text, "permalink": "permalink", "at": "timestamp"}
        return {ours: str(post.get(theirs) or "") for ours, theirs in names.items()}


def is_same(ours: str, theirs: object) -> bool:
    """Whether both say the same, whatever the platform made of white space."""
    return own_posts.bare(ours) == _bare(theirs)


def _bare(told: object) -> str:
    return own_posts.bare(str(told or ""))


def _moment(post: Post) -> datetime:
    return datetime.fromisoformat(str(post["timestamp"]))
