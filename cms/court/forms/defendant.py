"""One defendant on the form: who, what it ended with, what was appealed. Sanctions are ticks with their numbers."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cms.court.forms.fields import Age, Listed, ManyButtons, Tick, Whole, as_buttons
from cms.court.models import Defendant, Sanction
from cms.court.parts import NAMES, PARTS
from cms.court.vocabulary import OF_PROSECUTION, SanctionKind, Stance

LABELS = {
    "years": _("years"),
    "months": _("months"),
    "days": _("days"),
    "hours": _("hours"),
    "amount": _("kroner"),
    "for_good": _("for good"),
    "what": _("what"),
}
OWN_LABELS = {
    (SanctionKind.DAY_FINES, "days"): _("number of day fines"),
    (SanctionKind.DAY_FINES, "amount"): _("kroner each"),
    (SanctionKind.ZONE_BAN, "what"): _("which area"),
    (SanctionKind.RIGHTS_LOST, "what"): _("which right"),
    (SanctionKind.TREATMENT, "what"): _("which treatment or placement"),
    (SanctionKind.CONFISCATION, "what"): _("what was confiscated"),
}


class DefendantForm(forms.ModelForm):  # type: ignore[type-arg]
    offences = Listed(required=False, label=_("Offence in plain words"))
    acquitted_of = Listed(required=False, label=_("Acquitted of"))
    age = Age(label=_("Age"))
    age_then = Age(label=_("Age at the time of the offence, if another"))
    sanction_kinds = forms.MultipleChoiceField(
        choices=SanctionKind.choices, widget=ManyButtons, required=False, label=_("Sentence")
    )
    gone = forms.BooleanField(required=False, label=_("Remove this defendant"), widget=Tick)

    class Meta:
        model = Defendant
        fields = [
            "company", "age", "age_then", "sex", "age_public", "sex_public", "plea", "plea_public", "outcome",
            "offences", "acquitted_of", "sections", "severity", "relation", "stance", "prosecution",
        ]  # fmt: skip
        labels = {"stance": _("The defendant"), "prosecution": _("The prosecution"), "outcome": _("Outcome")}
        help_texts = {"sections": _("The sections of law, as in the judgment.")}
        widgets = {"company": Tick, "age_public": Tick, "sex_public": Tick, "plea_public": Tick}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_buttons(self, ("sex", "plea", "outcome", "severity", "relation", "stance", "prosecution"))
        self.fields["stance"].choices = [
            (value, label)
            for value, label in self.fields["stance"].choices
            if value != Stance.AWAITING or self.instance.stance == value  # only the prosecution waits for its own
        ]
        self.fields["prosecution"].choices = [
            (stance.value, OF_PROSECUTION.get(stance, stance.label)) for stance in Stance
        ]
        self.fields["offences"].widget.attrs.update(list="offences", autocapitalize="none")
        self.fields["acquitted_of"].widget.attrs.update(list="offences", autocapitalize="none")
        stored = {part.kind: part for part in self.instance.sanctions.all()} if self.instance.pk else {}
        self.initial["sanction_kinds"] = list(stored)
        for kind, names in PARTS.items():
            for name in names:
                self.fields[f"{kind}_{name}"] = _part_field(kind, name)
                self.initial[f"{kind}_{name}"] = getattr(stored.get(kind), name, None) or None  # nought is nothing

    @property
    def number(self) -> int:
        return int(self.instance.number)

    def sanctions(self) -> Iterator[dict[str, Any]]:
        """Each kind with its fields and whether it is chosen, for the template."""
        chosen = self["sanction_kinds"].value() or []
        for kind, label in SanctionKind.choices:
            fields = [self[f"{kind}_{name}"] for name in PARTS[kind]]
            yield {"kind": kind, "label": label, "chosen": kind in chosen, "fields": fields}

    def save_parts(self) -> None:
        """The sanctions as they are ticked; a kind whose numbers are wrong keeps what it had."""
        chosen = self.cleaned_data.get("sanction_kinds", [])
        self.instance.sanctions.exclude(kind__in=chosen).delete()
        for kind in chosen:
            values = {name: self.cleaned_data[f"{kind}_{name}"] for name in PARTS[kind] if self._is_good(kind, name)}
            empty: dict[str, Any] = {name: "" if name == "what" else 0 for name in NAMES} | {"for_good": False}
            given = {name: value or empty[name] for name, value in values.items()}
            Sanction.objects.update_or_create(
                defendant=self.instance, kind=kind, defaults=given, create_defaults={**empty, **given, "kind": kind}
            )

    def _is_good(self, kind: str, name: str) -> bool:
        return f"{kind}_{name}" in self.cleaned_data


def _part_field(kind: str, name: str) -> forms.Field:
    label = OWN_LABELS.get((SanctionKind(kind), name), LABELS[name])
    if name == "for_good":
        return forms.BooleanField(required=False, label=label, widget=Tick)
    if name == "what":
        return forms.CharField(required=False, label=label, max_length=120)
    most = 999_999_999 if name == "amount" else 9999
    return Whole(label=label, max_value=most)
