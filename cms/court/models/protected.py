"""The optional list of protected names of a case: sealed, for its prosecutors only, and gone when it is over."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from cms.court.models.cases import Case


class ProtectedNames(models.Model):
    """One sealed box a case. Opened by ``cms.court.protecting`` alone."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="protected")
    sealed = models.BinaryField()
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    wagtail_reference_index_ignore = True  # no page tells that it is used here

    class Meta:
        verbose_name = _("protected names")
        verbose_name_plural = _("protected names")

    def __str__(self) -> str:
        return f"case {self.case_id}"
