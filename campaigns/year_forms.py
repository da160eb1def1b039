"""Forms of the year: what is a list of keys is chosen by ticking, and a number nobody knows is said at its field."""

from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from wagtail.admin.forms.models import WagtailAdminModelForm

from campaigns import contents
from campaigns.models import FocusArea, Initiative, Strategy, Unit
from campaigns.topics import words_of
from publishing.models import Channel

Choices = Iterable[tuple[str, str]]


def areas() -> Choices:
    """Of the strategy in force; the key stays when the next year has the same area."""
    rows = FocusArea.objects.filter(goal__strategy=Strategy.objects.in_force())
    return [(area.key, area.name) for area in rows]


def units() -> Choices:
    return [(unit.key, unit.name) for unit in Unit.objects.filter(pillar__strategy=Strategy.objects.in_force())]


def channels() -> Choices:
    return [(channel.slug, channel.name) for channel in Channel.objects.usable()]


class ByKeys(WagtailAdminModelForm):
    """``CHOICES``: each JSON field that is ticked, and where its choices come from."""

    CHOICES: dict[str, Callable[[], Choices]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, choices in self.CHOICES.items():
            if name in self.fields:
                kept = [(key, key) for key in getattr(self.instance, name) or ()]
                offered = list(choices())
                known = {key for key, _label in offered}
                self.fields[name] = forms.MultipleChoiceField(
                    choices=[*offered, *(pair for pair in kept if pair[0] not in known)],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                    label=self.fields[name].label,
                    help_text=self.fields[name].help_text,
                )

    def clean_initiatives(self) -> str:
        said: str = self.cleaned_data["initiatives"]
        asked = words_of(said)
        known = set(Initiative.objects.filter(number__in=asked).values_list("number", flat=True))
        for number in asked:
            if number not in known:
                raise forms.ValidationError(
                    _("There is no initiative with the number %(number)s.") % {"number": number}
                )
        return said


class CalendarEventForm(ByKeys):
    CHOICES = {"focus_areas": areas}


class ClosedPeriodForm(ByKeys):
    CHOICES = {"focus_areas": areas, "kinds": contents.kinds, "units": units, "channels": channels}
