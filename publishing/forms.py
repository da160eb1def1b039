"""Forms of the duty desk."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import labels
from publishing.models import Channel, StopOrder

READY_REASONS = (
    ("incident", gettext_lazy("A serious incident")),
    ("mistake", gettext_lazy("A mistake in what is being sent")),
    ("asked", gettext_lazy("The court, the prosecution service or the relatives have asked")),
    ("technical", gettext_lazy("A technical fault")),
)


class StopForm(forms.Form):
    """STOP is one keystroke away: everything is preselected, and a reason may be left for later."""

    scope = forms.ChoiceField(label=gettext_lazy("Stop"), initial=StopOrder.ALL)
    ready = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=READY_REASONS, widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(label=gettext_lazy("In your own words"), max_length=250, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"prefix": "stop", **kwargs})
        self.fields["scope"].choices = labels.choices()  # type: ignore[attr-defined]

    @property
    def reason(self) -> str:
        """One's own words, else the ready reason, else that none was given."""
        ready = dict(READY_REASONS).get(self.cleaned_data["ready"], _("no reason given"))
        return self.cleaned_data["text"].strip() or str(ready)


class NewTimeForm(forms.Form):
    """A later moment, in district time, at which every one of ``channels`` may send."""

    use_required_attribute = False  # it stands beside buttons that want no time: a browser would hold them all back

    due_at = forms.DateTimeField(
        label=gettext_lazy("New time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def __init__(self, *args: Any, channels: Iterable[Channel] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channels = list(dict.fromkeys(channels))

    def clean_due_at(self) -> Any:
        due_at = self.cleaned_data["due_at"]
        if due_at <= timezone.now():
            raise forms.ValidationError(_("That time has passed. Choose a later one, or send it now."))
        quiet = [channel for channel in self.channels if channel.is_quiet_at(timezone.localtime(due_at))]
        if quiet:
            raise forms.ValidationError([_quiet(channel) for channel in quiet])
        return due_at


def _quiet(channel: Channel) -> str:
    hours = {"start": f"{channel.quiet_from:%H.%M}", "end": f"{channel.quiet_until:%H.%M}"}
    return _("%(channel)s is quiet from %(start)s to %(end)s.") % {"channel": channel.name, **hours}


class SentForm(forms.Form):
    """A person saw it on the channel. Its address is asked for, because it is the proof."""

    permalink = forms.URLField(
        label=gettext_lazy("Address of the post"),
        max_length=1000,
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
    )
    no_address = forms.BooleanField(label=gettext_lazy("It has no address that I can give"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("permalink") and not data.get("no_address") and "permalink" not in self.errors:
            self.add_error("permalink", _("Paste the address of the post, or say that it has none."))
        return data


class ReasonForm(forms.Form):
    """Why; it is kept as evidence."""

    reason = forms.CharField(
        label=gettext_lazy("Why (kept as evidence)"),
        max_length=250,
        error_messages={"required": gettext_lazy("Write in a few words why. It is kept as evidence.")},
    )
