"""Heartbeats: when each process last did its work, shown in the admin."""

from django.db import models


class Heartbeat(models.Model):
    name = models.CharField(max_length=100, unique=True)  # send_due, sealer, worker:<host>:<pid>
    at = models.DateTimeField()
    detail = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.name
