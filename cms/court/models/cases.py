"""A criminal case, as the prosecution knows it. Its numbers are internal and never in an address."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> "CaseQuerySet":
        return self.filter(closed_at=None)

    def of(self, user: object) -> "CaseQuerySet":
        """Those this prosecutor is responsible for, has reported a judgment of, or steps in for."""
        mine = Q(owner=user) | Q(reports__prosecutor=user) | Q(reports__deputy=user)
        return self.filter(pk__in=Case.objects.filter(mine).values("pk"))

    def about(self, page_id: int) -> "CaseQuerySet":
        """Those that a piece of content is about: made from a report, or tied to the case by hand."""
        told = Q(reports__page_id=page_id) | Q(linked__page_id=page_id)
        return self.filter(pk__in=Case.objects.filter(told).values("pk"))


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
    stage_confirmed_at = models.DateTimeField(_("stage last confirmed"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)

    objects = CaseQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")

    def __str__(self) -> str:
        return self.nickname

    @property
    def subject(self) -> str:
        """How evidence names it: by its key, never by a number or a nickname."""
        return f"case:{self.key}"

    def page_ids(self) -> set[int]:
        """Every piece of content about it."""
        reported = self.reports.exclude(page=None).values_list("page_id", flat=True)
        return {*reported, *self.linked.values_list("page_id", flat=True)}


class CasePage(models.Model):
    """Content about the case that no report made: a story, an older post. Tied to it by hand."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="linked")
    # No way back from the page: related_name is off, so that nothing that holds a page holds this.
    page = models.ForeignKey("wagtailcore.Page", models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "page"], name="cms_case_page_once")]
        verbose_name = _("content about a case")
        verbose_name_plural = _("content about cases")

    def __str__(self) -> str:
        return f"{self.case_id} {self.page_id}"
