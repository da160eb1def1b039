"""A restriction on the form: whom it protects, which, where it stands. It counts at once; filing registers it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.court.forms.fields import Buttons, Day, Tick
from cms.court.vocabulary import RestrictionKind, RestrictionState

OTHER = "other"
STATES = [
    (state.value, state.label)
    for state in (
        RestrictionState.ACTIVE,
        RestrictionState.REQUESTED,
        RestrictionState.EXTENDED,
        RestrictionState.LIFTED_APPEALED,
    )
]


class RestrictionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Restriction"), choices=RestrictionKind, widget=Buttons, required=False)
    whom = forms.ChoiceField(label=_("Whom it protects"), widget=Buttons, required=False)
    protects = forms.CharField(
        label=_("Who else"),
        max_length=120,
        required=False,
        help_text=_("In words that name nobody: “witness 1”."),
    )
    state = forms.ChoiceField(label=_("Where it stands"), choices=STATES, widget=Buttons, required=False)
    scope = forms.CharField(label=_("Scope"), max_length=250, required=False)
    lasts_until = forms.CharField(label=_("Lasts until"), max_length=120, required=False)
    imposed_on = forms.DateField(label=_("Imposed on"), widget=Day, required=False)
    gone = forms.BooleanField(label=_("Remove this restriction"), widget=Tick, required=False)

    def __init__(self, data: Any = None, *, stored: dict[str, Any], numbers: list[int], prefix: str) -> None:
        only = str(numbers[0]) if len(numbers) == 1 else ""
        super().__init__(data, prefix=prefix, initial={"state": STATES[0][0], "whom": only, **stored})
        people = [(str(number), _("Defendant %(number)s") % {"number": number}) for number in numbers]
        self.fields["whom"].choices = [*people, (OTHER, _("somebody else"))]

    @property
    def row(self) -> str:
        return str(self.prefix).removeprefix("r")

    @property
    def values(self) -> dict[str, Any] | None:
        """What the row says; None when there is no restriction in it. Not said is in force: the careful reading."""
        data = self.cleaned_data
        if not data.get("kind") or data.get("gone"):
            return None
        day = data.get("imposed_on")
        words = {name: data.get(name, "") for name in ("kind", "whom", "protects", "scope", "lasts_until")}
        return {**words, "state": data.get("state") or STATES[0][0], "imposed_on": day.isoformat() if day else None}
