"""Where each defendant stands: what happened is registered, the day of appeal confirmed, finality declared."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from campaigns.fields import DayFormField
from cms.court import earlier, finality, following, standing
from cms.court.finality import Event
from cms.court.models import Case, FollowUp
from cms.court.vocabulary import DeadlineFrom
from cms.views.cases.base import case_url, own_case


class EventForm(forms.Form):
    event = forms.ChoiceField(choices=Event)
    on = DayFormField()
    acquitted = forms.BooleanField(required=False)


class DeadlineForm(forms.Form):
    runs_from = forms.ChoiceField(choices=DeadlineFrom)
    start = DayFormField()


@require_POST
def register(request: HttpRequest, key: Any, number: int) -> HttpResponse:
    case, form = own_case(request, key), EventForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what happened, and the day."))
        return redirect(case_url(case))
    try:
        after = standing.register(case, number, by=request.user, **form.cleaned_data)
    except finality.NotAllowed as error:
        messages.error(request, str(error))
        return redirect(case_url(case))
    values = {"number": number, "state": after.label}
    messages.success(request, _("Defendant %(number)s: %(state)s.") % values)
    if case.earlier_posts.undecided().exists():
        return redirect("court_desk:earlier", case.key)
    return redirect(case_url(case))


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
