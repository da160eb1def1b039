"""The video of a page, its poster and its captions: for the public while a live page shows it, for staff before.

And what else was frozen at an approval and has an address: the pictures in a text that was sent.
"""

import logging
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers, patch_cache_control
from django.views.decorators.http import require_safe

from cms import films, public, sent_pictures
from cms.models import Video
from cms.views.files import SECONDS
from publishing import message, ranges
from publishing.errors import ChannelMisconfigured
from publishing.message import Media

HEADERS = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
logger = logging.getLogger(__name__)


@require_safe
def film(request: HttpRequest, page_id: int, name: str) -> HttpResponseBase:
    """A part of it as players ask for it, or 404 without saying which of both it is: not there, or not for you."""
    page, everybody = public.page_to_read(page_id, request)
    item = films.found(page, name) if page is not None else None
    if item is None:
        raise Http404("No such file.")
    response = _captions(item) if isinstance(item, str) else _frozen(request, item)
    if everybody:
        patch_cache_control(response, public=True, max_age=SECONDS)
    else:
        add_never_cache_headers(response)
    return response


@require_safe
def sent_picture(request: HttpRequest, page_id: int, name: str) -> HttpResponseBase:
    """A picture in a text that was sent, as it was approved; whoever has the text has its address."""
    media = sent_pictures.found(page_id, name)
    if media is None:
        raise Http404("No such file.")
    response = _frozen(request, media)
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response


@require_safe
def frozen(request: HttpRequest, token: str) -> HttpResponseBase:
    """What was frozen at an approval. Whoever was shown the address may see it: signed, and only for the admin."""
    known = films.opened(token)
    if known is None:
        raise Http404("No such file.")
    sha256, mime, size = known
    facts = {"sha256": sha256, "mime": mime, "size": size, "width": 0, "height": 0, "filename": ""}
    item = (
        message.Video(**facts, milliseconds=0, description="") if mime.startswith("video/") else Media(**facts, alt="")
    )
    response = _frozen(request, item)
    add_never_cache_headers(response)
    return response


@require_safe
def captions(request: HttpRequest, video_id: int) -> HttpResponseBase:
    """Of the library, as they are now: for previews."""
    response = _captions(get_object_or_404(Video, pk=video_id).captions)
    add_never_cache_headers(response)
    return response


def _captions(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/vtt; charset=utf-8", headers=HEADERS)


def _frozen(request: HttpRequest, item: message.Video | Media) -> HttpResponseBase:
    try:
        return _proved(request, item, HEADERS)
    except ChannelMisconfigured as error:
        logger.error("%s %s", error.summary, item.sha256)
        raise Http404("No such file.") from error


def _proved(request: HttpRequest, item: message.Video | Media, headers: Mapping[str, str]) -> HttpResponseBase:
    elsewhere = films.accelerated(item.sha256)
    if elsewhere:
        item.blocks(0, 0)  # proves it
        return HttpResponse(content_type=item.mime, headers={**headers, "X-Accel-Redirect": elsewhere})
    return ranges.answer(request.headers.get("Range", ""), item.size, item.mime, item.blocks, headers)
