"""Aggregate figures of a receipt at a moment. Never who, only how many."""

from django.db import models


class MetricSnapshot(models.Model):
    receipt = models.ForeignKey("publishing.Receipt", models.CASCADE, related_name="metrics")
    at = models.DateTimeField()
    figures = models.JSONField(default=dict)

    class Meta:
        ordering = ["at"]

    def __str__(self) -> str:
        return f"{self.receipt_id} {self.at:%Y-%m-%d}"
