"""Accounts of others that we know: one name, and the handle it has on each kind of channel."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page

from publishing import adapters


class KnownAccount(ClusterableModel):
    """Where no handle is known, the name stays a name."""

    name = models.CharField(
        _("name"), max_length=100, unique=True, help_text=_("As it is written in a text: Københavns Brandvæsen.")
    )

    class Meta:
        ordering = ["name"]
        verbose_name = _("known account")
        verbose_name_plural = _("known accounts")

    def __str__(self) -> str:
        return self.name


class KnownHandle(models.Model):
    account = ParentalKey(KnownAccount, on_delete=models.CASCADE, related_name="handles")
    kind = models.CharField(_("kind"), max_length=30, choices=adapters.choices)
    handle = models.CharField(_("handle"), max_length=100, help_text=_("As it is written there, with the @."))

    panels = [FieldPanel("kind"), FieldPanel("handle")]

    class Meta:
        verbose_name = _("handle")
        verbose_name_plural = _("handles")
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="one_handle_a_kind")]

    def __str__(self) -> str:
        return self.handle

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.handle = self.handle.strip()
        super().save(*args, **kwargs)


class Mention(Orderable):
    """This content mentions that account: where its name stands in a text, the channel shows its handle."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="mentions")
    account = models.ForeignKey(KnownAccount, models.PROTECT, related_name="+", verbose_name=_("account"))
    panels = [FieldPanel("account")]

    class Meta(Orderable.Meta):
        verbose_name = _("mentioned account")
        verbose_name_plural = _("mentioned accounts")
