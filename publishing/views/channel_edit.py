"""Adding and changing a channel: the kind first, then what that kind asks for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from publishing import adapters, capabilities, oauth, setting_up
from publishing.channel_forms import ChannelForm
from publishing.models import Channel
from publishing.views.base import DeskPage
from publishing.views.channels import CHANGE, LIST, OfChannel

ADD = "publishing.add_channel"


class ChooseKind(DeskPage):
    permission = ADD
    template_name = "publishing/channels/new.html"
    page_title = gettext_lazy("Add a channel")
    header_icon = "globe"
    trail = LIST

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = [
            {
                "kind": adapter.kind,
                "label": adapter.label,
                "carries": capabilities.in_short(adapter.limits),
                "access": capabilities.access(adapter),
            }
            for adapter in capabilities.kinds()
        ]
        return super().get_context_data(**{"kinds": kinds, **kwargs})


class AddChannel(DeskPage):
    permission = ADD
    template_name = "publishing/channels/form.html"
    header_icon = "globe"

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return (*LIST, (reverse("publishing_channels:new"), _("Add a channel")))

    @cached_property
    def blank(self) -> Channel:
        if self.kwargs["kind"] not in adapters.KINDS:
            raise Http404
        return Channel(kind=self.kwargs["kind"])

    def get_page_title(self) -> str:
        return str(self.blank.adapter.label)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adapter = self.blank.adapter
        return super().get_context_data(
            **{
                "form": ChannelForm(channel=self.blank),
                "save": _("Add the channel"),
                "connects": adapter.connects,
                "redirect_uri": oauth.redirect_uri() if adapter.connects else "",
                "back": reverse("publishing_channels:new"),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ChannelForm(request.POST, channel=self.blank)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        channel = form.add(by=self.person)
        said = _("%(channel)s is added. Connect it now.") if channel.adapter.connects else _("%(channel)s is added.")
        messages.success(request, said % {"channel": channel.name})
        return redirect("publishing_channels:show", channel.pk)


class EditChannel(OfChannel):
    permission = CHANGE
    template_name = "publishing/channels/form.html"
    page_title = gettext_lazy("Change")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        adapter = self.channel.adapter
        return super().get_context_data(
            **{
                "form": ChannelForm(channel=self.channel),
                "save": _("Save"),
                "redirect_uri": oauth.redirect_uri() if adapter.connects else "",
                "back": reverse("publishing_channels:show", args=[self.channel.pk]),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = ChannelForm(request.POST, channel=Channel.objects.get(pk=self.channel.pk))
        if form.is_valid():
            try:
                changed = form.change(self.channel, by=self.person)
            except setting_up.Overtaken:
                form.add_error(None, self.overtaken())
            else:
                messages.success(request, _("Saved.") if changed else _("Nothing was different, so nothing was saved."))
                return redirect("publishing_channels:show", self.channel.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def overtaken(self) -> str:
        return _(
            "Somebody else changed this channel while you were writing, so nothing was saved. "
            "Open it again in another window, and compare."
        )
