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
        how = (_("Access"), [capabilities.access(adapter) for adapter in kinds])
        by_kind = [*capabilities.rows(adapter.limits for adapter in kinds), how]
        by_channel = capabilities.rows(channel.limits for channel in ours)
        return super().get_context_data(
            **{
                "kinds": _columns([str(adapter.label) for adapter in kinds], by_kind),
                "by_kind": by_kind,
                "channels": _columns([channel.name for channel in ours], by_channel),
                "by_channel": by_channel,
                **kwargs,
            }
        )


def _columns(names: list[str], rows: list[tuple[str, list[str]]]) -> list[tuple[str, list[tuple[str, str]]]]:
    """The same table on a narrow screen: each column by itself, as facts."""
    return [(name, [(label, values[number]) for label, values in rows]) for number, name in enumerate(names)]
