"""An Incident: somebody reported a possible error in what is out. It outlives the content it is about."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TO_NOTIFY = timedelta(hours=72)  # within which Datatilsynet is told of a breach


class IncidentQuerySet(models.QuerySet["Incident"]):
    def open(self) -> "IncidentQuerySet":
        return self.filter(closed_at=None)


class Incident(models.Model):
    class What(models.TextChoices):
        PERSON = "person", _("a person can be recognised who must not be")
        RESTRICTION = "restriction", _("a ban of the court may be broken")
        FALSE = "false", _("something is factually wrong")
        PICTURE = "picture", _("the wrong picture, or one without consent")
        OTHER = "other", _("something else")

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # what stands in addresses and letters
    page = models.ForeignKey(
        "wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="incidents", verbose_name=_("content")
    )
    title = models.CharField(_("title"), max_length=255)
    what = models.CharField(_("what may be wrong"), max_length=12, choices=What)
    why = models.TextField(_("why you think so"), max_length=1000)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("reported by")
    )
    reported_at = models.DateTimeField(_("reported"), default=timezone.now)
    snapshot = models.JSONField(default=dict)  # what was out or planned at that moment, word for word
    snapshot_sha256 = models.CharField(max_length=64)
    told = models.EmailField(blank=True)  # the data protection officer, as the letter was addressed

    assessment = models.TextField(_("assessment"), max_length=4000, blank=True)
    notified = models.BooleanField(_("reported to Datatilsynet"), null=True, blank=True)
    notified_why = models.TextField(_("why, or why not"), max_length=1000, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-reported_at", "-pk"]
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        permissions = [("close_incident", _("Can assess and close incidents"))]

    def __str__(self) -> str:
        return self.title

    @property
    def deadline(self) -> datetime:
        return self.reported_at + TO_NOTIFY
