"""What somebody does with a channel. What has an effect that cannot be taken back is asked once, with what it means."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from publishing import channels
from publishing.models import Channel, Delivery
from publishing.models.delivery import OPEN
from publishing.scheduling import NotPossible
from publishing.views.channels import CHANGE, OfChannel


class NoQuestion(forms.Form):
    """Nothing to fill in."""


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why"), help_text=gettext_lazy("Everybody who plans for it is told."), max_length=250
    )


class RetireForm(forms.Form):
    forget_access = forms.BooleanField(
        label=gettext_lazy("Forget its access as well"),
        help_text=gettext_lazy("Then nothing that was sent can be taken down or read from here any more."),
        required=False,
    )


@dataclass(frozen=True)
class Action:
    """``does`` changes the channel and returns the sentence that is said afterwards. ``means`` is asked beforehand."""

    label: Any
    does: Callable[[Channel, dict[str, Any], User], str]
    means: Callable[[Channel], str] | None = None
    form: type[forms.Form] = NoQuestion
    grave: bool = False


def _planned(channel: Channel) -> int:
    return Delivery.objects.filter(channel=channel, state__in=OPEN, parent__isnull=True).count()


def _verify(channel: Channel, data: dict[str, Any], by: User) -> str:
    channels.ask(channel)
    return _("The platform is being asked.")


def _pause(channel: Channel, data: dict[str, Any], by: User) -> str:
    channels.pause(channel, reason=data["reason"], by=by)
    return _("%(channel)s is paused. What comes due is held.") % {"channel": channel.name}


def _resume(channel: Channel, data: dict[str, Any], by: User) -> str:
    if not channels.resume(channel, by=by):
        return _("The platform is being asked. The pause ends once it has said that all is well.")
    return _("%(channel)s goes on. What was held stays held until somebody decides about it.") % {
        "channel": channel.name
    }


def _dry_run_on(channel: Channel, data: dict[str, Any], by: User) -> str:
    channels.set_dry_run(channel, True, by=by)
    return _("Dry run: from now on nothing leaves the house on %(channel)s.") % {"channel": channel.name}


def _dry_run_off(channel: Channel, data: dict[str, Any], by: User) -> str:
    channels.set_dry_run(channel, False, by=by)
    return _("From now on %(channel)s sends for real.") % {"channel": channel.name}


def _retire(channel: Channel, data: dict[str, Any], by: User) -> str:
    channels.retire(channel, forget_access=data["forget_access"], by=by)
    return _("%(channel)s is out of use. Its history stays.") % {"channel": channel.name}


def _reinstate(channel: Channel, data: dict[str, Any], by: User) -> str:
    channels.reinstate(channel, by=by)
    return _("%(channel)s is in use again. The platform is being asked.") % {"channel": channel.name}


def _means_pause(channel: Channel) -> str:
    return ngettext(
        "Nothing more begins on it. %(count)s post is planned: if it comes due meanwhile, it is held.",
        "Nothing more begins on it. %(count)s posts are planned: those that come due meanwhile are held.",
        _planned(channel),
    ) % {"count": _planned(channel)}


def _means_real(channel: Channel) -> str:
    if channel.lacks_decision and not channel.used_before_decisions:
        return _("No risk decision is recorded: what comes due from now on is held until it is.")
    return ngettext(
        "What comes due goes out to the public from now on. %(count)s post is planned.",
        "What comes due goes out to the public from now on. %(count)s posts are planned.",
        _planned(channel),
    ) % {"count": _planned(channel)}


def _means_retire(channel: Channel) -> str:
    return ngettext(
        "Nothing can be planned on it any more. %(count)s post is planned: it is held when it comes due, not sent.",
        "Nothing can be planned on it any more. %(count)s posts are planned: each is held when it comes due, not sent.",
        _planned(channel),
    ) % {"count": _planned(channel)}


ACTIONS = {
    "verify": Action(gettext_lazy("Verify now"), _verify),
    "pause": Action(gettext_lazy("Pause"), _pause, _means_pause, ReasonForm),
    "resume": Action(gettext_lazy("Resume"), _resume),
    "dry-run": Action(gettext_lazy("Dry run"), _dry_run_on),
    "send-for-real": Action(gettext_lazy("Send for real"), _dry_run_off, _means_real, grave=True),
    "retire": Action(gettext_lazy("Take out of use"), _retire, _means_retire, RetireForm, grave=True),
    "reinstate": Action(gettext_lazy("Take into use again"), _reinstate),
}


class Act(OfChannel):
    """GET asks where there is something to ask; POST does it."""

    permission = CHANGE
    template_name = "publishing/channels/act.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["action"] not in ACTIONS:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def action(self) -> Action:
        return ACTIONS[self.kwargs["action"]]

    @property
    def page_title(self) -> Any:  # type: ignore[override]
        return self.action.label

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        means = self.action.means(self.channel) if self.action.means else ""
        return super().get_context_data(**{"deed": self.action, "means": means, "form": self.action.form(), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.action.form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        try:
            messages.success(request, self.action.does(self.channel, form.cleaned_data, self.person))
        except NotPossible as error:
            messages.warning(request, error.summary)
        back = get_valid_next_url_from_request(request)
        return redirect(back or reverse("publishing_channels:show", args=[self.channel.pk]))
