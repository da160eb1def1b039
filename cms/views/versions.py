"""A story in its languages, side by side: what each says, where it stands, and what is to be done about it."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button

from cms import statuses, texts, versions
from cms.views.approving import rows_of
from cms.views.office import OfficePage, content_or_404, edit_url


class Languages(OfficePage):
    template_name = "cms/versions.html"
    header_icon = "globe"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.page = content_or_404(kwargs["page_id"])
        if not (versions.can_have(self.page) and self.page.permissions_for_user(request.user).can_edit()):
            raise PermissionDenied
        response: HttpResponse = super().dispatch(request, *args, **kwargs)
        return response

    def get_page_title(self) -> str:
        return _("%(title)s in its languages") % {"title": self.page.draft_title or self.page.title}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = versions.original_of(self.page) or self.page
        told = [first, *versions.siblings(first)]
        return super().get_context_data(
            told=[self._column(page) for page in told], missing=versions.missing(first), page=self.page, **kwargs
        )

    def _column(self, page: Any) -> dict[str, Any]:
        latest = page.get_latest_revision_as_object()
        return {
            "page": page,
            "language": versions.LANGUAGES[page.language],
            "code": page.language,
            "status": statuses.status_of(page),
            "texts": [text for text in texts.texts(latest) if text.field != "slug"],
            "rows": rows_of(page),
            "out_of_date": versions.is_out_of_date(page),
            "is_version": versions.original_of(page) is not None,
            "misplaced": versions.misplaced(page),
            "edit_url": edit_url(page, self.request.user),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.POST.get("page") or str(self.page.pk)
        if not asked.isdecimal():
            raise Http404
        page = content_or_404(int(asked))
        if page.translation_key != self.page.translation_key:
            raise PermissionDenied
        if "begin" in request.POST:
            made = versions.begin(page, request.POST["begin"], by=request.user)
            messages.success(request, _("Here is a draft with the original's words. Write it in its own language."))
            return redirect("wagtailadmin_pages:edit", made.pk)
        if "confirm" in request.POST:
            versions.confirm(page, by=request.user)
            messages.success(request, _("Both say the same now."))
        elif "hand_over" in request.POST:
            moved = versions.hand_over(page, by=request.user)
            said = ngettext("%(moved)s time was given over.", "%(moved)s times were given over.", moved)
            messages.success(request, said % {"moved": moved})
        return redirect("languages", self.page.pk)


def button(page: Any, user: Any, next_url: str | None = None, view_name: str | None = None) -> Iterator[Button]:
    """In the menu of a piece of content."""
    content = page.specific_deferred
    if page.pk and versions.can_have(content) and page.permissions_for_user(user).can_edit():
        yield Button(_("Languages"), reverse("languages", args=[page.pk]), icon_name="globe", priority=33)
