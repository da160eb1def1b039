"""The tone check list: what is planned in the next seven days, its words, and who has looked at them."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from campaigns import tone_check
from campaigns.tonight import ChangedMeanwhile
from publishing.views.base import DeskPage


class ToneCheck(DeskPage):
    permission = tone_check.READS
    template_name = "campaigns/tone_check.html"
    page_title = gettext_lazy("Tone check")
    header_icon = "glasses"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = tone_check.days(timezone.now())
        unread = sum(day.unread for day in days)
        return super().get_context_data(days=days, unread=unread, at_most=tone_check.AT_MOST, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        seal = request.POST.get("seal", "")
        try:
            tone_check.look_at(seal, by=self.person, now=timezone.now())
        except ChangedMeanwhile:
            messages.warning(request, _("The text or its day changed while you read. Look at it once more."))
        return redirect(f"{request.path}#look-{seal}")
