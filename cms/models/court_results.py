"""CourtResult."""

from django.utils.translation import gettext_lazy as _

from cms.models.base import Communication


class CourtResult(Communication):
    class Meta:
        verbose_name = _("court result")
