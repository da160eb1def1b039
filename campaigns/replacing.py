"""May a newer approval replace what an older one planned or sent? Never so that something is out twice."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from campaigns import below
from campaigns.models import Placement
from publishing import deciding, editing, scheduling
from publishing.message import Message
from publishing.models import Delivery, State
from publishing.models.delivery import CANCELLABLE


def may_replace(placement: Placement, old: Delivery, message: Message, parts: Sequence[Message]) -> bool:
    if old.channel_id == placement.channel_id and old.message_sha256 == message.sha256():
        return old.state in CANCELLABLE and below.differs(old, parts)
    post = post_of(old)
    if post is not None:
        return _may_update(placement, post, message)
    if old.state in CANCELLABLE or old.state == State.CANCELLED or deciding.waits_for_a_hand(old):
        return True
    return old.state == State.FAILED and deciding.surely_unposted(old)


def give_way(old: Delivery, *, by: Any) -> None:
    """What an older approval has on its way is not sent any more, nor posted by hand."""
    reason = _("Replaced by a newer approval.")
    if old.state in CANCELLABLE:
        scheduling.cancel(old, reason=reason, by=by)
    elif deciding.waits_for_a_hand(old):
        deciding.decide(old, deciding.Verdict.DO_NOT_SEND, by=by, reason=reason)


def post_of(old: Delivery | None) -> Delivery | None:
    """What is out already, so that only that can be changed: by another delivery, it would be out twice."""
    if old is None:
        return None
    return old.edits or (old if old.state == State.DELIVERED else None)


def _may_update(placement: Placement, post: Delivery, message: Message) -> bool:
    """A page on the website is updated in place, and so is a post where the channel can; no other is sent again by a
    new approval, and what is on its way down does not come up again by itself."""
    if post.channel_id != placement.channel_id or post.withdraw_reason:
        return False
    if placement.channel.limits.publishes_page:
        return True
    last = placement.delivery
    return editing.possible(post) and last is not None and editing.differs(last, message)
