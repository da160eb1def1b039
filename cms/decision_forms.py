"""The few words that a decision needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from publishing.models import Channel


class DecisionForm(forms.Form):
    """``shown`` is the seal of what was on the screen."""

    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The author reads it. Needed when you send it back: say where in the text and what instead."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "send_back" in self.data and not (data.get("note") or "").strip():
            self.add_error("note", _("Say what has to change, and where in the text."))
        return data


class BreakGlassForm(forms.Form):
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(),
        label=_("Send at once to"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one channel.")},
    )
    reason = forms.CharField(
        label=_("Why it cannot wait for a second person"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Kept as evidence, and read by whoever looks at it afterwards."),
        error_messages={"required": _("A reason is needed: somebody has to understand it afterwards.")},
    )
    shown = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, channels: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channels"].queryset = channels


class ReviewForm(forms.Form):
    note = forms.CharField(
        label=_("What you found"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In order, or what must be corrected or taken down."),
        error_messages={"required": _("Say what you found, even if all is in order.")},
    )
