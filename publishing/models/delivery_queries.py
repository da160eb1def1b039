"""What is asked of deliveries, in the words of the house: which are due, held, stuck, waiting for a person."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import models
from django.db.models import Q

from publishing import adapters
from publishing.models.channel import Channel
from publishing.models.states import ALL, CHANNEL, CLAIMABLE, FAR, IN_FLIGHT, NOT_BEGUN, WAITING, State

if TYPE_CHECKING:
    from publishing.models.delivery import Delivery


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
        return self.model.objects.filter(pk__in={parent or pk for pk, parent in pairs})

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
