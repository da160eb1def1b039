"""The few words that the time after needs."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from cms.after import correcting
from cms.after.correcting import Place
from cms.models.incidents import Incident
from publishing.models import Channel


class ReportForm(forms.Form):
    what = forms.ChoiceField(
        label=_("What may be wrong?"),
        choices=Incident.What.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    why = forms.CharField(
        label=_("Why do you think so?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words are enough. They are kept here, and stand in no letter."),
        error_messages={"required": _("Say in a few words what you saw.")},
    )


class CloseForm(forms.Form):
    assessment = forms.CharField(
        label=_("Assessment"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happened, whom it concerned, and what was done."),
        error_messages={"required": _("Write what you found, also when nothing was wrong.")},
    )
    notified = forms.TypedChoiceField(
        label=_("Was Datatilsynet told?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose yes or no.")},
    )
    notified_why = forms.CharField(
        label=_("Why, or why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("The reason is asked for either way.")},
    )


class KeepForm(forms.Form):
    """Not for ever: whoever keeps something says when somebody looks again."""

    review_on = forms.DateField(label=_("Look at it again"), widget=AdminDateInput)
    expires_on = forms.DateField(
        label=_("Last day"),
        required=False,
        widget=AdminDateInput,
        help_text=_("After this day it is taken down everywhere."),
    )
    note = forms.CharField(
        label=_("What you looked at"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, expires: bool = False, **kwargs: Any) -> None:
        """``expires``: it has a last day, and nobody keeps it for good in passing."""
        super().__init__(*args, **kwargs)
        self.fields["expires_on"].required = expires

    def clean_review_on(self) -> date:
        day: date = self.cleaned_data["review_on"]
        today = timezone.localdate()
        if day <= today:
            raise forms.ValidationError(_("Choose a later day."))
        if day > today + timedelta(days=5 * 366):
            raise forms.ValidationError(_("That is more than five years ahead."))
        return day

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day is not None and day < timezone.localdate():
            raise forms.ValidationError(_("That day has passed. Take it down instead."))
        return day


class CorrectForm(forms.Form):
    """A factual error is corrected in place; what must not have been said is taken down first."""

    FACT, LEGAL = "fact", "legal"
    error = forms.ChoiceField(
        label=_("What kind of error is it?"),
        choices=[
            (FACT, _("A fact is wrong: a number, a place, a name of an office")),
            (LEGAL, _("Something must not have been said: somebody can be recognised, a ban, a secret")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what comes nearest.")},
    )
    text = forms.CharField(
        label=_("What was wrong, and what is right"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody reads it, with the time at which it was corrected."),
    )
    channels = forms.MultipleChoiceField(
        label=_("Who is told by a message of its own"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("“Correction: …” with the words above. It goes out when somebody has approved it."),
    )

    def __init__(self, *args: Any, page: Any, places: list[Place], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.page, self.places = page, {str(place.channel.pk): place for place in places}
        names = [(pk, f"{place.channel}: {place.sentence}") for pk, place in self.places.items()]
        self.fields["channels"].choices = names  # type: ignore[attr-defined]
        self.initial.setdefault("channels", list(self.places))
        if not places:
            del self.fields["channels"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text = data.get("text", "").strip()
        if data.get("error") == self.FACT and not text:
            self.add_error("text", _("Say what stood there, and what is right."))
        elif data.get("error") == self.FACT:
            self._fits(text)
        return data

    def chosen(self) -> list[Channel]:
        return [self.places[pk].channel for pk in self.cleaned_data.get("channels", ())]

    def _fits(self, text: str) -> None:
        """It is said now if a channel cannot carry it whole, and not when it is approved."""
        for place in (self.places[pk] for pk in self.cleaned_data.get("channels", ())):
            for problem in correcting.problems(self.page, text, place):
                self.add_error("text", f"{place.channel}: {problem.message}")


class PeriodForm(forms.Form):
    since = forms.DateField(label=_("From"), widget=AdminDateInput)
    until = forms.DateField(label=_("To, that day included"), widget=AdminDateInput)
    drafts = forms.BooleanField(
        label=_("With drafts"),
        required=False,
        help_text=_("Every version that was saved, in a folder of its own. Drafts are internal documents as a rule."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", _("It ends before it begins."))
        return data


class FileForm(forms.Form):
    number = forms.CharField(label=_("Journal number"), max_length=40)
