"""A video in the library."""

from django.core.files.base import ContentFile

from cms.models import Video
from tests import mp4

VTT = "WEBVTT\n\n00:00.200 --> 00:01.500\nHusk lygterne.\n"


def film(*, data=None, by=None, **fields):
    content = mp4.movie() if data is None else data
    given = {"title": "Lygter", "description": "En cykel uden lys.", "captions": VTT}
    return Video.objects.create(
        file=ContentFile(content, name="lygter.mp4"), uploaded_by_user=by, **{**given, **fields}
    )
