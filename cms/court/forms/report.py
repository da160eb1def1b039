"""The judgment on the form: court, what may be said, who was told, where it goes."""

from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns.models import FocusArea, Initiative, Strategy, Unit
from cms import roles
from cms.court import reporting
from cms.court.forms.fields import Buttons, Day, ManyButtons, Moment, Tick, Whole, as_buttons
from cms.court.models import Report
from cms.court.vocabulary import Court, Instance
from publishing.models import Channel

LINES = 3  # what may be said, a sentence each
NOW, BEFORE, NOT_RELEVANT = "now", "before", "no"
INSTANCES = {
    Court.COPENHAGEN.value: Instance.FIRST,
    Court.FREDERIKSBERG.value: Instance.FIRST,
    Court.EASTERN.value: Instance.SECOND,
    Court.SUPREME.value: Instance.THIRD,
}
TOLD = [(NOW, _("now")), (BEFORE, _("earlier")), (NOT_RELEVANT, _("not relevant"))]


class ReportForm(forms.ModelForm):  # type: ignore[type-arg]
    police_number = forms.CharField(label=_("Police case number"), max_length=40, required=False)
    court_number = forms.CharField(label=_("The court's case number"), max_length=40, required=False)
    nickname = forms.CharField(
        label=_("Your own name for the case"),
        max_length=80,
        required=False,
        help_text=_("Only prosecutors see it. No names of persons."),
    )
    victims = Whole(label=_("Number of victims"), max_value=999)

    class Meta:
        model = Report
        fields = [
            "unit", "deputy", "court", "other_court", "instance", "case_type", "pronounced_at", "place", "period",
            "advice", "contact", "quote", "quoted", "quote_approved", "not_to_be_said", "victims", "minor_victim",
            "sexual_offence", "vulnerable_victim", "others_pending", "pending_note", "police_employee",
            "sensitive_matter", "deadline_from", "deadline_start", "restrictions_answer", "channels",
            "comments_closed", "embargo_until", "initiatives", "focus_area", "review_on", "expires_on",
        ]  # fmt: skip
        help_texts = {
            "place": _("A district or a town, never a street."),
            "period": _("A month or a season."),
            "advice": _("One line that helps others, if there is one."),
            "embargo_until": _("Nothing goes out to everybody before."),
            "contact": _("A function and a telephone number of the office."),
        }
        widgets = {
            "pronounced_at": Moment, "deadline_start": Day, "embargo_until": Moment, "review_on": Day,
            "expires_on": Day, "minor_victim": Tick, "sexual_offence": Tick, "vulnerable_victim": Tick,
            "others_pending": Tick, "police_employee": Tick, "sensitive_matter": Tick, "quote_approved": Tick,
            "comments_closed": Tick, "channels": ManyButtons,
            "not_to_be_said": forms.Textarea(attrs={"rows": 2}), "quote": forms.Textarea(attrs={"rows": 2}),
        }  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        case = self.instance.case
        for name in ("police_number", "court_number", "nickname"):
            self.initial[name] = getattr(case, name)
            self.fields[name].widget.attrs.update(autocomplete="off", spellcheck="false")
        as_buttons(self, ("court", "instance", "case_type", "deadline_from", "restrictions_answer"))
        self._choices()
        for number in range(LINES):
            self._line(number)
        for name, label in Report.Told.choices:
            self._told(name, label)
        for field in self.fields.values():
            field.required = False

    def clean(self) -> dict[str, Any]:
        """A court of a name judges in one instance only, whatever was chosen before it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("court") in INSTANCES:
            cleaned["instance"] = INSTANCES[cleaned["court"]]
        return cleaned

    def _choices(self) -> None:
        self.fields["channels"].queryset = Channel.objects.usable()
        strategy = Strategy.objects.in_force()
        own = Initiative.objects.filter(strategy=strategy, number=reporting.INITIATIVE).first()
        units = Unit.objects.filter(pillar__strategy=strategy).order_by("pk")
        self.fields["unit"].queryset = units.filter(pillar=own.unit.pillar_id) if own else units
        self.fields["unit"].widget = Buttons()
        self.fields["unit"].empty_label = None
        self.fields["unit"].widget.choices = self.fields["unit"].choices
        self.fields["focus_area"].queryset = FocusArea.objects.filter(goal__strategy=strategy)
        self.fields["initiatives"].queryset = Initiative.objects.filter(strategy=strategy).order_by("number")
        names = [role.name for role in roles.ROLES if role.key == "prosecutor"]
        people = get_user_model().objects.filter(groups__name__in=names, is_active=True)
        self.fields["deputy"].queryset = people.exclude(pk=self.instance.prosecutor_id).order_by("first_name")
        self.fields["deputy"].label_from_instance = lambda person: person.get_full_name() or person.get_username()

    def _line(self, number: int) -> None:
        stored = self.instance.said[number] if number < len(self.instance.said) else {}
        self.fields[f"said_{number}"] = forms.CharField(
            label=_("What may be said, line %(number)s") % {"number": number + 1}, max_length=200
        )
        self.fields[f"said_{number}_open"] = forms.BooleanField(label=_("said in open court"), widget=Tick)
        self.initial[f"said_{number}"] = stored.get("text", "")
        self.initial[f"said_{number}_open"] = stored.get("open", False)

    def _told(self, name: str, label: Any) -> None:
        told_at = getattr(self.instance, f"{name}_told_at")
        self.fields[f"{name}_told"] = forms.ChoiceField(label=label, choices=TOLD, widget=Buttons)
        self.fields[f"{name}_told_at"] = Report._meta.get_field(f"{name}_told_at").formfield(widget=Moment())
        self.fields[f"{name}_told_at"].label = _("when")
        self.initial[f"{name}_told_at"] = told_at
        if told_at is not None:
            self.initial[f"{name}_told"] = BEFORE
        elif name in self.instance.not_relevant:
            self.initial[f"{name}_told"] = NOT_RELEVANT

    def said_lines(self) -> list[tuple[Any, Any]]:
        return [(self[f"said_{number}"], self[f"said_{number}_open"]) for number in range(LINES)]

    def told(self) -> list[tuple[Any, Any]]:
        return [(self[f"{name}_told"], self[f"{name}_told_at"]) for name in Report.Told.values]

    def save_parts(self) -> None:
        """What has no field of its own on the report: the numbers of the case, the lines, who was told."""
        data, report = self.cleaned_data, self.instance
        for name in ("police_number", "court_number", "nickname"):
            if name in data and not (name == "nickname" and not data[name]):
                setattr(report.case, name, data[name])
        lines = [(data.get(f"said_{n}", ""), bool(data.get(f"said_{n}_open"))) for n in range(LINES)]
        report.said = [{"text": text, "open": is_open} for text, is_open in lines if text]
        report.not_relevant = [name for name in Report.Told.values if data.get(f"{name}_told") == NOT_RELEVANT]
        for name in Report.Told.values:
            setattr(report, f"{name}_told_at", self._moment(name))

    def _moment(self, name: str) -> Any:
        answer, typed = self.cleaned_data.get(f"{name}_told"), self.cleaned_data.get(f"{name}_told_at")
        if answer not in (NOW, BEFORE):
            return None
        if typed is not None:
            return typed
        before = getattr(self.instance, f"{name}_told_at")
        return before or (timezone.now() if answer == NOW else None)
