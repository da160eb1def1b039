"""A Message: what one channel will carry, frozen at approval and sent byte for byte.

Pure values. A message knows how to become JSON and back, and its own SHA-256: the worker recomputes it before every
send, so that nothing that was not approved can leave.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from publishing.errors import ChannelMisconfigured


@dataclass(frozen=True)
class Media:
    """One image, pinned by the SHA-256 of its bytes; the bytes lie in the ``outbox`` storage under that name."""

    sha256: str
    mime: str
    size: int  # bytes
    width: int  # pixels
    height: int  # pixels
    filename: str
    alt: str  # empty only when decorative
    decorative: bool = False

    @classmethod
    def freeze(
        cls,
        content: bytes,
        *,
        mime: str,
        width: int,
        height: int,
        filename: str,
        alt: str,
        decorative: bool = False,
    ) -> "Media":
        """Store the bytes under their own hash (again is harmless) and return the pinned description."""
        sha256 = hashlib.sha256(content).hexdigest()
        storage = storages["outbox"]
        if not storage.exists(sha256):
            storage.save(sha256, ContentFile(content))
        return cls(sha256, mime, len(content), width, height, filename, alt, decorative)

    def read(self) -> bytes:
        """The bytes, proved to be the approved ones; ChannelMisconfigured if they are gone or changed."""
        try:
            with storages["outbox"].open(self.sha256) as file:
                content: bytes = file.read()
        except FileNotFoundError as error:
            raise ChannelMisconfigured("A frozen image is missing from the outbox storage.", self.sha256) from error
        if hashlib.sha256(content).hexdigest() != self.sha256:
            raise ChannelMisconfigured("A frozen image was changed after approval.", self.sha256)
        return content


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

    def to_json(self) -> dict[str, Any]:
        """Plain JSON; ``from_json`` gives an equal message back."""
        data = asdict(self)
        data["extra"] = dict(self.extra)
        data["media"] = [asdict(item) for item in self.media]
        data["embargo_until"] = self.embargo_until.isoformat() if self.embargo_until else None
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Message":
        """The message that ``to_json`` described; unknown keys are an error, not ignored."""
        values = dict(data)
        values["media"] = tuple(Media(**item) for item in values.get("media", ()))
        moment = values.get("embargo_until")
        values["embargo_until"] = datetime.fromisoformat(moment) if moment else None
        return cls(**values)

    def sha256(self) -> str:
        """Hash of the canonical JSON (sorted keys, no spaces, UTF-8)."""
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()
