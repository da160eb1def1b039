"""An image of the library as one channel takes it: looked at before approval and frozen at it, the same bytes twice."""

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.core.cache import cache
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.core.signing import BadSignature, Signer
from django.urls import reverse
from wagtail.images import get_image_model

from cms import cropping, pictures
from cms.cropping import Box
from cms.pictures import Bounds, CannotCarry, Carried
from publishing.adapters.base import Limits
from publishing.errors import Words
from publishing.message import Media
from publishing.models import Channel

KEPT = 12  # pictures a process: who looks, looks again and then approves
SECONDS = 3600
SIGNER = Signer(salt="cms.carrying")


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
