"""The year in the demo: a neutrality period that warns, a closed time that says no more, and who wants letters."""

from collections.abc import Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from campaigns import clock
from campaigns.models import CalendarEvent, ClosedPeriod
from cms.models import DigestWish


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """Each once; what somebody changed stays."""
    if not ClosedPeriod.objects.exists():
        ClosedPeriod.objects.create(
            title="Folketingsvalg",
            kind=ClosedPeriod.Kind.ELECTION,
            mode=ClosedPeriod.Mode.WARN,
            starts_at=_midnight(5),
            ends_at=_midnight(26),
            words="minister*, folketing*, lovforslag*, valgkamp*, partiledelse*",
            reason="Valget er udskrevet. Kun fakta, intet om partier, ministre og forslag.",
        )
        ClosedPeriod.objects.create(
            title="Aktion mod våbenhandel",
            kind=ClosedPeriod.Kind.BLACKOUT,
            mode=ClosedPeriod.Mode.BLOCK,
            starts_at=_midnight(2),
            ends_at=_midnight(5),
            words="våben*, pistol*, visitation*, visitationszone*",
            reason="Ransagninger er planlagt. Opslag om våben kan advare dem, det gælder.",
        )
        yield "a neutrality period that warns and a closed time"
    name = "Mindehøjtidelighed for en kollega"
    if not CalendarEvent.objects.filter(title=name).exists():
        day = timezone.localdate() + timedelta(days=1)
        CalendarEvent.objects.create(
            title=name,
            kind=CalendarEvent.Kind.DAY_OF_NOTE,
            rule=CalendarEvent.Rule.DATES,
            dates=f"{day:%d.%m.%Y}",
            sombre=True,
            note="Ingen muntre opslag den dag.",
        )
        yield "a day for a quiet tone"
    DigestWish.objects.get_or_create(user=users["vagt"], defaults={"urgent": True})
    DigestWish.objects.get_or_create(user=users["redaktor"], defaults={"rhythm": DigestWish.Rhythm.DAILY, "hour": 8})


def _midnight(days: int) -> datetime:
    """The beginning of the day so many days from now, in Copenhagen."""
    return clock.to_utc(datetime.combine(timezone.localdate() + timedelta(days=days), time()))
