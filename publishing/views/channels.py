"""The channels: one row each, and a page each. What a page says comes from the database; workers ask the platforms."""

from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton
from wagtail.permission_policies import ModelPermissionPolicy

from publishing import capabilities, chronicle, oauth, standing
from publishing.models import Channel
from publishing.views.base import DeskPage

VIEW, CHANGE = "publishing.view_channel", "publishing.change_channel"
REFRESH = "2"  # seconds; a page that waits for a worker asks again by itself, without a script


def refreshing(response: HttpResponse, wanted: bool) -> HttpResponse:
    """The same page again in a moment, as long as an answer is about to come."""
    if wanted:
        response["Refresh"] = REFRESH
    return response


class Cell(Column):
    """A cell with a template of its own, which may hold a small form."""

    def __init__(self, name: str, label: Any) -> None:
        super().__init__(name, label=label, accessor=lambda channel: channel)
        self.cell_template_name = f"publishing/channels/cell_{name}.html"

    def get_cell_context_data(self, instance: Channel, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        request, now = context["request"], timezone.now()
        return {
            **context,
            "channel": instance,
            "badge": standing.badge(instance),
            "problem": standing.problem(instance, now),
            "asking": standing.is_asking(instance, now),
            "access_ends_soon": instance.access_ends_soon(now),
            "carries": capabilities.in_short(instance.limits),
            "may_change": request.user.has_perm(CHANGE),
            "csrf_token": get_token(request),
        }


class NameColumn(TitleColumn):
    cell_template_name = "publishing/channels/cell_name.html"


def keepers() -> str:
    """Who may change channels, by name: for whoever may not, and sees that one wants somebody."""
    people = User.objects.with_perm(CHANGE, backend="django.contrib.auth.backends.ModelBackend")
    return ", ".join(person.get_full_name() or person.get_username() for person in people.order_by("first_name"))


class ChannelIndex(generic.IndexView):
    """Every channel, with those out of use last."""

    model = Channel
    permission_policy = ModelPermissionPolicy(Channel)
    page_title = gettext_lazy("Channels")
    header_icon = "globe"
    index_url_name = "publishing_channels:list"
    index_results_url_name = "publishing_channels:results"
    add_url_name = "publishing_channels:new"
    add_item_label = gettext_lazy("Add a channel")
    list_filter = ("kind", "health")
    search_fields = ("name", "account_name")
    paginate_by = 50
    template_name = "publishing/channels/index.html"
    results_template_name = "publishing/channels/index_results.html"
    columns = (
        NameColumn(
            "name",
            label=gettext_lazy("Channel"),
            get_url=lambda channel: reverse("publishing_channels:show", args=[channel.pk]),
        ),
        Cell("state", gettext_lazy("State")),
        Cell("due", gettext_lazy("Next due")),
        Cell("verified", gettext_lazy("Verified")),
        Cell("access", gettext_lazy("Access ends")),
        Cell("carries", gettext_lazy("Carries")),
    )

    def get_base_queryset(self) -> "QuerySet[Channel]":
        return standing.with_next_due().order_by("retired_at", "name")

    def order_queryset(self, queryset: "QuerySet[Channel]") -> "QuerySet[Channel]":
        return queryset

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        return []

    @cached_property
    def header_buttons(self) -> list[Any]:
        url = reverse("publishing_channels:capabilities")
        table = HeaderButton(_("What they can carry"), url=url, icon_name="table")
        buttons = [*super().header_buttons, table]
        if self.request.user.has_perm("publishing.view_delivery"):
            buttons.append(HeaderButton(_("Health"), url=reverse("publishing_desk:health"), icon_name="circle-check"))
        return buttons

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        now = timezone.now()
        waiting = any(standing.is_asking(channel, now) for channel in context["object_list"])
        return refreshing(super().render_to_response(context, **kwargs), waiting)


class OfChannel(DeskPage):
    """Any page about one channel."""

    permission = VIEW
    header_icon = "globe"

    @cached_property
    def channel(self) -> Channel:
        return get_object_or_404(standing.with_next_due(), pk=self.kwargs["pk"])

    def get_page_title(self) -> Any:
        return self.page_title or self.channel.name

    def get_page_subtitle(self) -> Any:
        return self.channel.name if self.page_title else ""

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        here = (reverse("publishing_channels:show", args=[self.channel.pk]), self.channel.name)
        return LIST if not self.page_title else (*LIST, here)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_change = self.request.user.has_perm(CHANGE)
        return super().get_context_data(**{"channel": self.channel, "may_change": may_change, **kwargs})


LIST = ((reverse_lazy("publishing_channels:list"), gettext_lazy("Channels")),)


class ChannelPage(OfChannel):
    """How it stands, what can be done about it, what it can carry, and what was done with it."""

    template_name = "publishing/channels/show.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        channel, now = self.channel, timezone.now()
        badge = standing.badge(channel)
        return super().get_context_data(
            **{
                "badge": badge,
                "problem": standing.problem(channel, now),
                "consequences": standing.consequences(channel, now),
                "asking": standing.is_asking(channel, now),
                "verify_first": badge.key in ("unverified", "fault") and not channel.adapter.connects,
                "resume_first": not channel.adapter.connects,
                "access": capabilities.access(channel.adapter),
                "carries": [(label, values[0]) for label, values in capabilities.rows([channel.limits])],
                "history": chronicle.of(channel),
                "redirect_uri": oauth.redirect_uri() if channel.adapter.connects else "",
                "keepers": "" if self.request.user.has_perm(CHANGE) else keepers(),
                **kwargs,
            }
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        return refreshing(response, standing.is_asking(self.channel, timezone.now()))
