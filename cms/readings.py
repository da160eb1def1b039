"""What is counted of an approved text: its images, its videos, how hard it is to read. Pure.

An approval is never changed, so it is read once, when it is given, and not for each report.
"""

from collections.abc import Mapping
from typing import Any

from cms import readability

VERSION = 1  # goes up when something else is counted: what an older one read is read anew


def of(messages: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """``messages`` by channel. ``images`` and ``videos``: each once, with whether it has its text or captions."""
    media = {
        (item["sha256"], bool(item["alt"].strip()))
        for message in messages.values()
        for item in message.get("media", ())
        if not item.get("decorative")
    }
    videos = {
        (video["sha256"], bool(video["captions"].strip()))
        for video in (message["video"] for message in messages.values() if "video" in message)
        if not (video["speechless"] or video["in_picture"])
    }
    texts = [message.get("text", "") for message in messages.values()]
    reading = readability.read(max(texts, key=lambda text: (len(text), text), default=""))
    return {
        "version": VERSION,
        "images": sorted(map(list, media)),
        "videos": sorted(map(list, videos)),
        "lix": reading.lix if reading.words >= readability.FEWEST else None,
    }
