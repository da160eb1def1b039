"""Restrictions of a case: registered, moved from state to state, confirmed. Every button is one verb."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cms.court import earlier, restricting
from cms.court.models import Case, Restriction, RestrictionMove, Verb
from cms.court.models.restrictions import MOVES
from cms.court.vocabulary import IN_FORCE, RestrictionKind, RestrictionState
from cms.views.cases.base import CasePage, case_url, own_case

SOMEBODY = "other"
STATES = [
    (state.value, state.label)
    for state in (
        RestrictionState.REQUESTED,
        RestrictionState.ACTIVE,
        RestrictionState.EXTENDED,
        RestrictionState.LIFTED_APPEALED,
    )
]


@dataclass(frozen=True)
class Row:
    restriction: Restriction
    whom: str
    verbs: list[Verb]  # what can happen next, but for the confirmation; it stays in force
    endings: list[Verb]  # what ends it: asked once more, for then texts may say what it forbids
    history: list[RestrictionMove]
    action: str


def rows(case: Case) -> list[Row]:
    """In force first, each with what can happen to it and what has."""
    moves = Prefetch("moves", RestrictionMove.objects.select_related("by"))
    found = sorted(case.restrictions.prefetch_related(moves), key=lambda item: (not item.is_in_force, item.pk))
    return [
        Row(
            item,
            whom(item),
            [verb for verb in item.possible() if verb != Verb.CONFIRM and MOVES[verb][item.state] in IN_FORCE],
            [verb for verb in item.possible() if MOVES[verb][item.state] not in IN_FORCE],
            list(item.moves.all()),
            reverse("court_desk:move", args=[case.key, item.pk]),
        )
        for item in found
    ]


def whom(restriction: Restriction) -> str:
    if restriction.defendant_number:
        return _("Defendant %(number)s") % {"number": restriction.defendant_number}
    return restriction.protects or _("not said whom")


class RegisterForm(forms.Form):
    kind = forms.ChoiceField(label=gettext_lazy("Restriction"), choices=RestrictionKind, widget=forms.RadioSelect)
    state = forms.ChoiceField(
        label=gettext_lazy("Where it stands"),
        choices=STATES,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("Requested counts as in force."),
    )
    whom = forms.ChoiceField(label=gettext_lazy("Whom it protects"), widget=forms.RadioSelect)
    protects = forms.CharField(
        label=gettext_lazy("Who else"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("In words that name nobody: “witness 1”."),
    )
    on = forms.DateField(
        label=gettext_lazy("Day of the request or of the decision"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    scope = forms.CharField(label=gettext_lazy("Scope"), max_length=250, required=False)
    lasts_until = forms.CharField(label=gettext_lazy("Lasts until"), max_length=120, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        initial = {"kind": RestrictionKind.NAME, "state": RestrictionState.REQUESTED, "on": timezone.localdate()}
        super().__init__(*args, initial=initial, **kwargs)
        numbers = sorted(set(case.reports.values_list("defendants__number", flat=True)) - {None})
        people = [(str(number), _("Defendant %(number)s") % {"number": number}) for number in numbers]
        self.fields["whom"].choices = [*people, (SOMEBODY, _("somebody else"))]  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        chosen = data.pop("whom")
        return {**data, "defendant_number": int(chosen) if chosen != SOMEBODY else None}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("whom") == SOMEBODY and not data.get("protects", "").strip():
            self.add_error("protects", _("Say whom it protects, in words that name nobody."))
        return data


class Register(CasePage):
    template_name = "cms/case/register.html"
    page_title = gettext_lazy("Register a restriction")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RegisterForm(case=self.case)
        return super().get_context_data(**{"form": form, "posts": earlier.posts(self.case), **kwargs})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = RegisterForm(request.POST, case=self.case)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        made = restricting.register(self.case, by=request.user, **form.details())
        asked = self.case.earlier_posts.undecided().filter(restriction=made).count()
        if not asked:
            messages.success(request, _("It is registered and counts from now on."))
            return redirect(case_url(self.case))
        text = ngettext(
            "It is registered. %(number)s post about the case is out: decide what becomes of it.",
            "It is registered. %(number)s posts about the case are out: decide what becomes of each.",
            asked,
        )
        messages.warning(request, text % {"number": asked})
        return redirect("court_desk:earlier", self.case.key)


class MoveForm(forms.Form):
    verb = forms.ChoiceField(choices=[(verb, verb) for verb in restricting.VERBS])
    on = forms.DateField()


@require_POST
def move(request: HttpRequest, key: Any, pk: int) -> HttpResponse:
    case = own_case(request, key)
    restriction = case.restrictions.filter(pk=pk).first()
    if restriction is None:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what happened, and the day."))
        return redirect(case_url(case))
    verb = Verb(form.cleaned_data["verb"])
    try:
        restricting.VERBS[verb](restriction, by=request.user, on=form.cleaned_data["on"])
    except restricting.NotPossible as error:
        messages.error(request, str(error))
        return redirect(case_url(case))
    values = {"restriction": restriction, "state": restriction.get_state_display()}
    messages.success(request, _("%(restriction)s: %(state)s.") % values)
    undecided = case.earlier_posts.undecided().exists()
    return redirect("court_desk:earlier", case.key) if undecided else redirect(case_url(case))


@require_POST
def confirm(request: HttpRequest, key: Any) -> HttpResponse:
    """Everything that is registered about restrictions still holds: good for a day."""
    case = own_case(request, key)
    restricting.confirm_all(case, by=request.user)
    messages.success(request, _("Confirmed. It holds for 24 hours."))
    return redirect(case_url(case))
