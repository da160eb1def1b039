"""Made ready on the platform, published by a later claim: the step between begin and settle of kinds with containers.

Such a platform publishes each container once, whoever asks and however often. So what it calls ours is written down
before anything can be seen, and the claim that publishes it passes every gate of *begin* again.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming, locks, settling, statements
from publishing.adapters.base import Prepared
from publishing.beginning import announce, stopped_since
from publishing.models import Attempt, Channel, Delivery, State
from publishing.models.delivery import FAR


def prepared(delivery: Delivery, attempt: Attempt, answer: Prepared) -> None:
    """Made ready, and nothing can be seen: written down, for a later claim to publish. Spends no try and no pace.

    Whoever stopped everything meanwhile stopped this too, though it be allowed again by now.
    """
    now = timezone.now()
    with transaction.atomic():
        locks.share()  # no stop is ordered, or lifted, between the look and what is written
        order = stopped_since(delivery)
        changes: dict[str, Any] = {
            "state": State.AWAITING_RETRY if delivery.tries else State.SCHEDULED,
            "next_at": settling.while_in_time(delivery, answer.check_at, now),
            "state_reason": _("Made ready on the platform. Nothing can be seen yet."),
        }
        if order is not None:
            reason = _("Came due while stopped: %(reason)s") % {"reason": order.reason}
            changes = {"state": State.HELD, "next_at": FAR, "state_reason": reason[:500]}
        details = settling.printable(dict(answer.details))
        fence = claiming.fenced(delivery, settling.AWAITED, claimed_by="", prepared=details, **changes)
        if not statements.run_behind(fence, *settling.closing(delivery, attempt, Attempt.Outcome.PREPARED, now)):
            settling.overtaken(delivery, attempt, {"outcome": Attempt.Outcome.PREPARED})
            return
        Channel.objects.filter(pk=delivery.channel_id, last_begun_at=attempt.begun_at).update(last_begun_at=None)
        announce(delivery)
