"""A Leftover: made ready on a platform, never to be published, and to be seen there by those who look after it."""

from django.db import models

from publishing.models.delivery import Delivery


class Leftover(models.Model):
    """A worker takes it away (``publishing.clearing``). ``next_at`` (UTC) is FAR when a person must."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="leftovers")
    prepared = models.JSONField()  # as it stood on the delivery
    next_at = models.DateTimeField(null=True, db_index=True)  # empty: it is gone
    reason = models.CharField(max_length=500, blank=True)  # why it is still there, safe for editors

    def __str__(self) -> str:
        return f"{self.delivery_id} {self.next_at or 'gone'}"
