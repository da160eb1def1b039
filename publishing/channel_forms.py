"""The form of a channel: what every channel has, and the settings that its kind asks for.

A secret is never shown again. Its field is empty, says when it was set, keeps what is there when it is left empty, and
can be forgotten by a box of its own.
"""

import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import adapters, setting_up
from publishing.adapters.base import Setting
from publishing.models import Channel
from publishing.presenting import when

DOTS = "••••"
LINK_PARAMETERS = re.compile(r"[\w.~-]+=[\w.~%-]+(&[\w.~-]+=[\w.~%-]+)*", re.ASCII)
SETTING, SECRET, FORGET = "setting-", "secret-", "forget-"
GROUPS = (
    (gettext_lazy("The channel"), ("name", "slug", "language", "link_parameters", "dry_run")),
    (gettext_lazy("Pace"), ("gap", "quiet_from", "quiet_until", "late_after", "concurrency")),
    (gettext_lazy("Decisions"), ("comments_policy",)),
)


class ChannelForm(forms.ModelForm[Channel]):
    """``channel`` is new, with its kind, or the one that is changed."""

    gap = forms.DecimalField(
        label=gettext_lazy("Minutes between two posts"),
        help_text=gettext_lazy("At least so long; 0 for none. What is due meanwhile waits, and goes by itself."),
        min_value=0,
        max_value=1440,
        max_digits=6,
        decimal_places=2,
        initial=0,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = Channel
        fields = [
            "name", "slug", "dry_run", "quiet_from", "quiet_until", "late_after", "concurrency", "comments_policy",
            "language", "link_parameters",
        ]  # fmt: skip
        widgets = {
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }
        help_texts = {
            "slug": gettext_lazy("For the command line. Left empty, it is made from the name."),
            "quiet_until": gettext_lazy(
                "What comes due in the quiet hours goes when they end, unless it would be too late then. Both empty:"
                " none."
            ),
            "comments_policy": gettext_lazy("Who looks at comments, how often, and what is done about them."),
            "concurrency": gettext_lazy("1 is right for nearly every platform."),
        }

    def __init__(self, *args: Any, channel: Channel, **kwargs: Any) -> None:
        self.adapter = adapters.get(channel.kind)
        self.is_new = channel.pk is None
        minutes = Decimal(channel.minimum_gap) / 60
        gap = round(minutes, 2) if minutes % 1 else int(minutes)
        kwargs |= {"instance": channel, "initial": {"version": channel.version, "gap": gap}}
        super().__init__(*args, **kwargs)
        self.fields["slug"].required = False
        if not self.is_new:
            del self.fields["dry_run"]  # a switch of its own, which says what will happen
        for setting in self.adapter.settings:
            if setting.secret:
                self._add_secret(setting)
            else:
                self.fields[SETTING + setting.name] = self._field(setting, channel)

    def _field(self, setting: Setting, channel: Channel) -> forms.Field:
        kept = channel.config.get(setting.name, setting.default) if self.is_new else channel.config.get(setting.name)
        about: dict[str, Any] = {
            "label": setting.label,
            "help_text": setting.help,
            "required": setting.required,
            "initial": kept if kept is not None else setting.default,
        }
        if setting.choices:
            return forms.ChoiceField(choices=setting.choices, **about)
        if setting.numeric:
            return forms.IntegerField(min_value=1, **about)
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}) if setting.multiline else None, **about)

    def _add_secret(self, setting: Setting) -> None:
        since = self.instance.secrets_set.get(setting.name)
        help_text = str(setting.help)
        if since:
            said = when(datetime.fromisoformat(since), timezone.now())
            keep = _("%(dots)s set %(when)s. Leave it empty to keep it.") % {"dots": DOTS, "when": said}
            help_text = f"{keep} {help_text}".strip()
        hidden = {"autocomplete": "new-password", "spellcheck": "false"}
        self.fields[SECRET + setting.name] = forms.CharField(
            label=str(setting.label),
            help_text=help_text,
            required=setting.required and not since,
            strip=not setting.multiline,
            widget=forms.Textarea(attrs={"rows": 4, **hidden}) if setting.multiline else forms.PasswordInput(hidden),
        )
        if since:
            self.fields[FORGET + setting.name] = forms.BooleanField(
                label=_("Forget: %(name)s") % {"name": setting.label}, required=False
            )

    def groups(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """The fields as they stand on the page, under their headings."""
        own = [name for name in self.fields if name.startswith((SETTING, SECRET, FORGET))]
        headed = [*GROUPS[:1], (_("Account and access"), own), *GROUPS[1:]]
        for heading, names in headed:
            fields = [self[name] for name in names if name in self.fields]
            if fields:
                yield heading, fields

    def clean_slug(self) -> str:
        return self.cleaned_data["slug"] or setting_up.free_slug(self.cleaned_data.get("name", ""), self.instance)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = data.get("quiet_from"), data.get("quiet_until")
        if (start is None) != (end is None) and not self.errors.keys() & {"quiet_from", "quiet_until"}:
            missing = "quiet_from" if start is None else "quiet_until"
            self.add_error(missing, _("Give both ends of the quiet hours, or neither."))
        elif start is not None and start == end:
            self.add_error("quiet_until", _("The quiet hours end when they begin. Leave both empty for none."))
        return data

    def clean_link_parameters(self) -> str:
        value: str = self.cleaned_data["link_parameters"].strip().lstrip("?&")
        if value and not LINK_PARAMETERS.fullmatch(value):
            raise forms.ValidationError(_("Write them as name=value, with & between: utm_source=x&utm_medium=social."))
        return value

    def clean_late_after(self) -> int:
        return self._at_least_one("late_after")

    def clean_concurrency(self) -> int:
        return self._at_least_one("concurrency")

    def _at_least_one(self, name: str) -> int:
        value: int = self.cleaned_data[name]
        if value < 1:
            raise forms.ValidationError(_("At least 1."))
        return value

    def _post_clean(self) -> None:
        """Last of all: the browser is not given a secret back, not even the one that was just typed."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            for name in [name for name in self.cleaned_data if name.startswith(SECRET) and self.cleaned_data[name]]:
                self.add_error(name, _("Type it again: it is not kept while something else has to be put right."))

    @property
    def settings(self) -> dict[str, str]:
        return {
            name.removeprefix(SETTING): "" if value is None else str(value).strip()
            for name, value in self.cleaned_data.items()
            if name.startswith(SETTING)
        }

    @property
    def secrets(self) -> dict[str, str]:
        """Only those that were typed."""
        items = self.cleaned_data.items()
        return {name.removeprefix(SECRET): value for name, value in items if name.startswith(SECRET) and value}

    def add(self, *, by: User | None) -> Channel:
        channel = self.instance
        channel.minimum_gap = round(self.cleaned_data["gap"] * 60)
        channel.config = self.settings
        return setting_up.add(channel, secrets=self.secrets, by=by)

    def change(self, channel: Channel, *, by: User) -> list[str]:
        """What was changed, by name. Raises ``setting_up.Overtaken``."""
        own = {name: self.cleaned_data[name] for name in self.Meta.fields if name in self.fields}
        forget = [
            name.removeprefix(FORGET) for name, value in self.cleaned_data.items() if name.startswith(FORGET) and value
        ]
        return setting_up.change(
            channel,
            version=self.cleaned_data["version"],
            fields={**own, "minimum_gap": round(self.cleaned_data["gap"] * 60)},
            config=self.settings,
            secrets=self.secrets,
            forget=forget,
            by=by,
        )
