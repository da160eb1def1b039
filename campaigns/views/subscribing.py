"""Subscribe to the plan in one's own calendar programme, and take the subscription back."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from campaigns import agenda, calendar, ical, year
from campaigns.models import CalendarFeed
from publishing.views.base import DeskPage

BACK, AHEAD = timedelta(days=30), timedelta(days=180)


class Subscribe(DeskPage):
    permission = "campaigns.view_placement"
    template_name = "campaigns/calendar/subscribe.html"
    page_title = gettext_lazy("The plan in your own calendar")
    header_icon = "date"

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((reverse("campaigns_calendar:month"), _("Calendar")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = CalendarFeed.objects.filter(user=self.person).first()
        return super().get_context_data(kept=kept, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        if "stop" in request.POST:
            CalendarFeed.objects.filter(user=self.person).delete()
            return self.render_to_response(self.get_context_data(stopped=True))
        token = CalendarFeed.objects.renew(self.person)
        address = request.build_absolute_uri(reverse("calendar_feed", args=[token]))
        return self.render_to_response(self.get_context_data(address=address))


@never_cache
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """What this person may see of the plan, in their language. 404 for what opens nothing, whatever the reason."""
    kept = CalendarFeed.objects.of_token(token)
    if kept is None or not kept.user.has_perm(Subscribe.permission):
        raise Http404
    now = timezone.now()
    with translation.override("da"):
        items = calendar.together(agenda.between(now - BACK, now + AHEAD))
        host = request.get_host().split(":")[0]
        first, last = (timezone.localdate(moment) for moment in (now - BACK, now + AHEAD))
        # What leaves the house is what anybody may read, whoever subscribes.
        body = ical.write(items, name=_("Pejlemærke: the plan"), host=host, now=now, marks=year.marks(first, last))
    return HttpResponse(body, content_type="text/calendar; charset=utf-8")
