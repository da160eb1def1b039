"""What waits for this very person, the most urgent first."""

from typing import Any

from django.utils.translation import gettext_lazy

from publishing import needs
from publishing.views.base import DeskPage


class NeedsYou(DeskPage):
    """Everybody who may log in has this page; it holds what they may act on, and nothing else."""

    permission = "wagtailadmin.access_admin"
    template_name = "publishing/desk/needs_you.html"
    page_title = gettext_lazy("It waits for you")
    header_icon = "tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"groups": needs.groups(self.person), **kwargs})
