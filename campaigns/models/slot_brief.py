"""What a slot of the plan wants written, beyond its working title: told to whoever drafts it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from campaigns.models.placement import Placement


class SlotBrief(models.Model):
    """``kind`` is a key of what a draft can be; empty: whoever writes it chooses."""

    placement = models.OneToOneField(Placement, models.CASCADE, related_name="brief")
    kind = models.CharField(_("type"), max_length=30, blank=True)
    hint = models.TextField(_("what it shall say"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("what a slot wants")
        verbose_name_plural = _("what slots want")

    def __str__(self) -> str:
        return self.hint[:60]
