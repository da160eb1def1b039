"""What a server with Mastodon's API says of its limits. See https://docs.joinmastodon.org/methods/instance/."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting
from publishing.adapters.fediverse import Server
from publishing.errors import ChannelMisconfigured

KEEP_KEYS = ("hollo", "mastodon")  # merge a repeat with the same Idempotency-Key, for an hour


def learn(server: Server) -> dict[str, Any]:
    """What this server allows, as it says itself; what it does not say is left out."""
    response = server.call("GET", "/api/v2/instance")
    if response.status == 404:
        response = server.call("GET", "/api/v1/instance")
    if response.status == 404:
        raise ChannelMisconfigured(_("There is no Mastodon at this address: check the server."), server.base)
    told = server.check(response).json()
    software = _software(server)
    found = {
        "characters": _number(told, "statuses", "max_characters") or _number(told, "max_toot_chars"),
        "images": _number(told, "statuses", "max_media_attachments"),
        "image_bytes": _number(told, "media_attachments", "image_size_limit"),
        "image_pixels": _number(told, "media_attachments", "image_matrix_limit"),
        "alt_text": _number(told, "media_attachments", "description_limit"),
        "video_bytes": _number(told, "media_attachments", "video_size_limit"),
        "video_pixels": _number(told, "media_attachments", "video_matrix_limit"),
        "image_types": _types(told, "image/") or None,
        "video_types": _types(told, "video/"),  # none is an answer too
        # Only Mastodon itself counts every link as the same; others say a figure and count them whole.
        "url_characters": software == "mastodon" and _number(told, "statuses", "characters_reserved_per_url"),
        "keeps_keys": software in KEEP_KEYS,
    }
    return {name: value for name, value in found.items() if value or value == []}


def _software(server: Server) -> str:
    told = server.call("GET", "/nodeinfo/2.0").data().get("software")
    return str(told.get("name", "")) if isinstance(told, dict) else ""


def _number(told: Any, *path: str) -> int | None:
    value = told if len(path) == 1 else told.get("configuration", {})
    for step in path:
        value = value.get(step) if isinstance(value, dict) else None
    return fitting.number(value)


def _types(told: Mapping[str, Any], family: str) -> list[str] | None:
    """Of images or of videos; None when the server does not say what it takes."""
    types: Iterable[Any] = told.get("configuration", {}).get("media_attachments", {}).get("supported_mime_types") or []
    return sorted(str(item) for item in types if str(item).startswith(family)) if types else None
