"""Story."""

from django.utils.translation import gettext_lazy as _

from cms.models.base import Communication


class Story(Communication):
    class Meta:
        verbose_name = _("story")
