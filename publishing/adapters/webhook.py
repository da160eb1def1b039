"""Webhook."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class Webhook(Adapter):
    kind = "webhook"
    label = _("Webhook")
