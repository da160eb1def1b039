"""Evidence: append-only records, sealed once a second into blocks that name the block before them."""

import uuid

from django.db import models


class EvidenceBlock(models.Model):
    """A seal over a run of records: Merkle root, and the hash of the block before."""

    number = models.PositiveBigIntegerField(unique=True)
    sealed_at = models.DateTimeField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class EvidenceRecord(models.Model):
    """One fact. No foreign key to content or people: it outlives both."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)  # attempt.begun, delivery.delivered, stop.ordered, approval.given, ...
    delivery_key = models.UUIDField(null=True, blank=True, db_index=True)
    subject = models.CharField(max_length=100, blank=True)  # page:12, channel:3
    actor = models.CharField(max_length=150, blank=True)
    payload = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    block = models.ForeignKey(EvidenceBlock, models.PROTECT, null=True, blank=True, related_name="records")
    position = models.PositiveIntegerField(null=True, blank=True)  # leaf number within the block

    class Meta:
        indexes = [
            # Serves the history of a page or a channel. Not ``db_index``, which makes a second one for beginnings.
            models.Index(fields=["subject"], name="evidence_subject"),
            models.Index(fields=["id"], condition=models.Q(block__isnull=True), name="evidence_unsealed"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.uuid}"
