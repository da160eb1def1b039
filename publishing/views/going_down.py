"""A take-down as it happens: every channel of the content with its own state, and what is left for a person."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from publishing import deciding, editing, going_down
from publishing.going_down import Progress
from publishing.models import Delivery, State
from publishing.scheduling import NotPossible
from publishing.views.base import DeskPage
from publishing.views.channels import refreshing


class GoingDown(DeskPage):
    permission = "publishing.withdraw_delivery"
    template_name = "publishing/desk/going_down.html"
    page_title = gettext_lazy("Take-down, channel by channel")
    header_icon = "cross"

    @cached_property
    def delivery(self) -> Delivery:
        rows = Delivery.objects.filter(parent__isnull=True).select_related("channel", "revision")
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return (
            (reverse_lazy("publishing_desk:deliveries"), _("Deliveries")),
            (reverse("publishing_desk:delivery", args=[self.delivery.pk]), self.delivery.headline),
        )

    def rows(self) -> list[Progress]:
        """What a person must do first, then what the system is at, then what is done."""
        found = Delivery.objects.of_same_content(self.delivery).select_related("channel", "receipt", "edits")
        now = timezone.now()
        told = [going_down.progress(row, now) for row in editing.posts(found.order_by("due_at", "pk"))]
        return sorted(told, key=lambda row: (not row.instruction, not row.moving))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = self.rows()
        return super().get_context_data(**{"delivery": self.delivery, "rows": rows, "summary": summary(rows), **kwargs})

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data(**kwargs)
        return refreshing(self.render_to_response(context), any(row.moving for row in context["rows"]))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        wanted = [
            row for row in self.rows() if str(row.delivery.pk) == request.POST.get("delivery") and row.instruction
        ]
        if not wanted:
            raise Http404
        row = wanted[0]
        try:
            if "again" in request.POST and row.can_try_again:
                deciding.withdraw(row.delivery, reason=row.delivery.withdraw_reason, by=self.person)
            else:
                deciding.withdrawn_by_hand(row.delivery, by=self.person)
                messages.success(request, _("It is marked as taken down."))
        except NotPossible as error:
            messages.warning(request, error.summary)
        return redirect("publishing_desk:going_down", pk)


def summary(rows: list[Progress]) -> str:
    """The whole in one sentence."""
    by_hand, moving = sum(bool(row.instruction) for row in rows), sum(row.moving for row in rows)
    if by_hand:
        text = ngettext("%(count)s channel waits for a person.", "%(count)s channels wait for a person.", by_hand)
        return text % {"count": by_hand}
    if moving:
        text = ngettext("%(count)s channel is still being asked.", "%(count)s channels are still being asked.", moving)
        return text % {"count": moving}
    if any(row.delivery.state in (State.DELIVERED, State.UNCERTAIN) for row in rows):
        return _("Something of it is still out.")
    return _("It is gone everywhere.")
