"""What was done with a channel, by whom and when, read from its evidence."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing.models import Channel, EvidenceRecord

LATEST = 30
DEEDS = {
    "added": gettext_lazy("Added"),
    "changed": gettext_lazy("Changed"),
    "connect_begun": gettext_lazy("Connecting was begun"),
    "connect_failed": gettext_lazy("Connecting failed"),
    "connected": gettext_lazy("Connected"),
    "ok": gettext_lazy("Found ready"),
    "fault": gettext_lazy("Found not ready"),
    "paused": gettext_lazy("Paused"),
    "resume_asked": gettext_lazy("To be resumed once it is verified"),
    "resumed": gettext_lazy("Resumed"),
    "dry_run_on": gettext_lazy("Dry run switched on"),
    "dry_run_off": gettext_lazy("Dry run switched off"),
    "risk_decided": gettext_lazy("Risk decision recorded"),
    "retired": gettext_lazy("Taken out of use"),
    "reinstated": gettext_lazy("Taken into use again"),
}


@dataclass(frozen=True)
class Deed:
    """One line of the history. ``detail`` never holds a value of a setting or a secret."""

    at: datetime
    what: str
    who: str
    detail: str


def of(channel: Channel) -> Iterator[Deed]:
    """The latest first."""
    records = EvidenceRecord.objects.filter(subject=f"channel:{channel.pk}").order_by("-id")[:LATEST]
    labels = {setting.name: str(setting.label) for setting in channel.adapter.settings}
    for record in records:
        what = str(DEEDS.get(record.kind.removeprefix("channel."), record.kind))
        yield Deed(record.at, what, record.actor or _("the system"), _detail(record.payload, labels))


def _detail(payload: dict[str, Any], labels: dict[str, str]) -> str:
    parts = [str(payload[key]) for key in ("reason", "problem", "account") if payload.get(key)]
    if "decided_by" in payload:
        day = date_format(date.fromisoformat(payload["decided_on"]))
        told = {"who": payload["decided_by"], "day": day, "why": payload["why"]}
        parts.append(_("decided by %(who)s on %(day)s: %(why)s") % told)
    parts += [_field(name, *values) for name, values in payload.get("fields", {}).items()]
    names = [labels.get(name, name) for name in payload.get("settings", [])]
    for key, sentence in (("secrets", _("%(name)s (given)")), ("secrets_forgotten", _("%(name)s (forgotten)"))):
        names += [sentence % {"name": labels[name]} for name in payload.get(key, []) if name in labels]
    return "; ".join(parts + names)


def _field(name: str, before: Any, after: Any) -> str:
    label = str(getattr(Channel._meta.get_field(name), "verbose_name", name))
    change = _("%(field)s: %(before)s → %(after)s")
    return change % {"field": label, "before": _shown(before), "after": _shown(after)}


def _shown(value: Any) -> str:
    return "–" if value in (None, "") else str(value)
