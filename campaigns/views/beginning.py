"""Begin a draft: what it shall be, with what the plan knows already; of a slot, the slot carries it from then on."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages

from campaigns import contents, drafting, drafts, slots
from campaigns.drafts import Wanted
from campaigns.forms_of_plans import DraftForm
from campaigns.models import Campaign
from campaigns.planning import Conflict
from campaigns.views.slots import OfPlan, OfSlot, plan_url


class Begin(OfPlan):
    """An idea: everything it begins with stands in the address (``drafting.link``)."""

    permission = "campaigns.view_placement"
    template_name = "campaigns/plans/begin.html"
    page_title = gettext_lazy("Begin a draft")
    header_icon = "edit"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not drafts.may_write(request.user):
            raise PermissionDenied
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    @cached_property
    def wanted(self) -> Wanted:
        return drafting.read(self.request.GET)

    def campaign(self) -> Campaign | None:
        return Campaign.objects.filter(pk=self.wanted.campaign).first() if self.wanted.campaign else None

    def begin(self, wanted: Wanted) -> int:
        return drafts.write(wanted, self.person)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DraftForm(wanted=self.wanted, user=self.person)
        back = plan_url(self.wanted.campaign)
        return super().get_context_data(**{"form": form, "wanted": self.wanted, "back": back, **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = DraftForm(request.POST, wanted=self.wanted, user=self.person)
        if form.is_valid():
            try:
                page = self.begin(form.what())
            except Conflict as conflict:
                for sentence in conflict.sentences:
                    form.add_error(None, sentence)
            else:
                messages.success(
                    request, _("A draft is begun. Nothing of it goes out before it is written and approved.")
                )
                return redirect(contents.url_of(page, self.person) or plan_url(self.wanted.campaign))
        return self.render_to_response(self.get_context_data(form=form), status=422)


class BeginSlot(OfSlot, Begin):  # type: ignore[misc]
    """The draft of a slot."""

    def campaign(self) -> Campaign | None:
        return self.placement.campaign

    @cached_property
    def wanted(self) -> Wanted:
        return slots.wanted_of(self.placement)

    def begin(self, wanted: Wanted) -> int:
        rows = self.chosen()
        page = slots.draft(rows, wanted, by=self.person)
        self.tell_filled(rows, wanted.title)
        return page

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        also = slots.together_with(self.placement)
        return super().get_context_data(**{"placement": self.placement, "also": also, **kwargs})
