"""The evergreen pool: when each advice was told and may be told again, ideas for empty days, and placing one."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import HeaderButton

from campaigns import advising, clock, contents, evergreen
from campaigns.models import Advice
from campaigns.planning import Conflict
from campaigns.views.listings import Listing
from publishing.scheduling import NotPossible, Refused
from publishing.views.base import DeskPage, Permitted

AHEAD = timedelta(days=13)
NEAR, MOST_NEAR = timedelta(days=7), 3  # what stands beside the calendar


class AdviceListing(Listing):
    """History is read once for the whole page."""

    table_classname = "listing strategy-listing advice-listing"

    def get_base_queryset(self) -> QuerySet[Advice]:
        return Advice.objects.select_related("page").prefetch_related("channels")

    @cached_property
    def used(self) -> list[evergreen.Use]:
        return advising.history(Advice.objects.values_list("page_id", flat=True))

    @cached_property
    def today(self) -> date:
        return timezone.localdate()

    @cached_property
    def header_buttons(self) -> list[Any]:
        ideas = HeaderButton(_("Ideas for empty days"), url=reverse("advice:ideas"), icon_name="date")
        return [*super().header_buttons, ideas]

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("__str__"),
            Column("channels", label=_("Channels"), accessor=lambda row: ", ".join(map(str, row.channels.all()))),
            Column("season", label=_("Season"), accessor=_season),
            Column("last", label=_("Last used"), accessor=self.last),
            Column("next", label=_("May come again"), accessor=self.next),
            Column("left", label=_("Times left"), accessor=self.left),
        ]

    def last(self, row: Advice) -> str:
        found = evergreen.last_used(row.piece, self.used, self.today + timedelta(days=1))
        return _day(found) if found else _("never")

    def next(self, row: Advice) -> str:
        if not row.active:
            return _("rests")
        found = evergreen.next_allowed(row.piece, self.used, self.today)
        return _("now") if found == self.today else _day(found) if found else _("not within a year")

    def left(self, row: Advice) -> str:
        found = evergreen.left(row.piece, [one for one in self.used if one.day != self.today], self.today)
        return "–" if found is None else str(found)


def _season(row: Advice) -> str:
    if not row.season_from:
        return _("all year")
    form = Advice._meta.get_field("season_from").formfield()
    return f"{form.prepare_value(row.season_from)} – {form.prepare_value(row.season_to)}"


def _day(day: date) -> str:
    return date_format(day, pgettext("day with year", "j F Y"))


class Ideas(DeskPage):
    """Days of the next two weeks on which nothing is planned; ``?part=tray`` is what stands beside the calendar."""

    permission = "campaigns.view_advice"
    template_name = "campaigns/advice/ideas.html"
    page_title = gettext_lazy("Ideas for empty days")
    header_icon = "date"

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((reverse("advice:index"), _("Advice to tell again")),)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("part") == "tray":
            today = timezone.localdate()
            days = advising.empty_days(today, today + NEAR, 1, spread=True)[:MOST_NEAR]
            return render(request, "campaigns/advice/tray.html", {"days": days, **self.rights()})
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        days = advising.empty_days(today, today + AHEAD, 3)
        return super().get_context_data(**{"days": days, **self.rights(), **kwargs})

    def rights(self) -> dict[str, Any]:
        return {"may_place": self.person.has_perm(advising.PLACE), "back": self.request.GET.get("back", "")}


class Place(Permitted, View):
    """POST ``day``: the advice goes on that day, planned at once where its approval stands."""

    permission = advising.PLACE
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        advice = get_object_or_404(Advice.objects.select_related("page"), pk=pk)
        try:
            day = date.fromisoformat(request.POST.get("day", ""))
        except ValueError as error:
            raise PermissionDenied from error
        if not clock.can_be_meant(day):
            raise PermissionDenied
        back = request.POST.get("back", "")
        if not url_has_allowed_host_and_scheme(back, {request.get_host()}):
            back = reverse("campaigns_calendar:day") + f"?day={day.isoformat()}"
        try:
            placed = advising.place(advice, day, timezone.now(), by=self.person)
        except Conflict as error:
            messages.error(request, " ".join(error.sentences))
            return redirect(back)
        except (NotPossible, Refused) as error:
            messages.error(request, str(error))
            return redirect(back)
        words = {"title": str(advice), "day": _day(day), "channels": ", ".join(map(str, placed.channels))}
        if placed.planned:
            messages.success(request, _("%(title)s is planned for %(day)s on %(channels)s.") % words)
        else:
            text = _("%(title)s stands on %(day)s on %(channels)s. It is sent only when somebody has approved it.")
            url = contents.url_of(advice.page_id, self.person)
            buttons = [messages.button(url, _("To the content"))] if url else []
            messages.warning(request, text % words, buttons=buttons)
        if placed.why:
            messages.info(request, " ".join(placed.why))
        return redirect(back)
