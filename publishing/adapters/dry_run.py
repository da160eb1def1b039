"""Dry run."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class DryRun(Adapter):
    kind = "dry_run"
    label = _("Dry run")
