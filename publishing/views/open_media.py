"""The bytes of one image or video of a delivery being sent, for the platform that carries it. No login; else 404."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponseNotFound
from django.http.response import HttpResponseBase

from publishing import open_media, ranges
from publishing.errors import ChannelMisconfigured
from publishing.message import Media, Video
from publishing.models import Delivery

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def show(request: HttpRequest, token: str, ending: str) -> HttpResponseBase:
    """Whole, or the one range that was asked for."""
    found = open_media.opened(token)
    if request.method not in ("GET", "HEAD") or found is None:
        return _nothing()
    key, sha256 = found
    delivery = Delivery.objects.being_sent().filter(key=key).first()
    media = next((item for item in _media(delivery) if item.sha256 == sha256), None)
    if media is None or open_media.ENDINGS.get(media.mime, "bin") != ending:
        return _nothing()
    try:
        return ranges.answer(request.headers.get("Range", ""), media.size, media.mime, media.blocks, HEADERS)
    except ChannelMisconfigured:
        return _nothing()


def _media(delivery: Delivery | None) -> Iterator[Media | Video]:
    """What the platform may fetch of it."""
    if delivery is not None:
        message = delivery.message
        yield from message.media
        if message.video is not None:
            yield message.video
            yield from filter(None, [message.video.poster])


def _nothing() -> HttpResponseNotFound:
    """For machines: a line, not the site's page."""
    headers = {**HEADERS, "Accept-Ranges": "bytes"}
    return HttpResponseNotFound("Not found.\n", content_type="text/plain", headers=headers)
