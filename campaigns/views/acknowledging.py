"""The button under tonight's list: I have read it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from campaigns import tonight
from publishing.views.base import Permitted


class Acknowledge(Permitted, View):
    permission = tonight.READS

    def post(self, request: HttpRequest) -> HttpResponse:
        try:
            tonight.acknowledge(request.POST.get("seal", ""), by=self.person, now=timezone.now())
        except tonight.ChangedMeanwhile:
            messages.warning(request, _("The list changed while you read. Look at it once more."))
        else:
            messages.success(request, _("Thank you. Everybody can see that you have read the list."))
        return redirect("wagtailadmin_home")
