"""By hand."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class Manual(Adapter):
    kind = "manual"
    label = _("By hand")
