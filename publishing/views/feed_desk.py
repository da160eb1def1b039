"""The live feeds for whoever looks after them: their addresses, who has a key, who is pushed to, and how that goes."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin import messages

from publishing import presenting
from publishing.adapters.feed import LiveFeed
from publishing.feed import addresses, keys
from publishing.feed.addresses import Addresses
from publishing.models import Channel, Feed, FeedKey, FeedSubscriber
from publishing.presenting import Badge
from publishing.views.base import DeskPage, Permitted

FORMS = (
    ("articles", gettext_lazy("Articles (JSON), for bringing in")),
    ("json", gettext_lazy("JSON Feed 1.1")),
    ("atom", gettext_lazy("Atom")),
)


class KeyForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Who uses it"), max_length=80, help_text=gettext_lazy("Which newsroom or system uses it.")
    )


@dataclass(frozen=True)
class Told:
    """One feed as the page shows it."""

    channel: Channel
    feed: Feed | None
    at: Addresses
    keys: list[FeedKey]
    subscribers: list[tuple[FeedSubscriber, Badge]]
    form: KeyForm

    @property
    def documents(self) -> list[tuple[Any, str]]:
        return [(label, self.at.feed(form)) for form, label in FORMS]

    @property
    def press_only(self) -> bool:
        return bool(self.channel.config.get("audience") == "press")


class Feeds(DeskPage):
    permission = keys.MANAGES
    template_name = "publishing/feed/desk.html"
    page_title = gettext_lazy("Live feed")
    header_icon = "globe"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        channels = Channel.objects.filter(kind=LiveFeed.kind).order_by("name")
        told = [self.told(channel, kwargs.get("bound", {}).get(channel.pk)) for channel in channels]
        return super().get_context_data(**{"feeds": told, **kwargs})

    def told(self, channel: Channel, form: KeyForm | None) -> Told:
        feed = Feed.objects.filter(channel=channel).first()
        rows = FeedSubscriber.objects.filter(feed=feed).select_related("key").order_by("ended_at", "-since")[:100]
        return Told(
            channel,
            feed,
            addresses.of(channel),
            list(FeedKey.objects.filter(channel=channel).select_related("made_by")[:100]),
            [(row, badge(row)) for row in rows],
            form or KeyForm(auto_id=f"id_{channel.pk}_%s"),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        channel = get_object_or_404(Channel, pk=request.POST.get("channel") or None, kind=LiveFeed.kind)
        form = KeyForm(request.POST, auto_id=f"id_{channel.pk}_%s")
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(bound={channel.pk: form}), status=422)
        made, key = keys.make(channel, name=form.cleaned_data["name"], by=self.person)
        response = self.render_to_response(self.get_context_data(made=made, key=key))
        response["Cache-Control"] = "no-store"
        return response


class TakeBackKey(Permitted, View):
    permission = keys.MANAGES
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        key = get_object_or_404(FeedKey, pk=pk)
        keys.take_back(key, timezone.now(), by=self.person)
        messages.success(request, _("“%(name)s” opens nothing any more.") % {"name": key.name})
        return redirect("publishing_channels:feeds")


class EndSubscription(Permitted, View):
    permission = keys.MANAGES
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscriber = get_object_or_404(FeedSubscriber, pk=pk)
        keys.end_subscription(subscriber, timezone.now(), by=self.person)
        messages.success(request, _("Nothing is pushed to %(host)s any more.") % {"host": subscriber.host})
        return redirect("publishing_channels:feeds")


def badge(subscriber: FeedSubscriber) -> Badge:
    """How it goes, in a word and a shape."""
    if subscriber.ended_at is not None:
        return presenting.badge("cancelled", _("ended"))
    if subscriber.failing_since is not None:
        return presenting.badge("failed", _("does not answer"))
    return presenting.badge("read_back", _("receives"))
