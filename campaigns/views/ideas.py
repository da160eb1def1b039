"""The button at a gap: on to a draft that is tagged with what nobody has told about."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View

from campaigns import drafting, drafts
from campaigns.models import FocusArea, FocusMapping, Initiative
from publishing.views.base import Permitted


class Draft(Permitted, View):
    """Of a focus area or of an initiative, whose confirmed focus area comes along when there is one only."""

    permission = "campaigns.view_coverage"
    http_method_names = ["get"]

    def get(self, request: HttpRequest, what: str, pk: int) -> HttpResponse:
        if not drafts.may_write(self.person):
            raise PermissionDenied
        return redirect(drafting.link(of_initiative(pk) if what == "initiative" else of_area(pk)))


def of_area(pk: int) -> drafts.Wanted:
    area = get_object_or_404(FocusArea, pk=pk)
    title = _("Idea: %(about)s") % {"about": area.name}
    return drafts.Wanted(title=title, focus_area=area.pk)


def of_initiative(pk: int) -> drafts.Wanted:
    initiative = get_object_or_404(Initiative, pk=pk)
    confirmed = initiative.mappings.filter(status=FocusMapping.Status.CONFIRMED).values_list("focus_area_id", flat=True)
    area = confirmed[0] if len(confirmed) == 1 else None
    title = _("Idea: %(about)s") % {"about": initiative.title}
    return drafts.Wanted(title=title, focus_area=area, initiatives=(initiative.pk,))
