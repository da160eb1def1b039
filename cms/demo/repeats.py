"""What comes again: a series in the plan, with one slot left out and one worded alone, and a pool of advice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from campaigns import clock, series, series_changes
from campaigns.models import Advice, Campaign, FocusArea, Placement, Series
from campaigns.recurrence import OnHolidays
from cms.demo import content
from cms.demo.sample import Sample
from publishing.models import Channel, Delivery, Receipt

TITLE = "Cykellygter i myldretiden"


def ensure(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> Iterator[str]:
    """Once; what somebody made of it stays."""
    if not Series.objects.filter(title=TITLE).exists():
        yield _series(users["planlaegger"], [channels["x"], channels["bluesky"]])
    if not Advice.objects.exists():
        yield from _pool(users, [channels["x"], channels["bluesky"]])


def _series(planner: Any, channels: list[Channel]) -> str:
    now, today = timezone.now(), timezone.localdate()
    year = today.year + (today > date(today.year, 12, 1))
    lights = Series(
        title=TITLE,
        campaign=Campaign.objects.filter(title="Lys på").first(),
        focus_area=FocusArea.objects.filter(key="borgervendt-kommunikation").first(),
        rule="FREQ=WEEKLY;BYDAY=TU,TH",
        at=time(16),
        starts_on=today + timedelta(days=1),
        until=date(year, 12, 20),
        on_holidays=OnHolidays.SKIP,
    )
    row, made = series_changes.begin(lights, channels, now=now, by=planner)
    slots = list(row.occurrences.with_all().select_related("series"))
    series.skip(slots[2], by=planner)
    series.reword(slots[4], by=planner)
    return f"{TITLE}: {made.slots} pladser"


@dataclass(frozen=True)
class Told:
    """An advice of the pool: ``days`` ago it was told last; None is a draft that nobody has approved."""

    title: str
    text: str
    days: int | None
    season: tuple[str, str] = ("", "")
    yearly: int | None = None


POOL = (
    Told(
        "Pas på lommetyve",
        "Hold tasken lukket og foran dig i trængslen. Er du bestjålet, så spær kortet og meld det på politi.dk.",
        94,
        yearly=4,
    ),
    Told(
        "Tænd cykellygten, før det bliver mørkt",
        "Foran hvidt, bagpå rødt. Lygten skal kunne ses på 300 meters afstand.",
        45,
        ("10-01", "02-28"),
    ),
    Told(
        "Lås døren, når du tager på ferie",
        "Bed naboen tømme postkassen, og lad ikke nøglen ligge under måtten. Så ser hjemmet beboet ud.",
        160,
        ("06-15", "08-15"),
        yearly=2,
    ),
    Told(
        "Falske sms'er: tryk ikke på linket",
        "Hverken banken eller politiet beder om din kode i en sms. Slet den, og ring selv til banken.",
        None,
    ),
)


def _pool(users: Mapping[str, Any], channels: list[Channel]) -> Iterator[str]:
    for told in POOL:
        sample = Sample(
            "post", told.title, told.text, "sent", focus="borgervendt-kommunikation", unit="lokalpolitienheden"
        )
        page = content.draft(sample, users)
        if told.days is not None:
            _tell(page, told.days, channels, users)
        advice = Advice.objects.create(
            page=page,
            season_from=told.season[0],
            season_to=told.season[1],
            most_yearly=told.yearly,
            created_by=users["planlaegger"],
        )
        advice.channels.set(channels)
        yield f"{told.title} (godt råd)"


def _tell(page: Any, days: int, channels: list[Channel], users: Mapping[str, Any]) -> None:
    """Down the road now, and then as long ago as it is meant to be."""
    now = timezone.now().replace(second=0, microsecond=0)
    for channel in channels:
        Placement.objects.create(page=page, channel=channel, due_at=now, wall_time=clock.written(now))
    page.get_workflow().start(page, page.owner)
    page = type(page).objects.get(pk=page.pk)
    page.current_workflow_task_state.approve(user=users["redaktor"])
    Channel.objects.filter(pk__in=[channel.pk for channel in channels]).update(last_begun_at=None)
    call_command("send_due", verbosity=0)
    then = now - timedelta(days=days)
    sent = Delivery.objects.filter(placements__page=page)
    Receipt.objects.filter(delivery__in=sent).update(sent_at=then)
    sent.update(due_at=then, sent_at=then)
    Placement.objects.filter(page=page).update(due_at=then, wall_time=clock.written(then))
