"""The live feed for other systems: three documents, each item, its images, and the hub. Reads, and asks nobody.

Without a key one sees what is open to everybody. What was answered to a key is kept by nobody on the way.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers, set_response_etag
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from publishing.adapters.feed import LiveFeed
from publishing.errors import ChannelMisconfigured
from publishing.feed import addresses, articles, asking, hub, writing
from publishing.models import Channel, Feed, FeedItem, FeedKey
from publishing.models.feed_key import NOTED_EVERY
from publishing.views.feed_access import NeedsKey, channel_of, key_of

SHARED_SECONDS = 10
PICTURES = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})


def answered(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What all of it shares: refusals in JSON, a tag, 304 for who has it already, and how long others may keep it."""

    @wraps(view)
    def wrapper(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            channel = channel_of(slug)
            key = key_of(request, channel)
            response = view(request, channel, key, *args, **kwargs)
        except NeedsKey:
            response = refused(401, "A valid key is needed.")
            response["WWW-Authenticate"] = 'Bearer realm="live feed", Basic realm="live feed"'
            return response
        except asking.Unclear as error:
            return refused(400, str(error))
        patch_vary_headers(response, ["Authorization"])
        if key is not None:
            patch_cache_control(response, private=True, no_cache=True)
        else:
            patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS, must_revalidate=True)
            response["Access-Control-Allow-Origin"] = "*"
        if response.status_code != 200:
            return response
        set_response_etag(response)
        etag = response.get("ETag")
        return get_conditional_response(request, etag=etag, response=response) or response

    return wrapper


def refused(status: int, sentence: str) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})


@require_safe
@answered
def show(request: HttpRequest, channel: Channel, key: FeedKey | None, form: str) -> HttpResponse:
    """The latest, the next page, or what changed since."""
    now = timezone.now()
    feed, _made = Feed.objects.get_or_create(channel=channel)
    _note(feed, key, now)
    feed.channel = channel
    page = asking.page(feed, asking.Question.of(request.GET.dict()), press=key is not None, now=now)
    content_type, body = writing.write(form, page)
    response = HttpResponse(body, content_type=content_type)
    response["Link"] = f'<{page.at.hub}>; rel="hub", <{page.at.feed(form)}>; rel="self"'
    if page.updated is not None:
        response["Last-Modified"] = http_date(page.updated.timestamp())
    return response


@require_safe
@answered
def item(request: HttpRequest, channel: Channel, key: FeedKey | None, uuid: Any) -> HttpResponse:
    """One article; 410 with its tombstone when it was withdrawn."""
    found = _item(channel, key, uuid)
    withdrawn = found.status == FeedItem.Status.WITHDRAWN
    response = JsonResponse(articles.article(addresses.of(channel), found), status=410 if withdrawn else 200)
    response["Last-Modified"] = http_date(found.updated_at.timestamp())
    return response


@require_safe
@answered
def image(request: HttpRequest, channel: Channel, key: FeedKey | None, uuid: Any, sha256: str) -> HttpResponse:
    """The approved bytes of an image, as long as its item is there."""
    message = _item(channel, key, uuid).message
    media = next((one for one in message.media if one.sha256 == sha256), None) if message else None
    if media is None:
        raise Http404
    try:
        content = media.read()
    except ChannelMisconfigured:
        raise Http404 from None
    if media.mime not in PICTURES:
        return HttpResponse(content, content_type="application/octet-stream")
    return HttpResponse(content, content_type=media.mime)


@csrf_exempt
@require_http_methods(["POST"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """The hub. 202: the callback will be asked."""
    asked = request.POST
    topic = asked.get("hub.topic", "")
    channel, form = _topic(topic)
    if channel is None:
        return HttpResponse("hub.topic is none of our feeds.", status=404, content_type="text/plain")
    try:
        key = key_of(request, channel)
        if key is None and channel.config.get("hub") == "key":
            raise NeedsKey
        wish = hub.Asked(
            asked.get("hub.mode", ""),
            form,
            asked.get("hub.callback", ""),
            asked.get("hub.lease_seconds", ""),
            asked.get("hub.secret", ""),
            key,
        )
        hub.ask(Feed.objects.get_or_create(channel=channel)[0], wish, timezone.now())
    except NeedsKey:
        return HttpResponse("A valid key is needed.", status=403, content_type="text/plain")
    except hub.Refused as error:
        return HttpResponse(str(error), status=error.status, content_type="text/plain")
    return HttpResponse(status=202)


def _topic(address: str) -> tuple[Channel | None, str]:
    for channel in Channel.objects.usable().filter(kind=LiveFeed.kind, dry_run=False):
        form = addresses.of(channel).form_of(address)
        if form:
            return channel, form
    return None, ""


def _item(channel: Channel, key: FeedKey | None, uuid: Any) -> FeedItem:
    rows = FeedItem.objects.filter(feed__channel=channel).seen_by(press=key is not None, now=timezone.now())
    return get_object_or_404(rows, key=uuid)


def _note(feed: Feed, key: FeedKey | None, now: datetime) -> None:
    """That somebody asked, once a minute."""
    if key is not None:
        key.note_use(now)
    elif feed.last_fetched_at is None or feed.last_fetched_at <= now - NOTED_EVERY:
        long_ago = Q(last_fetched_at__isnull=True) | Q(last_fetched_at__lte=now - NOTED_EVERY)
        Feed.objects.filter(long_ago, pk=feed.pk).update(last_fetched_at=now)
