"""Forms of the calendar: what to show, and a new time for what is planned."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from campaigns import clock, contents
from campaigns.agenda import Wish
from campaigns.contents import Sought
from campaigns.fields import DayFormField
from campaigns.models import Campaign, FocusArea, Initiative, Unit
from campaigns.names import Names
from publishing.models import Channel, State

STATES = (
    ("", gettext_lazy("Every state")),
    ("attention", gettext_lazy("Needs somebody")),
    ("draft", gettext_lazy("draft")),
    ("in_approval", gettext_lazy("in approval")),
    ("approved", gettext_lazy("approved")),
    (State.SCHEDULED, State.SCHEDULED.label),
    (State.DELIVERED, State.DELIVERED.label),
    (State.CANCELLED, State.CANCELLED.label),
    (State.WITHDRAWN, State.WITHDRAWN.label),
    ("empty", gettext_lazy("empty slot")),
)


class WishForm(forms.Form):
    """What to show. It lives in the address, so that a view can be kept and sent on."""

    channel = forms.ModelChoiceField(
        Channel.objects.usable(),
        required=False,
        label=gettext_lazy("Channel"),
        empty_label=gettext_lazy("Every channel"),
    )
    state = forms.ChoiceField(choices=STATES, required=False, label=gettext_lazy("State"))
    focus_area = forms.ModelChoiceField(
        FocusArea.objects.select_related("goal"),
        required=False,
        label=gettext_lazy("Focus area"),
        empty_label=gettext_lazy("Every focus area"),
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        required=False,
        label=gettext_lazy("Campaign"),
        empty_label=gettext_lazy("Every campaign"),
    )
    unit = forms.ModelChoiceField(
        Unit.objects.all(), required=False, label=gettext_lazy("Unit"), empty_label=gettext_lazy("Every unit")
    )
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Type"))
    initiative = forms.CharField(
        required=False,
        max_length=10,
        label=gettext_lazy("Initiative"),
        widget=forms.TextInput(attrs={"placeholder": gettext_lazy("Initiative no."), "inputmode": "numeric"}),
    )
    mine = forms.BooleanField(required=False, label=gettext_lazy("Mine only"))

    def __init__(self, *args: Any, names: Names | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if names is not None:  # what the page has read already is not asked for again
            usable = [channel for channel in names.channels.values() if channel.retired_at is None]
            self.offer("channel", usable)
            self.offer("focus_area", names.focus_areas.values())
            self.offer("campaign", names.campaigns.values())
            self.offer("unit", names.units.values())
        self.fields["kind"].choices = [("", _("Every type")), *contents.kinds()]  # type: ignore[attr-defined]

    def offer(self, name: str, rows: Iterable[Any]) -> None:
        field: Any = self.fields[name]
        field.choices = [("", field.empty_label), *((row.pk, str(row)) for row in rows)]

    def wish(self, user: Any) -> Wish:
        """What was asked for; what makes no sense is left out."""
        self.is_valid()
        chosen = self.cleaned_data
        return Wish(
            channel=_pk(chosen.get("channel")),
            state=chosen.get("state") or "",
            focus_area=_pk(chosen.get("focus_area")),
            campaign=_pk(chosen.get("campaign")),
            mine=user.pk if chosen.get("mine") else None,
            content=Sought(_pk(chosen.get("unit")), self.initiatives(), chosen.get("kind") or ""),
        )

    def in_words(self) -> list[str]:
        """What was chosen, as "Channel: X"; call ``wish`` or ``is_valid`` first."""
        self.is_valid()
        found = []
        for name, field in self.fields.items():
            value = self.cleaned_data.get(name)
            if value is True:
                found.append(str(field.label))
            elif value:
                choices = dict(getattr(field, "choices", ())) if isinstance(value, str) else {}
                found.append(f"{field.label}: {choices.get(value, value)}")
        return found

    def initiatives(self) -> tuple[int, ...] | None:
        """All that have this number as printed, in whatever year or unit; none when it is unknown."""
        number = (self.cleaned_data.get("initiative") or "").strip()
        return tuple(Initiative.objects.filter(number=number).values_list("pk", flat=True)) if number else None


def _pk(chosen: Any) -> int | None:
    return chosen.pk if chosen is not None else None


class MoveForm(forms.Form):
    """A day and a time on the clock in Copenhagen, and a channel; without one it stays where it is."""

    day = DayFormField(label=gettext_lazy("Day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    channel = forms.ModelChoiceField(
        Channel.objects.usable(), required=False, label=gettext_lazy("Channel"), empty_label=None
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "day" in data and "time" in data:
            wall = datetime.combine(data["day"], data["time"])
            if clock.kind_of(wall) is clock.Kind.MISSING:
                pattern = pgettext("time of day", "H:i")
                sentence = _("There is no %(time)s that night: the clocks go forward. Choose %(other)s, for example.")
                times = {"time": wall, "other": clock.next_existing(wall)}
                self.add_error("time", sentence % {key: date_format(value, pattern) for key, value in times.items()})
            else:
                data["due_at"] = clock.to_utc(wall)
                data["doubled"] = clock.kind_of(wall) is clock.Kind.DOUBLED
        return data
