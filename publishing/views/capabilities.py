"""What each kind of channel, and each channel of this house, can carry."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import capabilities
from publishing.models import Channel
from publishing.views.base import DeskPage
from publishing.views.channels import LIST, VIEW


class CapabilityPage(DeskPage):
    permission = VIEW
    template_name = "publishing/channels/capabilities.html"
    page_title = gettext_lazy("What channels can carry")
    header_icon = "globe"
    trail = LIST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds, ours = capabilities.kinds(), list(Channel.objects.usable())
        how = [(_("Access"), [capabilities.access(adapter) for adapter in kinds])]
        return super().get_context_data(
            **{
                "kinds": [adapter.label for adapter in kinds],
                "by_kind": [*capabilities.rows(adapter.limits for adapter in kinds), *how],
                "channels": ours,
                "by_channel": capabilities.rows(channel.limits for channel in ours),
                **kwargs,
            }
        )
