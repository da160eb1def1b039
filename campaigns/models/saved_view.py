"""A way to look at the calendar that somebody keeps: a name, and the address it stands for."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = models.CharField(_("name of the view"), max_length=40)
    view = models.CharField(max_length=10)  # month, week, day or list
    query = models.CharField(max_length=500)  # what is wished for, without the days

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_view_once_a_name")]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")

    def __str__(self) -> str:
        return self.name
