"""Earlier posts on a case, each with its decision: take down, anonymise, keep. Take down is what is proposed."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from cms.court import access, earlier
from cms.court.models import Case, EarlierPost
from cms.views.cases.base import CasePage, case_url
from cms.views.office import edit_url
from publishing import takedown


@dataclass(frozen=True)
class Row:
    post: EarlierPost
    where: str  # its address on the channel
    choices: list[dict[str, Any]]
    reason: str = ""
    error: str = ""


class Earlier(CasePage):
    """For the prosecutors of the case and for editors, who learn nothing of the case but that it asks."""

    template_name = "cms/case/earlier.html"
    header_icon = "undo"

    def find_case(self, key: Any) -> Case:
        case = Case.objects.filter(key=key).first()
        own = case is not None and access.cases_of(self.request.user).filter(pk=case.pk).exists()
        asked = case is not None and EarlierPost.objects.undecided().filter(case=case).exists()
        if case is None or not (own or (asked and access.is_editor(self.request.user))):
            raise Http404
        self.own = own
        return case

    @property
    def trail(self) -> tuple[tuple[Any, Any], ...]:  # type: ignore[override]
        return ((case_url(self.case), str(self.case)),) if self.own else ()

    def get_page_title(self) -> str:
        return _("Earlier posts")

    def undecided(self) -> list[EarlierPost]:
        rows = EarlierPost.objects.undecided().filter(case=self.case)
        return list(rows.select_related("case", "delivery__channel", "delivery__receipt", "page", "restriction"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.pop("rows", None) or [self.row(post) for post in self.undecided()]
        return super().get_context_data(rows=rows, own=self.own, **kwargs)

    def row(self, post: EarlierPost, chosen: str = "take_down", reason: str = "", error: str = "") -> Row:
        outlook = takedown.outlook(post.delivery, timezone.now())
        edited = (
            _("It stays up until the changed text is approved and sent. An editor is asked to write it.")
            if earlier.can_be_edited(post.delivery)
            else _("A post there cannot be changed, so it is taken down. A new one that names nobody can follow.")
        )
        offered = [("take_down", _("Take down"), outlook.sentence), ("anonymise", _("Anonymise"), edited)]
        if earlier.may_keep(self.request.user, post):
            why = _("It stays as it is. Write why this very post identifies nobody; that others know it is no reason.")
            offered.append(("keep", _("Keep"), why))
        choices = [
            {"value": value, "label": label, "help": text, "checked": value == chosen} for value, label, text in offered
        ]
        receipt = getattr(post.delivery, "receipt", None)
        return Row(post, receipt.permalink if receipt else "", choices, reason, error)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Each by itself: what cannot be done stays open with the reason, the rest is carried out."""
        again, done = [], 0
        for post in self.undecided():
            chosen = request.POST.get(f"decision-{post.pk}", "")
            reason = request.POST.get(f"reason-{post.pk}", "")
            if chosen not in EarlierPost.Decision.values:
                continue
            try:
                with transaction.atomic():
                    earlier.decide(post, chosen, by=request.user, reason=reason)
            except (earlier.NotDecided, PermissionDenied) as error:
                again.append(self.row(post, chosen, reason, str(error)))
                continue
            done += 1
            if chosen == EarlierPost.Decision.ANONYMISE:
                self.offer_edit(post)
        if done:
            text = ngettext("%(number)s decision is carried out.", "%(number)s decisions are carried out.", done)
            messages.success(request, text % {"number": done})
        if again:
            return self.render_to_response(self.get_context_data(rows=again), status=422)
        if self.undecided():
            return redirect(request.path)
        return redirect(case_url(self.case) if self.own else reverse("wagtailadmin_home"))

    def offer_edit(self, post: EarlierPost) -> None:
        address = edit_url(post.page, self.request.user) if post.page else ""
        if address:
            words = _("Change the text so that it identifies nobody, and send it to approval.")
            messages.info(self.request, words, buttons=[messages.button(address, _("Open the text"))])
