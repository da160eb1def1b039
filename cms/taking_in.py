"""A video comes into the library, whatever way: cleaned, measured, hashed, and never in memory whole (C-08)."""

import os
import tempfile
from typing import Any

from django.core.files.base import File
from django.utils.text import slugify

from cms import videos
from cms.models.public import LETTERS
from publishing.scheduling import record_evidence
from publishing.video import digest

ENDINGS = {"video/mp4": "mp4", "video/quicktime": "mov"}
IN_MEMORY = 4 << 20  # bytes; what is larger lies on the disk meanwhile


def take_in(row: Any) -> None:
    """Nothing for a file that is kept already. ``videos.Refused``, with a sentence, for what cannot be kept."""
    file = row.file
    if not file or file._committed:
        return
    kept = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (the storage reads it when the row is saved)
    facts = videos.clean(file, kept)
    file.seek(0)
    before, _size = digest(file)
    kept.seek(0)
    row.sha256, row.size = digest(kept)
    kept.seek(0)
    row.mime, row.width, row.height, row.milliseconds = facts.mime, facts.width, facts.height, facts.milliseconds
    stem = slugify(os.path.splitext(os.path.basename(file.name))[0].translate(LETTERS))[:60] or "video"
    row.file = File(kept, name=f"{stem}.{ENDINGS[facts.mime]}")
    if row.sha256 != before:
        record_evidence("video.cleaned", subject=f"video:{row.sha256}", payload={"before": before, "after": row.sha256})
