"""An image of the library as one channel takes it: looked at before approval and frozen at it, the same bytes twice.

A video goes as it is: it is described by what the library knows of it, and its bytes are kept once, at the approval.
"""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.files.storage import storages
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.images import get_image_model

from cms import cropping, pictures
from cms.cropping import Box
from cms.pictures import Bounds, CannotCarry, Carried
from publishing.adapters.base import Limits
from publishing.errors import ChannelMisconfigured, Words
from publishing.message import Media, Video
from publishing.models import Channel

KEPT = 12  # pictures a process: who looks, looks again and then approves
SECONDS = 3600
SIGNER = Signer(salt="cms.carrying")
POSTER = Limits(images=1, image_types=("image/jpeg",), image_side=1280)  # what every platform takes


Freezer = Callable[[Any, str, Limits, Box | None], Media | None]


def box_for(page: Any, channel: Channel, image: Any) -> Box | None:
    """The part of the image that the channel shows; None for all of it."""
    variant = next((variant for variant in page.variants.all() if variant.channel_id == channel.pk), None)
    return cropping.box_for(variant, image, channel.limits)


def freeze(image: Any, alt: str, limits: Limits, box: Box | None) -> Media:
    """The image as this channel takes it, its bytes kept in the outbox storage. PermissionDenied when it cannot be."""
    try:
        made = carried(image, limits, box)
    except CannotCarry as error:
        raise PermissionDenied(error.sentence) from error
    name = _filename(image, made.mime)
    return Media.freeze(made.content, mime=made.mime, width=made.width, height=made.height, filename=name, alt=alt)


def measure(image: Any, alt: str, limits: Limits, box: Box | None) -> Media | None:
    """The same description, but nothing is kept: for previews and questions. None when it cannot be carried."""
    known = repr((image.file.name, image.file_hash, Bounds.of(limits), box))
    key = f"measured:{hashlib.sha256(known.encode()).hexdigest()}"
    values = cache.get(key)
    if values is None:
        try:
            made = carried(image, limits, box)
        except CannotCarry:
            return None
        values = (hashlib.sha256(made.content).hexdigest(), made.mime, len(made.content), made.width, made.height)
        cache.set(key, values, SECONDS)
    sha256, mime, size, width, height = values
    return Media(sha256, mime, size, width, height, _filename(image, mime), alt)


def obstacle(image: Any, limits: Limits, box: Box | None) -> Words:
    """Why the channel cannot take it whole, as a sentence for the editor; empty when it can."""
    try:
        carried(image, limits, box)
    except CannotCarry as error:
        return error.sentence
    return ""


def address(image: Any, channel: Channel, box: Box | None, media: Media) -> str:
    """Where a preview finds the very bytes; signed, so that it shows what somebody was shown and nothing else."""
    part = [box.x, box.y, box.width, box.height] if box else None
    return reverse("approval:picture", args=[SIGNER.sign_object([image.pk, channel.pk, part, media.sha256])])


def looked_at(token: str) -> Carried:
    """What ``address`` leads to. LookupError when it is forged, or not what is made today."""
    try:
        image_id, channel_id, part, sha256 = SIGNER.unsign_object(token)
        image = get_image_model().objects.get(pk=image_id)
        channel = Channel.objects.get(pk=channel_id)
        made = carried(image, channel.limits, Box(*part) if part else None)
    except (BadSignature, ObjectDoesNotExist, CannotCarry) as error:
        raise LookupError("No such picture.") from error
    if hashlib.sha256(made.content).hexdigest() != sha256:
        raise LookupError("The picture is another one by now.")
    return made


def carried(image: Any, limits: Limits, box: Box | None) -> Carried:
    """The very bytes. CannotCarry, with a sentence for the editor, when the channel cannot take it whole."""
    return _made(image.file.name, image.file_hash, Bounds.of(limits), box)


@lru_cache(KEPT)
def _made(name: str, file_hash: str, bounds: Bounds, box: Box | None) -> Carried:
    """A file of the library is never written over, so its name and hash stand for it."""
    with get_image_model()._meta.get_field("file").storage.open(name) as file:
        return pictures.carry(file.read(), bounds, box)


def _filename(image: Any, mime: str) -> str:
    return f"image-{image.pk}.{mime.removeprefix('image/')}"


def film(row: Any, poster: Media | None) -> Video:
    """A video of the library as a message carries it. Nothing is read: its hash was taken when it came in."""
    return Video(
        sha256=row.sha256,
        mime=row.mime,
        size=row.size,
        width=row.width,
        height=row.height,
        milliseconds=row.milliseconds,
        filename=f"video-{row.pk}.{row.file.name.rpartition('.')[2]}",
        description=row.description.strip(),
        captions=row.captions,
        captions_language=row.captions_language,
        in_picture=row.in_picture,
        speechless=row.speechless,
        poster=poster,
    )


def box_of_poster(image: Any, row: Any) -> Box:
    """The part of a picture that has the shape of the video, round what must be seen of it."""
    return cropping.around((image.width, image.height), row.width / row.height, cropping.focus_of(image))


def keep(row: Any) -> None:
    """The very bytes that were looked at lie in the outbox storage from now on. PermissionDenied when they cannot."""
    known, storage = film(row, None), storages["outbox"]
    if storage.exists(row.sha256):
        try:
            known.part(0, 0)  # proves them
            return
        except ChannelMisconfigured:  # half written, when a process was killed
            storage.delete(row.sha256)
    try:
        with row.file.open("rb") as file:
            values = {**vars(known)}
            del values["sha256"], values["size"]
            kept = Video.freeze(file, **values)
    except FileNotFoundError as error:
        raise PermissionDenied(_("The file of the video is gone from the library. Upload it again.")) from error
    if kept != known:
        raise PermissionDenied(_("The file of the video is another one than when it came in. Upload it again."))
