"""The states of a delivery and their groups: written here, once."""

from datetime import UTC, datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from publishing.models.among import Among


class State(models.TextChoices):
    SCHEDULED = "scheduled", _("planned")
    QUEUED = "queued", _("about to be sent")
    SENDING = "sending", _("being sent")
    PROCESSING = "processing", _("being processed by the platform")
    AWAITING_RETRY = "awaiting_retry", _("will be tried again")
    UNCERTAIN = "uncertain", _("uncertain")
    HELD = "held", _("held")
    MISSED = "missed", _("not sent in time")
    DELIVERED = "delivered", _("sent")
    FAILED = "failed", _("failed")
    CANCELLED = "cancelled", _("cancelled")
    WITHDRAWN = "withdrawn", _("withdrawn")


FINAL = frozenset({State.DELIVERED, State.FAILED, State.CANCELLED, State.WITHDRAWN})
CLAIMABLE = frozenset({State.SCHEDULED, State.AWAITING_RETRY})  # nothing is under way
NOT_BEGUN = CLAIMABLE | {State.QUEUED}  # a worker may hold the lease: it finds it gone when it wants to begin
CANCELLABLE = NOT_BEGUN | {State.HELD, State.MISSED}
IN_FLIGHT = frozenset({State.QUEUED, State.SENDING, State.PROCESSING})
NEEDS_A_PERSON = frozenset({State.UNCERTAIN, State.FAILED, State.MISSED, State.HELD})
WAITING = Among("state", NEEDS_A_PERSON)  # as the index has it
ALL, CHANNEL = "all", "channel:"  # scopes of a stop; any other is a label
FAR = datetime(9000, 1, 1, tzinfo=UTC)  # ``next_at`` of a row that waits for a person, not for the clock
# Rows that the clock moves on: due, lease expired, or to be looked at again.
OPEN = frozenset(
    {
        State.SCHEDULED,
        State.QUEUED,
        State.SENDING,
        State.PROCESSING,
        State.AWAITING_RETRY,
        State.UNCERTAIN,
    }
)
