"""Images and videos on their way to a server with Mastodon's API, before the post that shows them.

::

    upload, all in one request --> 202: look, look, ... --> ready
          '-- 200: ready'

A server may want time (202); Mastodon takes it for video. Then nothing has been posted: what the uploads are called is
written down (``Prepared``) and looked at by later claims. A video is posted by a claim of its own, since its upload may
have used up most of an attempt's time: Mastodon takes it in one request only, so ``http.carries`` limits its size.
Unused uploads are harmless; Mastodon forgets them after a day. See https://docs.joinmastodon.org/methods/media/.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import bodies, http
from publishing.adapters import fitting, video_steps
from publishing.adapters.base import Prepared, Receipt, Request
from publishing.adapters.fediverse import MEDIA, Server
from publishing.errors import ContentRejected, TemporaryError, Words
from publishing.message import Media, Message, Video

KEPT = timedelta(hours=20)  # what was uploaded so long ago is uploaded anew
GONE: Words = _("The platform does not know what was uploaded any more; it is uploaded anew.")
UPLOADED = "/api/v1/media"


def described(server: Server, message: Message) -> list[Request]:
    """The uploads; a server that wants time is asked besides how far it is."""
    found = [server.described(MEDIA, _told(media.alt, media)) for media in message.media]
    if message.video is not None:
        found.append(server.described(MEDIA, _told(message.video.description, message.video)))
    return found


def ready(server: Server, message: Message, prepared: Mapping[str, Any]) -> list[str] | Prepared:
    """The ids of what can be posted, in order, or what has been done so far."""
    now = datetime.now(UTC)
    if not prepared.get("media") or now - video_steps.since(prepared, now) > KEPT:
        return _uploaded(server, message, now)
    if prepared.get("ready"):
        return list(prepared["media"])
    if all(_is_ready(server, made) for made in prepared["media"]):
        return Prepared(now, {**prepared, "ready": True})
    again = video_steps.look_again(video_steps.since(prepared, now), now)
    if again is None:
        raise TemporaryError(_("The platform has not finished with what was uploaded."), afresh=True)
    return Prepared(again, prepared)


def is_gone(server: Server, prepared: Mapping[str, Any]) -> bool:
    """Whether the server has forgotten something of it."""
    return any(server.call("GET", f"{UPLOADED}/{made}").status == 404 for made in prepared.get("media") or ())


def kept(server: Server, message: Message, receipt: Receipt) -> list[str]:
    """The video that the post shows already, when it is the one of ``message``: so it need not go up again."""
    told = receipt.details.get("video") or {}
    if message.video is None or told.get("sha256") != message.video.sha256:
        return []
    there = server.look(receipt.remote_id) or {}
    return [told["id"]] if told["id"] in [item.get("id") for item in there.get("media_attachments", [])] else []


def details(message: Message, status: Mapping[str, Any]) -> dict[str, Any]:
    """For the receipt: what the video of this status is called, for a later correction."""
    ids = [str(item.get("id")) for item in status.get("media_attachments") or []]
    return {"video": {"sha256": message.video.sha256, "id": ids[0]}} if message.video is not None and ids else {}


def _uploaded(server: Server, message: Message, now: datetime) -> list[str] | Prepared:
    files: list[tuple[Media | Video, str]] = [(media, media.alt) for media in message.media]
    files += [(message.video, message.video.description)] if message.video is not None else []
    answered = [_upload(server, file, words) for file, words in files]
    ids = [str(response.get("id")) for response in answered]
    made = {"media": ids, "since": now.isoformat()}
    if any(response.status == 202 for response in answered):
        return Prepared(now + video_steps.SOONEST, made)
    return Prepared(now, {**made, "ready": True}) if message.video is not None else ids


def _upload(server: Server, file: Media | Video, words: str) -> http.Response:
    """What the server says of an image or a video; nothing can be seen of it yet."""
    timeout = http.upload_timeout() if isinstance(file, Video) else http.TIMEOUT
    files = {"file": file, **({"thumbnail": file.poster} if isinstance(file, Video) and file.poster else {})}
    body, mime = bodies.form({"description": words}, files)
    response = server.call("POST", MEDIA, data=body, headers={"Content-Type": mime}, timeout=timeout)
    server.check(response).get("id")
    if (response.data().get("description") or "").strip() != words.strip():
        raise ContentRejected(_("The platform does not take the description of an image or a video."), response.where)
    return response


def _is_ready(server: Server, made: str) -> bool:
    response = server.call("GET", f"{UPLOADED}/{made}")
    if response.status == 404:
        raise TemporaryError(GONE, response.where, afresh=True)
    if response.status == 422:
        why = f"{response.where}: {response.data().get('error', '')}"[:300]
        raise ContentRejected(_("The platform cannot use an image or the video."), why, afresh=True)
    return server.check(response).status == 200 and bool(response.data().get("url"))


def _told(words: str, file: Media | Video) -> dict[str, object]:
    poster = file.poster if isinstance(file, Video) else None
    files = {"file": file, **({"thumbnail": poster} if poster is not None else {})}
    return {"description": words, **{name: fitting.described(item) for name, item in files.items()}}
