"""A video of Bluesky (lexicon ``app.bsky.embed.video``): a blob like an image, with its captions as blobs beside it.

The simple one of the two ways that Bluesky describes (https://docs.bsky.app/docs/tutorials/video): the video goes to
the account's own server, in one request, so ``http.carries`` limits its size; Bluesky makes its versions of it when the
post is first seen. The post is written by a claim of its own, since the upload may have used up most of an attempt's
time. Blobs are addressed by their content, so the whole record is known before anything is sent.
"""

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import bodies, http
from publishing.adapters import atproto, fitting, rich_text
from publishing.adapters.atproto import Pds
from publishing.adapters.base import Prepared, Problem, Request
from publishing.adapters.bluesky_blobs import UPLOAD, blob, upload
from publishing.errors import ContentRejected
from publishing.message import Video

EMBED, CAPTIONS = "app.bsky.embed.video", "text/vtt"
GRAPHEMES, CAPTION_BYTES = 1000, 20_000  # of the description, of the captions


def problems(video: Video) -> Iterator[Problem]:
    """What only this platform minds."""
    if rich_text.graphemes(video.description) > GRAPHEMES:
        sentence = _("What is said of the video has more than %(most)s characters.")
        yield Problem("video", sentence % {"most": GRAPHEMES}, "video_description_too_long")
    if len(video.captions.encode()) > CAPTION_BYTES:
        sentence = _("The captions take more than %(most)s bytes. Shorten them or the video.")
        yield Problem("video", sentence % {"most": CAPTION_BYTES}, "captions_too_long")


def described(pds: Pds, video: Video) -> list[Request]:
    """The uploads, the small one first."""
    found = [pds.described(UPLOAD, fitting.described(video), video.mime)]
    if video.captions:
        told = {"sha256": _sha256(video.captions), "mime": CAPTIONS, "size": len(video.captions.encode())}
        found.insert(0, pds.described(UPLOAD, told, CAPTIONS))
    return found


def embed(video: Video) -> dict[str, Any]:
    """The part of the record that shows it."""
    size = len(video.captions.encode())
    track = {"lang": video.captions_language, "file": blob(_sha256(video.captions), CAPTIONS, size)}
    return {
        "$type": EMBED,
        "video": blob(video.sha256, video.mime, video.size),
        "alt": video.description,
        "aspectRatio": {"width": video.width, "height": video.height},
        **({"captions": [track]} if video.captions else {}),
    }


def made_ready(pds: Pds, video: Video, prepared: Mapping[str, Any]) -> Prepared | None:
    """Upload it; None once the post can be written."""
    if prepared.get("blob") == atproto.cid(video.sha256):
        return None
    if video.captions:
        _upload(pds, CAPTIONS, _sha256(video.captions), data=video.captions.encode())
    _upload(pds, video.mime, video.sha256, data=bodies.of(video), timeout=http.upload_timeout())
    return Prepared(datetime.now(UTC), {"blob": atproto.cid(video.sha256)})


def _upload(pds: Pds, mime: str, sha256: str, **content: Any) -> None:
    response = upload(pds, sha256, mime, lost=_("The video did not arrive whole on the platform."), **content)
    if (found := response.get("blob", "mimeType")) != mime:  # it looks into the file
        raise ContentRejected(_("The platform takes the video for one of another type."), f"{found}, not {mime}")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
