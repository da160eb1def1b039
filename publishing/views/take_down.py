"""Take down: one delivery, or everywhere its content is. What will happen to each is said before it happens."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from publishing import editing, takedown
from publishing.forms import ReasonForm
from publishing.models import Delivery
from publishing.takedown import Outlook
from publishing.views.base import DeskPage


class TakeDown(DeskPage):
    permission = "publishing.withdraw_delivery"
    template_name = "publishing/desk/take_down.html"
    page_title = gettext_lazy("Take down")
    header_icon = "cross"

    @cached_property
    def delivery(self) -> Delivery:
        rows = Delivery.objects.filter(parent__isnull=True).select_related(
            "channel", "revision", "receipt", "edits__channel"
        )
        return editing.post_of(get_object_or_404(rows, pk=self.kwargs["pk"]))

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return (
            (reverse_lazy("publishing_desk:deliveries"), _("Deliveries")),
            (reverse("publishing_desk:delivery", args=[self.delivery.pk]), self.delivery.headline),
        )

    @cached_property
    def outlooks(self) -> list[Outlook]:
        """This delivery first, then every other of the same content that is out or may still go out."""
        return takedown.outlooks(self.delivery, timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        everywhere = "everywhere" in self.request.GET
        marked = {item.delivery.pk for item in self.outlooks if everywhere or item.delivery.pk == self.delivery.pk}
        return super().get_context_data(
            **{
                "delivery": self.delivery,
                "possible": [item for item in self.outlooks if item.possible],
                "impossible": [item for item in self.outlooks if not item.possible],
                "marked": marked,
                "form": ReasonForm(),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        asked = request.POST.getlist("chosen")
        chosen = [item.delivery for item in self.outlooks if item.possible and str(item.delivery.pk) in asked]
        form = ReasonForm(request.POST)
        if not form.is_valid() or not chosen:
            missing = "" if chosen else _("Choose at least one.")
            context = self.get_context_data(form=form, marked={item.pk for item in chosen}, missing=missing)
            return self.render_to_response(context, status=422)
        reason, everywhere = form.cleaned_data["reason"], self.is_everything(chosen)
        if everywhere:
            refused = takedown.take_down_everywhere(self.delivery, reason=reason, by=self.person, now=timezone.now())
        else:
            refused = takedown.take_down(chosen, reason=reason, by=self.person)
        for error in refused:
            messages.warning(request, error.summary)
        done = len(chosen) - len(refused)
        if done:
            text = ngettext(
                "%(count)s take-down is under way. This page shows what comes of it.",
                "%(count)s take-downs are under way. This page shows what comes of them.",
                done,
            )
            messages.success(request, text % {"count": done})
        return redirect("publishing_desk:going_down", pk)

    def is_everything(self, chosen: list[Delivery]) -> bool:
        """Asked for everywhere, and nothing was left out."""
        return "everywhere" in self.request.GET and len(chosen) == sum(item.possible for item in self.outlooks)
