"""Whose feed is asked for, and with which key."""

import base64
import binascii

from django.http import Http404, HttpRequest

from publishing.adapters.feed import LiveFeed
from publishing.models import Channel, FeedKey


class NeedsKey(Exception):
    """There is no key, or one that opens nothing: all the same to whoever asks."""


def channel_of(slug: str) -> Channel:
    """The channel of a feed; its history stays to be read when it is out of use."""
    channel = Channel.objects.filter(slug=slug, kind=LiveFeed.kind).first()
    if channel is None:
        raise Http404
    return channel


def key_of(request: HttpRequest, channel: Channel) -> FeedKey | None:
    """The key that somebody shows; None for the public. NeedsKey for a wrong one, and where nobody comes in without."""
    shown = _shown(request)
    key = FeedKey.objects.filter(channel=channel).of(shown)  # type: ignore[attr-defined]
    if key is None and (shown or channel.config.get("audience") == "press"):
        raise NeedsKey
    found: FeedKey | None = key
    return found


def _shown(request: HttpRequest) -> str:
    """From ``Authorization``: Bearer, or Basic with the key as password, as readers of feeds know it. Never the URL."""
    scheme, _space, value = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return value.strip() or "-"
    if scheme.lower() != "basic":
        return "-" if scheme else ""
    try:
        return base64.b64decode(value, validate=True).decode().partition(":")[2] or "-"
    except (binascii.Error, UnicodeDecodeError):
        return "-"
