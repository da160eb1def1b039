"""Accounts of others that we know: one name, and the handle it has on each kind of channel."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable, Page

from publishing import adapters, identifying


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


class KnownHandleQuerySet(models.QuerySet["KnownHandle"]):
    def unidentified(self) -> "KnownHandleQuerySet":
        """Where the platform wants to be told whom a handle means, and nobody has found out yet."""
        kinds = [kind for kind in adapters.KINDS if identifying.is_needed(kind)]
        return self.filter(kind__in=kinds, identifier="").exclude(handle="")


class KnownHandle(models.Model):
    """``identifier`` is whom the handle meant when it was looked up: a handle that somebody else takes over later does
    not turn the mention to them."""

    account = ParentalKey(KnownAccount, on_delete=models.CASCADE, related_name="handles")
    kind = models.CharField(_("kind"), max_length=30, choices=adapters.choices)
    handle = models.CharField(_("handle"), max_length=100, help_text=_("As it is written there, with the @."))

    identifier = models.CharField(
        _("permanent name"),
        max_length=250,
        blank=True,
        help_text=_("Found within the hour where a mention needs one (Bluesky: did:plc:…). Leave it empty."),
    )

    panels = [FieldPanel("kind"), FieldPanel("handle"), FieldPanel("identifier")]
    objects = KnownHandleQuerySet.as_manager()

    class Meta:
        verbose_name = _("handle")
        verbose_name_plural = _("handles")
        constraints = [models.UniqueConstraint(fields=["account", "kind"], name="one_handle_a_kind")]

    def __str__(self) -> str:
        return self.handle

    def clean(self) -> None:
        self.identifier = self.identifier.strip()
        if self.identifier and not identifying.is_identifier(self.kind, self.identifier):
            raise ValidationError({"identifier": _("No channel of this kind calls an account that. Leave it empty.")})

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Another handle is another account, until it is looked up."""
        self.handle = self.handle.strip()
        before = KnownHandle.objects.filter(pk=self.pk).first() if self.pk else None
        if before and before.identifier == self.identifier and (before.kind, before.handle) != (self.kind, self.handle):
            self.identifier = ""
        super().save(*args, **kwargs)


class Mention(Orderable):
    """This content mentions that account: where its name stands in a text, the channel shows its handle."""

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="mentions")
    account = models.ForeignKey(KnownAccount, models.PROTECT, related_name="+", verbose_name=_("account"))
    panels = [FieldPanel("account")]

    class Meta(Orderable.Meta):
        verbose_name = _("mentioned account")
        verbose_name_plural = _("mentioned accounts")
