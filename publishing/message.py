"""A Message: what one channel will carry, frozen at approval and sent byte for byte.

Pure values. A message knows how to become JSON and back, and its own SHA-256: the worker recomputes it before every
send, so that nothing that was not approved can leave.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from publishing.media import Media
from publishing.video import Video

__all__ = ["Media", "Message", "Video"]


MENTION = "mention "
APART = re.compile(r"<(?=/?(?:p|div|h[1-6]|li|blockquote|figcaption|br)\b)", re.IGNORECASE)


def mention_of(handle: str) -> str:
    """The name in ``Message.extra`` of the permanent name that a handle in the text stands for."""
    return f"{MENTION}{handle}"


@dataclass(frozen=True)
class Message:
    """What was approved for one channel.

    ``text`` is the post without the link unless the writer put it there; ``title``, ``summary`` and ``html`` serve
    channels that carry articles (e-mail, webhook). ``language`` is a BCP 47 tag. ``extra`` holds kind-specific,
    approved choices as strings (visibility, embargo line, subject).
    """

    text: str
    link: str = ""
    title: str = ""
    summary: str = ""
    html: str = ""
    language: str = "da"
    media: tuple[Media, ...] = ()
    embargo_until: datetime | None = None  # UTC
    revision: int | None = None  # wagtailcore.Revision, for the website
    extra: Mapping[str, str] = field(default_factory=dict)
    video: Video | None = None

    def mentions(self) -> dict[str, str]:
        """Handle to permanent name of the accounts that the text mentions."""
        return {name.removeprefix(MENTION): who for name, who in self.extra.items() if name.startswith(MENTION)}

    def lead(self) -> str:
        """What stands above the article: the text, unless the article begins with its very words."""
        said, told = self.text.split(), unescape(strip_tags(APART.sub(" <", self.html))).split()
        return "" if said and told[: len(said)] == said else self.text

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; ``from_json`` gives an equal message back."""
        data = asdict(self)
        data["extra"] = dict(self.extra)
        data["media"] = [item.to_json() for item in self.media]
        data["embargo_until"] = self.embargo_until.isoformat() if self.embargo_until else None
        if self.video is None:  # left out: what was approved before there was video keeps its hash
            del data["video"]
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Message":
        """The message that ``to_json`` described; unknown keys are an error, not ignored."""
        values = dict(data)
        values["media"] = tuple(Media(**item) for item in values.get("media", ()))
        moment = values.get("embargo_until")
        values["embargo_until"] = datetime.fromisoformat(moment) if moment else None
        if "video" in values:
            values["video"] = Video.from_json(values["video"])
        return cls(**values)

    def sha256(self) -> str:
        """Hash of the canonical JSON (sorted keys, no spaces, UTF-8)."""
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
