"""A Delivery: one Message to one Channel at one time. Its states stand in ``states``, what it follows in ``follow``.

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
from datetime import datetime, timedelta
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from publishing import adapters
from publishing.adapters.base import DeliveryKey
from publishing.message import Message
from publishing.models.channel import Channel
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


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def due(self, now: datetime) -> "DeliveryQuerySet":
        """Ready to be claimed."""
        return self.filter(state__in=CLAIMABLE, next_at__lte=now)

    def being_sent(self) -> "DeliveryQuerySet":
        """A worker is at it, or the platform is: what was made ready there and may still be published."""
        ready = Q(state__in=NOT_BEGUN, prepared__isnull=False)
        return self.filter(ready | Q(state__in=[State.SENDING, State.PROCESSING]))

    def held(self) -> "DeliveryQuerySet":
        return self.filter(WAITING, state=State.HELD)

    def missed(self) -> "DeliveryQuerySet":
        return self.filter(WAITING, state=State.MISSED)

    def needing_a_person(self) -> "DeliveryQuerySet":
        """Waiting for a decision that no machine may take. Fanned-out parts show through their parent."""
        return self.filter(WAITING, dismissed_at__isnull=True)

    def stuck(self, now: datetime) -> "DeliveryQuerySet":
        """Past due by 60 s and not moving: an alarm."""
        late = self.filter(next_at__lte=now - timedelta(seconds=60), state__in=CLAIMABLE | IN_FLIGHT)
        return late.filter(channel__in=Channel.objects.values("pk"))  # a short range of the index for each channel

    def labelled(self, label: str) -> "DeliveryQuerySet":
        """Deliveries that carry an opaque label such as ``campaign:12``."""
        return self.filter(labels__contains=f" {label} ")

    def within(self, scope: str) -> "DeliveryQuerySet":
        """Deliveries that a stop of this scope covers; operational ones are exempt from every stop."""
        rows = self.filter(operational=False)
        if scope == ALL:
            return rows
        if scope.startswith(CHANNEL):
            return rows.filter(channel_id=scope.removeprefix(CHANNEL))
        return rows.labelled(scope)

    def gone_out_since(self, moment: datetime) -> "DeliveryQuerySet":
        """What the public can have seen since then: no dry runs, a list of recipients counts once."""
        return self.filter(sent_at__gte=moment, parent__isnull=True, channel__dry_run=False)

    def to_take_down_by_hand(self) -> "DeliveryQuerySet":
        """A take-down was asked for that the system cannot do."""
        return self.filter(state=State.DELIVERED, withdraw_next_at__gte=FAR)

    def not_as_sent(self) -> "DeliveryQuerySet":
        """Sent, but read back it was not there or differed, and nobody has let that be."""
        receipts = apps.get_model("publishing", "Receipt").objects.read_badly()
        return self.filter(pk__in=receipts.values("delivery_id"), state=State.DELIVERED, dismissed_at__isnull=True)

    def put_aside(self) -> "DeliveryQuerySet":
        """Held or missed: goes only when a person says so."""
        return self.filter(WAITING, state__in=[State.HELD, State.MISSED])

    def heads(self) -> "DeliveryQuerySet":
        """What a screen shows once: the rows themselves, and for parts of a list their list.

        Two queries, so that each uses its index: for what waits for people, which is few, never for history.
        """
        pairs = self.order_by().values_list("pk", "parent_id")
        return Delivery.objects.filter(pk__in={parent or pk for pk, parent in pairs})

    def of_same_content(self, delivery: "Delivery") -> "DeliveryQuerySet":
        """Every delivery of the content that this one belongs to, whatever the revision; at least itself."""
        revision = delivery.revision
        if revision is None:
            return self.filter(pk=delivery.pk)
        return self.filter(
            parent__isnull=True,
            revision__base_content_type=revision.base_content_type_id,
            revision__object_id=revision.object_id,
        )

    def by_hand(self) -> "DeliveryQuerySet":
        """Waiting for somebody to post it: nobody looks at these again by the clock."""
        channels = Channel.objects.filter(kind__in=adapters.kinds_by_hand()).values("pk")
        return self.filter(channel__in=channels, state=State.PROCESSING, next_at__gte=FAR)


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
