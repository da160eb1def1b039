"""The video of a page on the website: the very bytes and captions that were approved, only while the page is live.

The library may have changed since, and is not asked: what a live page shows was frozen when it was approved.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from cms import carrying, public, rendering, standing
from cms.videos import captions
from publishing.message import Media, Message, Video
from publishing.models import Channel
from publishing.open_media import ENDINGS

LETTERS = 16  # of a hash, in an address
SIGNER = Signer(salt="cms.films")


@dataclass(frozen=True)
class Film:
    """Where a player finds a video, and what stands below it."""

    video: Video
    address: str
    poster: str  # an address; empty for none
    track: str  # the same of the captions

    @property
    def language(self) -> str:
        """Of the captions, by its own name."""
        return str(get_language_info(self.video.captions_language)["name_local"]).capitalize()

    @property
    def length(self) -> str:
        minutes, seconds = divmod(round(self.video.seconds), 60)
        return f"{minutes}:{seconds:02}"

    @property
    def transcript(self) -> list[str]:
        """What is said, a line each."""
        return captions.transcript(self.video.captions)


def approved(page: Any) -> Video | None:
    """What was approved for the version of a page that is on the website."""
    if page.video_id is None or page.live_revision_id is None:
        return None
    given = standing.on_air([page]).get(page.pk)
    messages = given.messages if given is not None else {}
    channels = Channel.objects.in_bulk([int(pk) for pk, message in messages.items() if "video" in message])
    for pk, channel in channels.items():
        if channel.limits.publishes_page:
            return Message.from_json(messages[str(pk)]).video
    return None


def shown_by(row: Any) -> Any | None:
    """A page on the website that shows this video of the library; None when there is none."""
    pages = (kind.objects.filter(live=True, video=row).first() for kind in public.KINDS)
    return next((page for page in pages if page is not None), None)


def in_use(row: Any, page: Any) -> str:
    words = {"video": row.title, "title": page.title}
    return _("“%(video)s” is on the website, in “%(title)s”: take that down before you delete the video.") % words


def of_page(page: Any, request: HttpRequest) -> Film | None:
    """For the page as it is shown: what was approved, or in a preview what stands in the form."""
    if getattr(request, "is_preview", False):
        return of_draft(page)
    video = approved(page)
    if video is None:
        return None
    poster = _public(page, _name(video.poster.sha256, video.poster.mime)) if video.poster else ""
    track = _public(page, captions_name(video)) if video.captions else ""
    return Film(video, _public(page, _name(video.sha256, video.mime)), poster, track)


def of_draft(page: Any, video: Video | None = None) -> Film | None:
    """For staff: from the library, as it is now. ``video`` is what a channel would carry of it, if it is known."""
    row = page.video
    if row is None:
        return None
    image, _alt = rendering.poster_for(page)
    poster = image.get_rendition("max-1280x1280").url if image is not None else ""
    track = reverse("approval:captions", args=[row.pk]) if row.captions else ""  # a preview takes nothing else
    return Film(video or carrying.film(row, None), row.file.url, poster, track)


def leaves_the_image(page: Any) -> bool:
    """Whether the image is shown beside the video, and does not stand for it before it plays."""
    return page.video is None or page.video.poster is not None


def of_message(video: Video | None) -> Film | None:
    """For staff: what was frozen."""
    if video is None:
        return None
    poster = _frozen(video.poster) if video.poster is not None else ""
    return Film(video, _frozen(video), poster, captions.as_address(video.captions))


def _frozen(item: Video | Media) -> str:
    return reverse("approval:film", args=[SIGNER.sign_object([item.sha256, item.mime, item.size])])


def opened(token: str) -> tuple[str, str, int] | None:
    """SHA-256, MIME type and size of what ``of_message`` led to; None for a forged address."""
    try:
        sha256, mime, size = SIGNER.unsign_object(token)
    except BadSignature:
        return None
    return sha256, mime, size


def found(page: Any, name: str) -> Video | Media | str | None:
    """What lies behind the public address of this name: the video, its poster or its captions."""
    video = approved(page)
    if video is None:
        return None
    if name == captions_name(video) and video.captions:
        return video.captions
    items = (item for item in (video, video.poster) if item is not None)
    return next((item for item in items if _name(item.sha256, item.mime) == name), None)


def captions_name(video: Video) -> str:
    return f"{hashlib.sha256(video.captions.encode()).hexdigest()[:LETTERS]}.vtt"


def _name(sha256: str, mime: str) -> str:
    return f"{sha256[:LETTERS]}.{ENDINGS[mime]}"


def _public(page: Any, name: str) -> str:
    return reverse("newsroom_film", args=[page.pk, name])


def accelerated(sha256: str) -> str:
    """Where nginx finds the frozen file itself (OUTBOX_ACCEL_PREFIX); empty when we send it."""
    return f"{settings.OUTBOX_ACCEL_PREFIX}{sha256}" if settings.OUTBOX_ACCEL_PREFIX else ""
