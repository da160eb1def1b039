"""Post."""

from django.utils.translation import gettext_lazy as _

from cms.models.base import Communication


class Post(Communication):
    class Meta:
        verbose_name = _("post")
