"""Where each defendant stands: what happened is registered, the day of appeal confirmed, finality declared."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from campaigns.fields import DayFormField
from cms.court import earlier, finality, following, standing
from cms.court.finality import Event
from cms.court.models import Case, FollowUp
from cms.court.vocabulary import DeadlineFrom
from cms.views.cases.base import CasePage, case_url, own_case


class EventForm(forms.Form):
    event = forms.ChoiceField(choices=Event)
    on = DayFormField()
    acquitted = forms.BooleanField(required=False)


class DeadlineForm(forms.Form):
    runs_from = forms.ChoiceField(choices=DeadlineFrom)
    start = DayFormField()


class Happened(CasePage):
    """What happened to one defendant: asked once more with what follows from it, then registered."""

    template_name = "cms/case/happened.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(EventForm(request.GET), self.ask)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.answer(EventForm(request.POST), self.register)

    def answer(self, form: EventForm, then: Callable[[dict[str, Any]], HttpResponse]) -> HttpResponse:
        if form.is_valid():
            try:
                return then(form.cleaned_data)
            except finality.NotAllowed as error:
                messages.error(self.request, str(error))
        else:
            messages.error(self.request, _("Choose what happened, and the day."))
        return redirect(case_url(self.case))

    def get_page_title(self) -> str:
        return _("Defendant %(number)s") % {"number": self.kwargs["number"]}

    def ask(self, said: dict[str, Any]) -> HttpResponse:
        event = Event(said["event"])
        before, after = standing.would_be(self.case, self.kwargs["number"], event, by=self.request.user)
        return self.render_to_response(
            self.get_context_data(
                said=said,
                event=event,
                before=before,
                after=after,
                out=len(earlier.posts(self.case)),
                is_outcome=event in finality.OUTCOMES,
            )
        )

    def register(self, said: dict[str, Any]) -> HttpResponse:
        after = standing.register(self.case, self.kwargs["number"], by=self.request.user, **said)
        values = {"number": self.kwargs["number"], "state": after.label}
        messages.success(self.request, _("Defendant %(number)s: %(state)s.") % values)
        if self.case.earlier_posts.undecided().exists():
            return redirect("court_desk:earlier", self.case.key)
        if said["event"] not in finality.OUTCOMES:
            self.offer_correction()
        return redirect(case_url(self.case))

    def offer_correction(self) -> None:
        """What is out tells where the case stood. It changes when the prosecutor files the facts again."""
        told = self.case.reports.exclude(page=None).filter(defendants__number=self.kwargs["number"])
        told = told.order_by("-pk").first()
        if told is not None and earlier.posts(self.case):
            button = messages.button(reverse("court:report", args=[told.key]), _("Open the report"))
            words = _("What is out does not tell it yet. Correct the facts and file them again, if it should.")
            messages.info(self.request, words, buttons=[button])


@require_POST
def confirm_deadline(request: HttpRequest, key: Any, number: int) -> HttpResponse:
    case, form = own_case(request, key), DeadlineForm(request.POST)
    if form.is_valid():
        try:
            day = standing.confirm_deadline(case, number, by=request.user, **form.cleaned_data)
        except finality.NotAllowed as error:
            messages.error(request, str(error))
        else:
            words = _("The last day of appeal is %(day)s, as you confirmed.")
            messages.success(request, words % {"day": date_format(day, "j. F Y")})
    else:
        messages.error(request, _("Say what the time runs from, and the day."))
    return redirect(case_url(case))


@require_POST
def confirm_stage(request: HttpRequest, key: Any) -> HttpResponse:
    case = own_case(request, key)
    standing.confirm_stage(case, by=request.user)
    messages.success(request, _("Confirmed. It holds for 14 days."))
    return redirect(case_url(case))


@require_POST
def report(request: HttpRequest, key: Any, pk: int) -> HttpResponse:
    """Begin the report of the new judgment with what stays the same, or go on with it."""
    case = own_case(request, key)
    made = following.report_for(_follow_up(case, pk), by=request.user)
    try:
        return redirect(reverse("court:report", args=[made.key]))
    except NoReverseMatch:  # the form is not installed
        messages.success(request, _("The report of the new judgment is begun."))
        return redirect(case_url(case))


@require_POST
def end(request: HttpRequest, key: Any, pk: int) -> HttpResponse:
    case = own_case(request, key)
    try:
        following.end(_follow_up(case, pk), by=request.user, reason=request.POST.get("reason", ""))
    except (earlier.NotDecided, PermissionDenied) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is ended. Your reason is kept as evidence."))
    return redirect(case_url(case))


def _follow_up(case: Case, pk: int) -> FollowUp:
    found = case.follow_ups.owed().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
