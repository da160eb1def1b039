"""Try a channel: the very requests that it would make for a post, and nothing leaves the house."""

import json
import uuid
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import errors, samples
from publishing.adapters.base import DeliveryKey, Request
from publishing.message import Message
from publishing.models import Channel, Delivery
from publishing.models.delivery import OPEN
from publishing.views.channels import OfChannel

LONGEST = 400  # characters of one value: nobody reads an image in base64
PLANNED = 50


class TryForm(forms.Form):
    """A sample, or one of the next posts on this channel."""

    what = forms.ChoiceField(label=gettext_lazy("What to try"))

    def __init__(self, *args: Any, planned: list[Delivery], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [(_("Samples"), [(key, label) for key, (label, _make) in samples.SAMPLES.items()])]
        if planned:
            choices.append((_("Planned posts"), [(str(item.pk), item.headline) for item in planned]))
        self.fields["what"].choices = choices  # type: ignore[attr-defined]


class TryPage(OfChannel):
    page_title = gettext_lazy("Try")
    template_name = "publishing/channels/try.html"

    def planned(self) -> list[Delivery]:
        """For whoever may see deliveries: a text may be secret until it is out."""
        if not self.request.user.has_perm("publishing.view_delivery"):
            return []
        rows = Delivery.objects.filter(channel_id=self.kwargs["pk"], state__in=OPEN, parent__isnull=True)
        return list(rows.order_by("due_at")[:PLANNED])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        planned = self.planned()
        form = TryForm(request.GET or {"what": next(iter(samples.SAMPLES))}, planned=planned)
        shown: dict[str, Any] = {}
        if form.is_valid():
            chosen = form.cleaned_data["what"]
            posts = {str(item.pk): item for item in planned}
            message = posts[chosen].message if chosen in posts else samples.SAMPLES[chosen][1]()
            key = posts[chosen].delivery_key if chosen in posts else DeliveryKey(uuid.UUID(int=0), timezone.now())
            shown = tried(self.channel, message, key)
        return self.render_to_response(self.get_context_data(form=form, **shown))


def tried(channel: Channel, message: Message, key: DeliveryKey) -> dict[str, Any]:
    """What the adapter says, without its secrets: it is not given them."""
    adapter, account = channel.adapter, channel.account()
    missing = [
        str(setting.label)
        for setting in adapter.settings
        if setting.required and not setting.secret and not account.config.get(setting.name, setting.default)
    ]
    if missing:
        return {"missing": missing}
    problems = adapter.validate(account, message)
    used, allowed = adapter.count(account, message)
    requests, refused = [], ""
    try:
        requests = [shown(request) for request in adapter.translate(account, message, key)]
    except (errors.DeliveryError, errors.ChannelMisconfigured) as error:
        refused = error.summary
    return {
        "problems": problems,
        "used": used,
        "allowed": allowed,
        "requests": requests,
        "refused": refused,
        "recipients": adapter.recipients(account) if channel.limits.fan_out else [],
        "tried": True,
    }


def shown(request: Request) -> dict[str, Any]:
    """A request as people read it; long values are cut, and say how long they are."""
    body = request.body
    text = "" if body is None else json.dumps(_cut(body), ensure_ascii=False, indent=2, default=str)
    headers = {name: str(_cut(value)) for name, value in request.headers.items()}
    return {"method": request.method, "url": request.url, "headers": headers, "body": text}


def _cut(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _cut(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [_cut(item) for item in value]
    if isinstance(value, bytes):
        return _("‹%(count)s bytes›") % {"count": len(value)}
    if isinstance(value, str) and len(value) > LONGEST:
        return value[:LONGEST] + _(" … ‹%(count)s characters in all›") % {"count": len(value)}
    return value
