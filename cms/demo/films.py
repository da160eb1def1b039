"""The sample video: drawn and rung by a programme, nobody's picture and nobody's voice."""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile

from cms.models import Video
from cms.videos import captions

FILE = Path(__file__).parent / "lygter.mp4"
TITLE = "Tegning: en cykel får lys"
DESCRIPTION = (
    "Tegnefilm: En cyklist kører uden lys gennem en mørk gade og er næsten usynlig. Så tændes for- og baglygte, og "
    "cyklisten ses tydeligt."
)
CAPTIONS = """
00:00.500 --> 00:03.400
Kan du se cyklisten?

00:03.600 --> 00:05.000
(En cykelklokke ringer)

00:05.200 --> 00:08.500
Nu kan du. Tænd lyset, før du kører.
"""


def video(by: Any) -> Video:
    """Made once."""
    found = Video.objects.filter(title=TITLE).first()
    if found is not None:
        return found
    return Video.objects.create(
        title=TITLE,
        file=ContentFile(FILE.read_bytes(), name=FILE.name),
        description=DESCRIPTION,
        captions=captions.kept(CAPTIONS),
        uploaded_by_user=by,
    )
