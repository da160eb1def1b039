"""A StandingPicture: a picture as it was approved for a live page, though the library shows another by now."""

from typing import Any, ClassVar

from django.db import models
from wagtail.images.models import AbstractImage, AbstractRendition


class StandingPicture(AbstractImage):
    """``stamp`` is what the approval calls it (``cms.fingerprints``). Nobody edits it, and no list shows it."""

    of = models.PositiveBigIntegerField()  # the picture of the library
    stamp = models.CharField(max_length=400)

    search_fields: ClassVar[list[Any]] = []

    class Meta(AbstractImage.Meta):
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["of", "stamp"], name="standing_picture_once")]


class StandingRendition(AbstractRendition):
    image = models.ForeignKey(StandingPicture, models.CASCADE, related_name="renditions")

    @staticmethod
    def construct_cache_key(image: Any, filter_cache_key: str, filter_spec: str) -> str:
        """Never that of an image of the library with the same number."""
        key: str = AbstractRendition.construct_cache_key(image, filter_cache_key, filter_spec)
        return f"standing-{key}"

    class Meta:
        default_permissions = ()
        unique_together = [("image", "filter_spec", "focal_point_key")]
