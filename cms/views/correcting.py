"""Correct what is out: says what will be visible where, and leads on to the text itself."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages

from cms.after import correcting
from cms.after.forms import CorrectForm
from cms.views.office import OfficePage, content_or_404
from publishing import situation


class Correct(OfficePage):
    template_name = "cms/after/correct.html"
    header_icon = "edit"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.page = content_or_404(kwargs["page_id"])

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        may = self.page.permissions_for_user(request.user).can_edit()
        if not may or not correcting.can_be_corrected(self.page):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return _("Correct: %(title)s") % {"title": self.page.title}

    def get_form(self, *args: Any, **kwargs: Any) -> CorrectForm:
        return CorrectForm(*args, page=self.page, places=correcting.elsewhere(self.page), **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = correcting.pending(self.page)
        initial = {"text": waiting.text, "channels": [str(pk) for pk in waiting.channels]} if waiting else {}
        history, now = correcting.history(self.page), timezone.now()
        return super().get_context_data(
            **{
                "page": self.page,
                "pending": waiting,
                "in_place": [place for place in correcting.places(self.page) if place.in_place],
                "published": self.page.corrections.exclude(at=None).order_by("at"),
                "history": [(sent, situation.of(sent.delivery, now) if sent.is_open else "") for sent in history],
                "version": " ".join(sent.version for sent in history),
                "moving": self.page.workflow_in_progress or any(sent.is_moving(now) for sent in history),
                "form": self.get_form(initial=initial),
                **kwargs,
            }
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.get_form(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        data = form.cleaned_data
        if data["error"] == CorrectForm.LEGAL:
            return redirect("incidents:report", self.page.pk)
        correcting.correct(self.page, text=data["text"].strip(), channels=form.chosen(), by=request.user)
        messages.success(request, _("The note is written. Now correct the text, and send both to approval."))
        return redirect("wagtailadmin_pages:edit", self.page.pk)
