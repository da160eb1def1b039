"""Mastodon."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class Mastodon(Adapter):
    kind = "mastodon"
    label = _("Mastodon")
