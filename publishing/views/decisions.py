"""What a person can say about one delivery on its page: each with its permission, its form and its verb."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from publishing import clearing, deciding
from publishing.deciding import Verdict
from publishing.forms import ReasonForm, SentForm
from publishing.models import Delivery

DECIDE, WITHDRAW = "publishing.decide_delivery", "publishing.withdraw_delivery"


@dataclass(frozen=True)
class Decision:
    """``carry_out`` gets the delivery, the person and what the form holds; ``said`` confirms it."""

    permission: str
    carry_out: Callable[[Delivery, Any, Mapping[str, Any]], None]
    said: str | Promise
    form: type[forms.Form] = forms.Form


def _sent(delivery: Delivery, by: Any, data: Mapping[str, Any]) -> None:
    deciding.decide(delivery, Verdict.SENT, by=by, permalink=data["permalink"])


def _send_again(delivery: Delivery, by: Any, data: Mapping[str, Any]) -> None:
    deciding.decide(delivery, Verdict.SEND_AGAIN, by=by)


def _do_not_send(delivery: Delivery, by: Any, data: Mapping[str, Any]) -> None:
    deciding.decide(delivery, Verdict.DO_NOT_SEND, by=by, reason=data["reason"])


DECISIONS: dict[str, Decision] = {
    "sent": Decision(DECIDE, _sent, gettext_lazy("It is marked as sent."), SentForm),
    "send_again": Decision(DECIDE, _send_again, gettext_lazy("It is sent again now.")),
    "do_not_send": Decision(DECIDE, _do_not_send, gettext_lazy("It is not sent."), ReasonForm),
    "try_again": Decision(
        DECIDE, lambda delivery, by, data: deciding.try_again(delivery, by=by), gettext_lazy("It is tried again now.")
    ),
    "doubt": Decision(
        DECIDE,
        lambda delivery, by, data: deciding.doubt(delivery, by=by),
        gettext_lazy("The channel is asked first. Then this page shows what was found."),
    ),
    "dismiss": Decision(
        DECIDE,
        lambda delivery, by, data: deciding.dismiss(delivery, by=by),
        gettext_lazy("It is let be and leaves the list."),
    ),
    "accept_reading": Decision(
        DECIDE,
        lambda delivery, by, data: deciding.accept_reading(delivery, by=by),
        gettext_lazy("It is let be and leaves the list."),
    ),
    "taken_down": Decision(
        WITHDRAW,
        lambda delivery, by, data: deciding.withdrawn_by_hand(delivery, by=by),
        gettext_lazy("It is marked as taken down."),
    ),
    "draft_gone": Decision(
        WITHDRAW,
        lambda delivery, by, data: clearing.gone_by_hand(delivery, by=by),
        gettext_lazy("The draft is marked as taken away."),
    ),
}
