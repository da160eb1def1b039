"""What is posted below a post: first comments, further parts of threads. One delivery a part, approved like it."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid5

from publishing import following, scheduling
from publishing.message import Message
from publishing.models import Delivery, Follow


def plan(first: Delivery, parts: Sequence[Message], *, by: Any) -> None:
    """One delivery a part, of its own key, with the labels of the first: a stop of one is a stop of all."""
    before = first
    for number, part in enumerate(parts, start=2):
        before = scheduling.schedule(
            key=uuid5(first.key, f"part {number}/{part.sha256()}"),
            channel=first.channel,
            message=part,
            due_at=first.due_at,
            revision=first.revision,
            labels=first.label_list(),
            operational=first.operational,
            headline=f"{first.headline[:235]} ({number}/{len(parts) + 1})",
            by=by,
            after=scheduling.After(before, Follow.ANSWERS),
        )


def differs(first: Delivery, parts: Sequence[Message]) -> bool:
    """Whether something else is planned below it than what is approved now."""
    return [row.message_sha256 for row in following.below(first)] != [part.sha256() for part in parts]
