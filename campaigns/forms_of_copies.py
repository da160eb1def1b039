"""Forms that say what a copy of a campaign, or a plan from a template, shall be; what is wrong is said at its field."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import clock, copying
from campaigns.calendar_forms import MoveForm
from campaigns.fields import DayFormField
from campaigns.models import Campaign
from campaigns.people import PersonField, people
from campaigns.templates_of_plans import Event
from publishing.models import Channel


class CopyForm(forms.Form):
    """What the copy is called, when it starts, and whether texts come along as drafts."""

    title = forms.CharField(max_length=150, label=gettext_lazy("Title of the copy"))
    starts_on = DayFormField(
        label=gettext_lazy("Starts on"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The nearest day with the same weekday is taken, so that Tuesdays stay Tuesdays."),
    )
    owner = PersonField(queryset=None, required=False, label=gettext_lazy("Owner"), empty_label=gettext_lazy("Nobody"))
    with_texts = forms.BooleanField(
        required=False,
        label=gettext_lazy("Copy the texts as new drafts"),
        help_text=gettext_lazy("Each must be read and approved anew. Without it every post becomes an empty slot."),
    )

    def __init__(self, *args: Any, campaign: Campaign, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.campaign = campaign
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "starts_on" not in data:
            return data
        days = copying.shift(self.campaign.starts_on, data["starts_on"])
        starts_on = self.campaign.starts_on + timedelta(days=days)
        data["days"], data["first"] = days, starts_on
        if days == 0:
            self.add_error("starts_on", _("That is when the campaign itself starts. Choose another week."))
        elif self.campaign.ends_on + timedelta(days=days) < timezone.localdate():
            self.add_error("starts_on", _("Then all of it would be over already. Choose a later day."))
        if Campaign.objects.filter(title=data.get("title", ""), starts_on=starts_on).exists():
            self.add_error("title", _("There is a campaign with this title and these days already."))
        return data


class EventForm(MoveForm):
    """The event that a plan is made around, and whose plan it is."""

    field_order = ["title", "day", "time", "place", "campaign", "owner", "channels"]

    title = forms.CharField(max_length=150, label=gettext_lazy("Title of the event"))
    place = forms.CharField(max_length=150, required=False, label=gettext_lazy("Place"))
    channel = None  # type: ignore[assignment]
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(),
        required=False,
        label=gettext_lazy("Campaign"),
        empty_label=gettext_lazy("A new one, with the title of the event"),
    )
    owner = PersonField(
        queryset=None, required=False, label=gettext_lazy("Owner of the new campaign"),
        empty_label=gettext_lazy("Nobody"),
    )  # fmt: skip
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.usable(),
        required=False,
        label=gettext_lazy("Channels"),
        help_text=gettext_lazy("For the steps that name none themselves."),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, needs_channels: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people()  # type: ignore[attr-defined]
        self.fields["channels"].required = needs_channels
        if not needs_channels:
            del self.fields["channels"]

    def event(self) -> Event:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        wall: datetime = clock.to_wall(data["due_at"])
        return Event(data["title"], wall, data["place"])
