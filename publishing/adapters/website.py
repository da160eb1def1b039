"""Website."""

from django.utils.translation import gettext_lazy as _

from publishing.adapters.base import Adapter


class Website(Adapter):
    kind = "website"
    label = _("Website")
