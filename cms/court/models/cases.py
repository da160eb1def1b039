"""A criminal case, as the prosecution knows it. Its numbers are internal and never in an address."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)


class Case(models.Model):
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # what stands in addresses
    police_number = models.CharField(_("police case number"), max_length=40, blank=True)
    court_number = models.CharField(_("court case number"), max_length=40, blank=True)
    nickname = models.CharField(
        _("your own name for the case"), max_length=80, help_text=_("Only prosecutors see it. No names of persons.")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prosecutor responsible")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.nickname
