"""Press e-mail."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class PressEmail(Adapter):
    kind = "email"
    label = _("Press e-mail")
