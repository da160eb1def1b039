"""Connecting a channel in a browser. A link leads to the platform, never a form: the page's policy forbids forms that
end elsewhere. While a worker asks, the page asks again by itself."""

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from publishing import oauth, standing
from publishing.models import Channel, Consent
from publishing.models.consent import WORKING
from publishing.scheduling import NotPossible
from publishing.views.base import DeskPage, Permitted
from publishing.views.channels import CHANGE, LIST, REFRESH

Step = Consent.Step


class Connect(Permitted, View):
    permission = CHANGE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        channel = get_object_or_404(Channel, pk=pk)
        try:
            consent = oauth.begin(channel, by=self.person)
        except NotPossible as error:
            messages.warning(request, error.summary)
            return redirect("publishing_channels:show", pk)
        return redirect("publishing_channels:consent", consent.key)


class OwnConsent(Permitted):
    """Only for whoever began it."""

    permission = CHANGE
    kwargs: dict[str, Any]

    @cached_property
    def consent(self) -> Consent:
        mine = Consent.objects.select_related("channel").filter(by=self.person)
        return get_object_or_404(mine, key=self.kwargs["key"])


class ConsentPage(OwnConsent, DeskPage):
    """Where it stands, and the one next step."""

    template_name = "publishing/channels/consent.html"
    page_title = gettext_lazy("Connect")
    header_icon = "globe"

    def get_page_subtitle(self) -> str:
        return self.consent.channel.name

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        channel = self.consent.channel
        return (*LIST, (reverse("publishing_channels:show", args=[channel.pk]), channel.name))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        consent, now = self.consent, timezone.now()
        over = Consent.objects.lost(now).filter(pk=consent.pk).exists()
        go = oauth.address(consent) if consent.step == Step.READY and not over else ""
        return super().get_context_data(
            **{
                "consent": consent,
                "channel": consent.channel,
                "working": consent.step in WORKING and not over,
                "go": bool(go),
                "host": urlsplit(go).netloc,
                "offers": oauth.offers(consent) if consent.step == Step.PICKING and not over else [],
                "failed": over or consent.step == Step.FAILED,
                "problem": consent.problem or _("It took too long."),
                "asking": standing.is_asking(consent.channel, now),
                "badge": standing.badge(consent.channel),
                "channel_problem": standing.problem(consent.channel, now),
                "consequences": standing.consequences(consent.channel, now),
                "undecided": standing.badge(consent.channel).key == "undecided",  # what is left once it is connected
                "other_address": "" if request_is_here(self.request) else settings.BASE_URL,
                **kwargs,
            }
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        oauth.ring_again(self.consent)
        context = self.get_context_data(**kwargs)
        response: HttpResponse = self.render_to_response(context)
        if context["go"] and not context["other_address"]:
            response["Refresh"] = f"1; url={reverse('publishing_channels:consent_go', args=[self.consent.key])}"
        elif context["working"] or (self.consent.step == Step.CONNECTED and context["asking"]):
            response["Refresh"] = REFRESH
        return response


def request_is_here(request: HttpRequest) -> bool:
    """Whether the person is on the address that the platform will send them back to."""
    return request.get_host() == urlsplit(settings.BASE_URL).netloc


class GoToPlatform(OwnConsent, View):
    """To the platform's own page, in a request that no form began."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, key: Any) -> HttpResponseBase:
        address = oauth.address(self.consent) if self.consent.step == Step.READY else ""
        if not address:
            return redirect("publishing_channels:consent", key)
        response = HttpResponseRedirect(address)
        response["Cache-Control"] = "no-store"
        response["Referrer-Policy"] = "no-referrer"
        return response


class ComeBack(Permitted, View):
    """Where the platform sends the person back to, with a code or a refusal."""

    permission = CHANGE
    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        given = request.GET
        try:
            consent = oauth.came_back(
                by=self.person,
                state=given.get("state", ""),
                code=given.get("code", ""),
                error=given.get("error", ""),
            )
        except NotPossible as error:
            messages.error(request, error.summary)
            return redirect("publishing_channels:list")
        return redirect("publishing_channels:consent", consent.key)


class PickAccount(OwnConsent, View):
    """Which of the accounts that the login gave it shall be."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, key: Any) -> HttpResponse:
        try:
            oauth.pick(self.consent, request.POST.get("account", ""))
        except NotPossible as error:
            messages.warning(request, error.summary)
        return redirect("publishing_channels:consent", key)
