"""What a collection holds beside Wagtail's own images and documents: with any of it, it is not deleted."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import ngettext
from wagtail.models import Collection

from cms.models import StandingPicture, Video


def videos(collection: Collection) -> dict[str, Any] | None:
    return _told(Video, collection, lambda count: ngettext("%(count)s video", "%(count)s videos", count))


def standing_pictures(collection: Collection) -> dict[str, Any] | None:
    return _told(
        StandingPicture,
        collection,
        lambda count: ngettext(
            "%(count)s image that the website showed before it was replaced",
            "%(count)s images that the website showed before they were replaced",
            count,
        ),
    )


def _told(model: Any, collection: Collection, words: Callable[[int], str]) -> dict[str, Any] | None:
    count = model.objects.filter(collection=collection).count()
    return {"count": count, "count_text": words(count) % {"count": count}} if count else None
