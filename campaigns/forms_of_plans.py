"""Forms of the campaign plan: a slot, and what a draft shall be."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns import clock, drafts
from campaigns.calendar_forms import MoveForm
from campaigns.drafts import Wanted
from campaigns.models import Campaign, FocusArea, Initiative, Placement, SlotBrief
from campaigns.slots import Slot
from publishing.models import Channel


class SlotForm(MoveForm):
    """A channel, a day and a time with a working title, and what shall be written there."""

    field_order = ["title", "channel", "day", "time", "campaign", "kind", "hint"]

    title = forms.CharField(max_length=200, label=gettext_lazy("Working title"))
    channel = forms.ModelChoiceField(
        Channel.objects.usable(), label=gettext_lazy("Channel"), empty_label=gettext_lazy("Choose a channel")
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), required=False, label=gettext_lazy("Campaign"), empty_label=gettext_lazy("No campaign")
    )
    kind = forms.ChoiceField(required=False, label=gettext_lazy("Type"))
    hint = forms.CharField(
        required=False,
        max_length=1000,
        label=gettext_lazy("What it shall say"),
        help_text=gettext_lazy("For whoever writes it. It is never sent."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Whoever writes it chooses")), *drafts.choices()]  # type: ignore[attr-defined]

    def slot(self) -> Slot:
        """What was typed, once it is valid."""
        data = self.cleaned_data
        campaign = data["campaign"].pk if data["campaign"] else None
        return Slot(data["title"], data["channel"], data["due_at"], campaign, data["kind"], data["hint"])


def initial_of(placement: Placement) -> dict[str, Any]:
    """A slot as ``SlotForm`` shows it."""
    brief = SlotBrief.objects.filter(placement=placement).first()
    wall = clock.to_wall(placement.due_at) if placement.due_at else None
    return {
        "title": placement.note,
        "channel": placement.channel_id,
        "campaign": placement.campaign_id,
        "kind": brief.kind if brief else "",
        "hint": brief.hint if brief else "",
        **({"day": wall.date(), "time": wall.time()} if wall else {}),
    }


class DraftForm(forms.Form):
    """What the draft shall be, and what it begins with."""

    kind = forms.ChoiceField(label=gettext_lazy("What shall it be?"), widget=forms.RadioSelect)
    title = forms.CharField(max_length=150, label=gettext_lazy("Working title"))
    focus_area = forms.ModelChoiceField(
        FocusArea.objects.select_related("goal"),
        required=False,
        label=gettext_lazy("Primary focus area"),
        empty_label=gettext_lazy("None yet"),
    )
    campaign = forms.ModelChoiceField(
        Campaign.objects.all(), required=False, label=gettext_lazy("Campaign"), empty_label=gettext_lazy("No campaign")
    )
    initiatives = forms.ModelMultipleChoiceField(
        Initiative.objects.none(),
        required=False,
        label=gettext_lazy("Initiatives"),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, wanted: Wanted, user: Any, **kwargs: Any) -> None:
        kinds = drafts.kinds_of(user)
        known = dict(kinds)
        kwargs.setdefault(
            "initial",
            {
                "kind": wanted.kind if wanted.kind in known else next(iter(known), ""),
                "title": wanted.title,
                "focus_area": wanted.focus_area,
                "campaign": wanted.campaign,
                "initiatives": list(wanted.initiatives),
            },
        )
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["kind"].choices = [(key, label.capitalize()) for key, label in kinds]  # type: ignore[attr-defined]
        offered = Initiative.objects.filter(pk__in=wanted.initiatives)
        self.fields["initiatives"].queryset = offered  # type: ignore[attr-defined]
        if not wanted.initiatives:
            del self.fields["initiatives"]

    def what(self) -> Wanted:
        """What was asked for, once it is valid."""
        data = self.cleaned_data
        return Wanted(
            title=data["title"],
            text=self.wanted.text,
            focus_area=data["focus_area"].pk if data["focus_area"] else None,
            campaign=data["campaign"].pk if data["campaign"] else None,
            initiatives=tuple(row.pk for row in data.get("initiatives", ())),
            kind=data["kind"],
            hint=self.wanted.hint,
        )
