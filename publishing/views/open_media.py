"""The bytes of one image of a delivery that is being sent, for the platform that carries it. No login; else 404."""

import re

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound

from publishing import open_media
from publishing.errors import ChannelMisconfigured
from publishing.models import Delivery

HEADERS = {
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, no-store",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow",
}


def show(request: HttpRequest, token: str, ending: str) -> HttpResponse:
    """Whole, or the one range that was asked for."""
    found = open_media.opened(token)
    if request.method not in ("GET", "HEAD") or found is None:
        return _nothing()
    key, sha256 = found
    delivery = Delivery.objects.being_sent().filter(key=key).first()
    media = next((item for item in delivery.message.media if item.sha256 == sha256), None) if delivery else None
    if media is None or open_media.ENDINGS.get(media.mime, "bin") != ending:
        return _nothing()
    try:
        content = media.read()
    except ChannelMisconfigured:
        return _nothing()
    return _part(request.headers.get("Range", ""), content, media.mime)


def _nothing() -> HttpResponse:
    """For machines: a line, not the site's page."""
    return HttpResponseNotFound("Not found.\n", content_type="text/plain", headers=HEADERS)


def _part(asked: str, content: bytes, mime: str) -> HttpResponse:
    """RFC 9110: a range that makes no sense, or several, are answered with the whole."""
    size, match = len(content), re.fullmatch(r"bytes=(\d*)-(\d*)", asked.strip(), re.ASCII)
    first, last = match.groups() if match else ("", "")
    if not first and not last:
        return _answer(content, mime, 200)
    start = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    if start >= size:
        return _answer(b"", mime, 416, {"Content-Range": f"bytes */{size}"})
    if end < start:
        return _answer(content, mime, 200)
    return _answer(content[start : end + 1], mime, 206, {"Content-Range": f"bytes {start}-{end}/{size}"})


def _answer(content: bytes, mime: str, status: int, more: dict[str, str] | None = None) -> HttpResponse:
    headers = {**HEADERS, "Content-Length": str(len(content)), **(more or {})}
    return HttpResponse(content, status=status, content_type=mime, headers=headers)
