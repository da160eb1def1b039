"""The button at a gap: a draft that is tagged with what nobody has told about, to write on."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views import View
from wagtail.admin import messages

from campaigns import contents, drafts
from campaigns.models import FocusArea, FocusMapping, Initiative
from publishing.views.base import Permitted


class Draft(Permitted, View):
    """Of a focus area or of an initiative, whose confirmed focus area comes along when there is one only."""

    permission = "campaigns.view_coverage"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, what: str, pk: int) -> HttpResponse:
        if not drafts.may_write(self.person):
            raise PermissionDenied
        wanted = of_initiative(pk) if what == "initiative" else of_area(pk)
        page = drafts.write(wanted, self.person)
        messages.success(request, _("A draft is begun. Nothing of it goes out before it is written and approved."))
        return redirect(contents.url_of(page, self.person) or "campaigns_coverage:index")


def of_area(pk: int) -> drafts.Wanted:
    area = get_object_or_404(FocusArea, pk=pk)
    title = _("Idea: %(about)s") % {"about": area.name}
    return drafts.Wanted(title=title, text="", focus_area=area.pk)


def of_initiative(pk: int) -> drafts.Wanted:
    initiative = get_object_or_404(Initiative, pk=pk)
    confirmed = initiative.mappings.filter(status=FocusMapping.Status.CONFIRMED).values_list("focus_area_id", flat=True)
    area = confirmed[0] if len(confirmed) == 1 else None
    title = _("Idea: %(about)s") % {"about": initiative.title}
    return drafts.Wanted(title=title, text="", focus_area=area, initiatives=(initiative.pk,))
