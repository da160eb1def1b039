"""An Export: what was gathered of a case or a period for filing or for a request. Built by a worker, kept for days."""

import uuid

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


def storage() -> Storage:
    """Never under the address of media."""
    return storages["exports"]


class Export(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("asked for")
        BUILDING = "building", _("being gathered")
        READY = "ready", _("ready")
        FAILED = "failed", _("failed")
        EXPIRED = "expired", _("removed")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Of a case; else of a period. No way back: nothing that holds a case holds its exports.
    case = models.ForeignKey("cms.Case", models.CASCADE, null=True, blank=True, related_name="+")
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("to"), null=True, blank=True)
    drafts = models.BooleanField(_("with drafts, in a folder of their own"), default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    begun_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(_("can be fetched until"), null=True, blank=True)
    file = models.FileField(storage=storage, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    items = models.PositiveIntegerField(default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        permissions = [
            ("export_period", _("Can export everything of a period")),
            ("file_content", _("Can give content its journal number")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False) | Q(since__isnull=False, until__isnull=False), name="cms_export_of_what"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id or ''} {self.since or ''} {self.until or ''}".strip()
