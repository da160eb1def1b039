"""One delivery: the message as sent, where it stands, its road, and what a person can decide about it."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages

from publishing import deciding, labels, leftovers, matching, metric_table, releases, road, situation, stopping
from publishing.adapters import fitting
from publishing.errors import ChannelMisconfigured
from publishing.forms import NewTimeForm, ReasonForm, SentForm
from publishing.models import Delivery, EvidenceRecord, State
from publishing.models.delivery import CLAIMABLE, FAR, OPEN
from publishing.scheduling import NotPossible
from publishing.views.base import DeskPage, Permitted
from publishing.views.decisions import DECISIONS

SHOWN = frozenset({"image/jpeg", "image/png", "image/webp", "image/gif"})  # what a browser may show in our name


class DeliveryPage(DeskPage):
    permission = "publishing.view_delivery"
    template_name = "publishing/desk/delivery.html"
    header_icon = "upload"
    trail = ((reverse_lazy("publishing_desk:deliveries"), _("Deliveries")),)

    @cached_property
    def delivery(self) -> Delivery:
        rows = Delivery.objects.select_related(
            "channel", "revision", "parent", "created_by", "receipt", "follows__channel", "follows__receipt"
        )
        return get_object_or_404(rows, pk=self.kwargs["pk"])

    def get_page_title(self) -> str:
        return self.delivery.headline

    def get_page_subtitle(self) -> str:
        return str(self.delivery.channel)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        delivery, now = self.delivery, timezone.now()
        records = list(EvidenceRecord.objects.filter(delivery_key=delivery.key).select_related("block").order_by("id"))
        return super().get_context_data(
            **{
                "delivery": delivery,
                "message": delivery.message,
                "version": f"{delivery.state} {delivery.attempt_number} {len(records)}",
                "moving": self.is_moving(now),
                "situation": situation.of(delivery, now),
                "titled": delivery.channel.limits.html or delivery.channel.limits.publishes_page,
                "told_already": delivery.state == State.DELIVERED and delivery.channel.dry_run,
                "text": fitting.whole_text(delivery.message),
                "receipt": getattr(delivery, "receipt", None),
                "figures": self.figures(),
                "road": road.steps(delivery, records),
                "attempts": delivery.attempts.all(),
                "records": records,
                "parts": delivery.parts.select_related("channel", "receipt").order_by("recipient"),
                "links": list(labels.links(delivery, self.person)),
                "others": self.others,
                "release": releases.of(delivery),
                "followers": delivery.followers.select_related("channel", "receipt").order_by("pk"),
                **self.choices(),
                **kwargs,
            }
        )

    def is_moving(self, now: datetime) -> bool:
        """Whether the system is about to change something here, so that the page looks again by itself."""
        delivery = self.delivery
        soon = now + timedelta(minutes=2)
        down = delivery.withdraw_next_at is not None and delivery.withdraw_next_at <= soon
        receipt = getattr(delivery, "receipt", None)
        reading = receipt is not None and receipt.read_next_at is not None and receipt.read_next_at <= soon
        return down or reading or (delivery.state in OPEN and delivery.next_at <= soon)

    def figures(self) -> metric_table.Table | None:
        """What the channel told of it over time; None for a channel that tells nothing."""
        receipt = getattr(self.delivery, "receipt", None)
        if receipt is None or not self.delivery.channel.adapter.limits.metrics or receipt.by_hand:
            return None
        snapshots = list(receipt.metrics.all())
        return metric_table.of(snapshots) if snapshots or not self.delivery.channel.dry_run else None

    def others_are_out(self) -> bool:
        return any(other.state == State.DELIVERED for other in self.others)

    @cached_property
    def others(self) -> list[Delivery]:
        """The same content on other channels, or at other times."""
        rows = Delivery.objects.of_same_content(self.delivery).exclude(
            pk__in=[self.delivery.pk, self.delivery.parent_id]
        )
        return list(rows.select_related("channel", "receipt").order_by("due_at")[:50])

    def choices(self) -> dict[str, Any]:
        """What this person can do about it now."""
        delivery, may = self.delivery, self.request.user.has_perm
        state, limits = delivery.state, delivery.channel.limits
        out = state == State.DELIVERED
        decides, withdraws = may("publishing.decide_delivery"), may("publishing.withdraw_delivery")
        failed = state == State.FAILED and decides
        sure = failed and deciding.surely_unposted(delivery)
        is_list = limits.fan_out and delivery.parent_id is None
        return {
            "ask": state == State.UNCERTAIN and decides,
            "found": matching.compare(delivery.message.text, delivery.findings) if state == State.UNCERTAIN else [],
            "asks_itself": state == State.UNCERTAIN and delivery.next_at < FAR,
            "by_hand": state == State.PROCESSING and limits.by_hand and decides,
            "aside": may("publishing.release_delivery")
            and not delivery.parent_id
            and bool(stopping.aside_of(delivery)),
            "can_try_again": sure and not is_list,
            "can_doubt": failed and not sure and not is_list,
            "can_dismiss": decides and delivery.dismissed_at is None and self.has_failures(),
            "read_badly": decides and Delivery.objects.not_as_sent().filter(pk=delivery.pk).exists(),
            "taken_down_by_hand": out
            and withdraws
            and delivery.withdraw_next_at is not None
            and delivery.withdraw_next_at >= FAR,
            "draft": delivery.leftovers.filter(next_at__isnull=False).first(),
            "may_clear": withdraws and leftovers.by_hand().filter(delivery=delivery).exists(),
            "can_take_down": withdraws and not delivery.parent_id and out,
            "can_cancel": withdraws and not delivery.parent_id and state in CLAIMABLE,
            "can_take_down_others": withdraws and not delivery.parent_id and self.others_are_out(),
            "sent_form": SentForm(),
            "reason_form": ReasonForm(),
            "time_form": NewTimeForm(),
        }

    def has_failures(self) -> bool:
        """It failed itself, or some of its recipients were not reached and nobody has let that be."""
        failed = self.delivery.parts.filter(state=State.FAILED, dismissed_at__isnull=True)
        return self.delivery.state == State.FAILED or failed.exists()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        action = request.POST.get("action", "")
        decision = DECISIONS.get(action)
        if decision is None:
            raise Http404
        if not request.user.has_perm(decision.permission):
            raise PermissionDenied
        form = decision.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(**_with_errors(form)), status=422)
        try:
            decision.carry_out(self.delivery, self.person, form.cleaned_data)
        except NotPossible as error:
            messages.warning(request, error.summary)
        else:
            messages.success(request, str(decision.said))
        return redirect("publishing_desk:delivery", pk)


def _with_errors(form: forms.Form) -> Mapping[str, forms.Form]:
    return {"sent_form": form} if isinstance(form, SentForm) else {"reason_form": form}


class Picture(Permitted, View):
    """A frozen image of a delivery, to look at or to download: for whoever may see the delivery, and nobody else."""

    permission = "publishing.view_delivery"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int, number: int) -> HttpResponse:
        media = get_object_or_404(Delivery, pk=pk).message.media
        if number >= len(media):
            raise Http404
        item = media[number]
        try:
            content = item.read()
        except ChannelMisconfigured as error:
            raise Http404(error.summary) from error
        download = "download" in request.GET or item.mime not in SHOWN
        disposition = "attachment" if download else "inline"
        name = "".join(letter for letter in item.filename if letter.isalnum() or letter in "-_.") or "image"
        return HttpResponse(
            content,
            content_type=item.mime if item.mime in SHOWN else "application/octet-stream",
            headers={"Content-Disposition": f'{disposition}; filename="{name}"', "Cache-Control": "private"},
        )
