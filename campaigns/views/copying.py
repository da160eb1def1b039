"""Copy a campaign: what will be made, with everything that speaks against it, before anything is made."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from campaigns import copying, making
from campaigns.copying import Copied
from campaigns.forms_of_copies import CopyForm
from campaigns.proposing import Proposed
from campaigns.views.plans import OfCampaign

MAKES = ("campaigns.add_campaign", "campaigns.add_placement")


class CopyPage(OfCampaign):
    """GET shows the copy as it would be, at once; POST makes what was ticked of it."""

    permission = "campaigns.add_placement"
    template_name = "campaigns/plans/copy.html"
    page_title = gettext_lazy("Copy the campaign")
    header_icon = "copy"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perms(MAKES):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def form(self) -> CopyForm:
        asked = self.request.POST or self.request.GET
        return CopyForm(asked if "title" in asked else self.offered(), campaign=self.campaign)

    def offered(self) -> dict[str, Any]:
        starts_on = copying.next_start(self.campaign.starts_on, timezone.localdate())
        title = copying.next_title(self.campaign.title, starts_on)
        return {"title": title, "starts_on": starts_on, "owner": self.campaign.owner_id, "with_texts": True}

    @cached_property
    def proposed(self) -> list[Proposed]:
        if not self.form.is_valid():
            return []
        data = self.form.cleaned_data
        return making.propose(
            copying.wishes_of(self.campaign, data["days"], with_texts=data["with_texts"], by=self.person)
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposed = self.proposed
        originals = [one.wished.about for one in proposed]
        texts = {original.page_id for original in originals if original.page_id}
        return super().get_context_data(
            **{
                "campaign": self.campaign,
                "form": self.form,
                "proposed": proposed,
                "clashing": sum(bool(one.clashes) for one in proposed),
                "drafts": len(texts),
                "with_page": [one.wished.key for one in proposed if one.wished.about.page_id],
                "first": self.form.cleaned_data.get("first") if self.form.is_valid() else None,
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        data = self.form.cleaned_data
        wanted = making.kept(self.proposed, request.POST.getlist("make"))
        made = copying.copy(self.campaign, data["title"], data["days"], wanted, owner=data["owner"], by=self.person)
        messages.success(request, in_words(made))
        return redirect("campaigns_plans:plan", made.campaign.pk)


def in_words(made: Copied) -> str:
    """What was made, in sentences."""
    words = {"title": made.campaign.title, "slots": made.slots, "drafts": made.drafts, "undated": made.undated}
    said = [ngettext("%(title)s was made with %(slots)s post.", "%(title)s was made with %(slots)s posts.", made.slots)]
    if made.drafts:
        said.append(
            ngettext(
                "%(drafts)s text came along as a draft and must be approved anew.",
                "%(drafts)s texts came along as drafts and must be approved anew.",
                made.drafts,
            )
        )
    if made.undated:
        said.append(ngettext("%(undated)s has no time yet.", "%(undated)s have no time yet.", made.undated))
    if not made.slots:
        said = [_("%(title)s was made, with its initiatives and targets and no posts.")]
    return " ".join(said) % words
