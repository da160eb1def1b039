"""What may be deleted of the strategy, and what says why it may not."""

from typing import Any

from django.db.models import ProtectedError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic

from campaigns import years
from campaigns.models import Strategy


class SafeDeleteView(generic.DeleteView):
    """What something else hangs on is not deleted; the person is told, and nothing breaks."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().post(request, *args, **kwargs)
        except ProtectedError as error:
            count = len(error.protected_objects)
            sentence = _("%(name)s is in use in %(count)s places, so it cannot be deleted.")
            messages.error(request, sentence % {"name": self.object, "count": count})
            return redirect(reverse(self.edit_url_name, args=[self.object.pk]))
        return response


class StrategyDeleteView(SafeDeleteView):
    """Only a draft goes, with everything in it."""

    def delete_action(self) -> None:
        years.discard(self.object, by=self.request.user)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.object.status != Strategy.Status.DRAFT:
            messages.error(request, _("Only a strategy in preparation can be deleted."))
            return redirect(reverse(self.index_url_name))
        return super().post(request, *args, **kwargs)
