"""An open address for one image or video, for platforms that take no bytes but fetch them: ``limits.fetches_media``.

It is signed, names one delivery and one image (or the video) of it, and is good for an hour at most and only while that
delivery is being sent (``views.open_media``). Whoever does not have it can find nothing: there is no list, and it is in
no index.
"""

from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from publishing import connections
from publishing.errors import Words
from publishing.message import Media, Video

GOOD_FOR = timedelta(hours=1)
ENDINGS = {
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
    "video/mp4": "mp4",
    "video/quicktime": "mov",
}
OURS_ALONE = ("localhost", ".local", ".internal", ".lan", ".home.arpa")
_signer = signing.TimestampSigner(salt="publishing.open_media")


def address(media: Media | Video, key: UUID) -> str:
    """Where a platform may fetch this image from now on, for the delivery with this key."""
    return _address(_signer.sign(f"{key.hex}-{media.sha256}"), media)


def described(media: Media | Video, token: str) -> str:
    """The same address in a described request, with something else where its signature stands."""
    return _address("0", media).replace("/0.", f"/{token}.")


def opened(token: str) -> tuple[UUID, str] | None:
    """The delivery's key and the image's SHA-256; None for what we did not sign, or too long ago."""
    try:
        key, _dash, sha256 = _signer.unsign(token, max_age=GOOD_FOR).partition("-")
        return UUID(key), sha256
    except (signing.BadSignature, ValueError):
        return None


def problem() -> Words:
    """Why no platform can fetch anything from here; empty when it can, as far as an address tells."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme == "https" and _is_public(parts.hostname or ""):
        return ""
    return _(
        "The platform fetches images and videos from this site: "
        "BASE_URL must be an https address that the whole internet reaches."
    )


def _address(token: str, media: Media | Video) -> str:
    path = reverse("open_media", args=[token, ENDINGS.get(media.mime, "bin")])
    return f"{settings.BASE_URL.rstrip('/')}{path}"


def _is_public(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return "." in host and not f".{host}".endswith(OURS_ALONE)
    return connections.is_public(host)
