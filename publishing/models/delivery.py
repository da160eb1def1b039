"""A Delivery: one Message to one Channel at one time.

Its states stand in ``states``, what it follows in ``follow``, what is asked of many in ``delivery_queries``.

::

    scheduled --claim--> queued --begin--> sending --> delivered
       ^  |                 |                 |--> scheduled, prepared on the platform --> (claim)
       |  |                 |                 |--> processing --> delivered | failed
       |  '-> held          '- lease expired: |--> awaiting_retry --> (claim)
       '- release              back, safe     |--> uncertain --> delivered | awaiting_retry | a person
                                              '--> failed          any unsent --> cancelled | missed
    delivered --> withdrawn
"""

import uuid
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import DeliveryKey
from publishing.message import Message
from publishing.models.channel import Channel
from publishing.models.delivery_queries import DeliveryQuerySet
from publishing.models.follow import Following
from publishing.models.states import (
    ALL,
    CANCELLABLE,
    CHANNEL,
    CLAIMABLE,
    FAR,
    FINAL,
    IN_FLIGHT,
    NEEDS_A_PERSON,
    NOT_BEGUN,
    OPEN,
    WAITING,
    State,
)

__all__ = [
    "ALL",
    "CANCELLABLE",
    "CHANNEL",
    "CLAIMABLE",
    "FAR",
    "FINAL",
    "IN_FLIGHT",
    "NEEDS_A_PERSON",
    "NOT_BEGUN",
    "OPEN",
    "WAITING",
    "Delivery",
    "DeliveryQuerySet",
    "State",
]


class Delivery(Following):
    """One Message to one Channel at one time."""

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries", db_index=False)  # the index below
    # No index of its own: the constraint's serves, on the few rows that have a parent.
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts", db_index=False)
    recipient = models.CharField(max_length=254, blank=True)  # fanned-out parts only
    revision = models.ForeignKey(
        "wagtailcore.Revision", models.SET_NULL, null=True, blank=True, related_name="+", db_constraint=True
    )

    # A correction: what is sent changes the post of that delivery in place, and nothing new appears.
    edits = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="edited_by")

    headline = models.CharField(_("headline"), max_length=250)
    message_json = models.JSONField()
    message_sha256 = models.CharField(max_length=64)
    # Opaque to this layer, with spaces around each: " campaign:12 type:story ".
    labels = models.CharField(max_length=500, blank=True, default=" ")
    operational = models.BooleanField(_("operational, exempt from STOP"), default=False)

    due_at = models.DateTimeField(_("due"), db_index=True)
    latest_at = models.DateTimeField(_("no later than"), null=True, blank=True)
    withdraw_at = models.DateTimeField(_("withdraw at"), null=True, blank=True)
    # When the take-down is tried next (UTC); empty when none is wanted or it is done.
    withdraw_next_at = models.DateTimeField(null=True, blank=True)
    withdraw_reason = models.CharField(max_length=250, blank=True)

    state = models.CharField(_("state"), max_length=16, choices=State, default=State.SCHEDULED)
    # When the clock looks at this row next: due, lease expiry, retry, next check. UTC.
    next_at = models.DateTimeField()
    claimed_by = models.CharField(max_length=80, blank=True)
    attempt_number = models.PositiveIntegerField(default=0)  # counts claims; every write is fenced by it
    tries = models.PositiveIntegerField(default=0)  # counts failed sends, for the back-off; waiting spends none
    first_begun_at = models.DateTimeField(null=True, blank=True)  # fixes the idempotency key
    # What an attempt made ready on the platform, for the next one to publish: the fence against a second one.
    prepared = models.JSONField(null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    state_reason = models.CharField(_("reason"), max_length=500, blank=True)  # safe for editors
    state_detail = models.TextField(_("detail"), blank=True)  # for support, secrets removed
    findings = models.JSONField(default=list, blank=True)  # what lies on the channel, for whoever decides
    dismissed_at = models.DateTimeField(null=True, blank=True)  # a person has seen a failed one and let it be

    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    place_in_line: datetime | None = None  # of a row in the hands of a worker: ``next_at`` before it was claimed

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        permissions = [
            ("stop_sending", _("Can stop everything")),
            ("release_delivery", _("Can lift a stop and release what is held")),
            ("decide_delivery", _("Can decide about uncertain deliveries and those made by hand")),
            ("withdraw_delivery", _("Can take down what was sent")),
        ]
        indexes = [
            # Serves claiming, the bell, and every sweep. Whole, not partial: SQLite would not see that "claimable" is
            # part of "open". History costs no search, for all that is settled lies at the far end (FAR).
            models.Index(fields=["channel", "next_at"], name="delivery_channel_next"),
            models.Index(fields=["-sent_at"], condition=Q(sent_at__isnull=False), name="delivery_last_sent"),
            models.Index(
                fields=["withdraw_next_at"],
                condition=Q(withdraw_next_at__isnull=False),
                name="delivery_to_take_down",
            ),
            models.Index(fields=["state"], condition=Q(state__in=sorted(NEEDS_A_PERSON)), name="delivery_needs_person"),
            # Serves whoever settles and wakes what waits for it, and the screens: few rows follow another.
            models.Index(fields=["follows"], condition=Q(follows__isnull=False), name="delivery_follows"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "recipient"],
                condition=Q(parent__isnull=False),
                name="delivery_one_part_a_recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.headline} ({self.channel_id})"

    @property
    def message(self) -> Message:
        return Message.from_json(self.message_json)

    @property
    def delivery_key(self) -> DeliveryKey:
        """The same for every attempt once the first has begun."""
        moment = self.first_begun_at or self.due_at
        return DeliveryKey(self.key, moment, self.recipient, self.answered(), self.prepared or {}, self.due_at)

    def label_list(self) -> list[str]:
        return self.labels.split()

    def as_evidence(self) -> dict[str, Any]:
        """The facts of this row for an evidence record: no text, no recipient, no secret."""
        return {
            "delivery": str(self.key),
            "channel": self.channel_id,
            "state": self.state,
            "attempt": self.attempt_number,
            "message_sha256": self.message_sha256,
            "due_at": self.due_at.isoformat(),
        }
