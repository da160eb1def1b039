"""X."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class X(Adapter):
    kind = "x"
    label = _("X")
