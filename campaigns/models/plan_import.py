"""A plan that somebody brings in as a file, and the rows of it that have landed: so that none lands twice."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanImport(models.Model):
    """``cells`` is the file as text, its headings first. ``result`` tells what was left out, row by row."""

    class State(models.TextChoices):
        OPEN = "open", _("being looked at")
        WAITING = "waiting", _("waits for its turn")
        RUNNING = "running", _("being brought in")
        DONE = "done", _("brought in")
        FAILED = "failed", _("stopped by a fault")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    file_name = models.CharField(_("file"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    cells = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # field -> number of its column
    begun_at = models.DateTimeField(null=True, blank=True)
    looked_at = models.PositiveIntegerField(default=0)  # rows the worker is through with
    landed = models.PositiveIntegerField(default=0)
    result = models.JSONField(default=list)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("plan brought in")
        verbose_name_plural = _("plans brought in")

    def __str__(self) -> str:
        return self.file_name

    @property
    def total(self) -> int:
        return max(0, len(self.cells) - 1)


class ImportedRow(models.Model):
    """``key_sha256`` is of the row's own key, or of all it says; ``said_sha256`` is always of what it says."""

    plan = models.ForeignKey(PlanImport, models.SET_NULL, null=True, related_name="imported")
    key_sha256 = models.CharField(max_length=64, unique=True)
    said_sha256 = models.CharField(max_length=64)
    title = models.CharField(max_length=255)
    placement = models.ForeignKey("campaigns.Placement", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = _("row brought in")
        verbose_name_plural = _("rows brought in")

    def __str__(self) -> str:
        return self.title
