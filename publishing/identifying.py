"""Who has a handle on a platform? Asked by workers, through any channel of ours of that kind."""

import re

from publishing import adapters
from publishing.models import Channel


def is_needed(kind: str) -> bool:
    """Whether a mention on channels of this kind carries a permanent name."""
    return kind in adapters.KINDS and adapters.get(kind).limits.identifies


def is_identifier(kind: str, text: str) -> bool:
    """Whether this could be a permanent name there. Pure."""
    return is_needed(kind) and re.fullmatch(adapters.get(kind).identifier, text) is not None


def identify(kind: str, handle: str) -> str | None:
    """The permanent name of whoever has the handle now; None when nobody has, or no channel of ours can ask.

    Raises the declared errors, as everything that talks to a platform.
    """
    channel = Channel.objects.usable().filter(kind=kind, dry_run=False).order_by("pk").first()
    return None if channel is None else channel.adapter.identify(channel.account(), handle)
