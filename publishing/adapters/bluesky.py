"""Bluesky."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class Bluesky(Adapter):
    kind = "bluesky"
    label = _("Bluesky")
