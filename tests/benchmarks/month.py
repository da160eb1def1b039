"""The calendar's month with 5,000 placements of 100,000: queries, server time and size of the first screen."""

import statistics
import time
from datetime import UTC, date, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Locale, Page

from campaigns import calendar, names, overview
from campaigns.agenda import Wish
from campaigns.models import Placement
from campaigns.tray import Part
from campaigns.views.calendar import TRAY
from cms import roles, site_setup
from cms.models import Post, PostIndex
from publishing.message import Message
from publishing.models import Channel, Delivery, State

IN_MONTH, IN_ALL, LYING = 5000, 100_000, 30
MONTH = date(2026, 11, 1)


def month(rounds=9):
    _fill()
    client = Client(raise_request_exception=True, headers={"host": "localhost"}, SERVER_PORT="443")
    planner = _planner()
    client.force_login(planner)
    address = reverse("campaigns_calendar:month") + f"?month={MONTH:%Y-%m}"
    days = calendar.grid(MONTH.year, MONTH.month)
    edges = calendar.bounds(days[0][0], days[-1][-1])
    client.get(address, secure=True)
    spent = []
    for _round in range(rounds):
        begun = time.perf_counter()
        answer = client.get(address, secure=True)
        spent.append(time.perf_counter() - begun)
    assert answer.status_code == 200
    with CaptureQueriesContext(connection) as page:
        client.get(address, secure=True)
    with CaptureQueriesContext(connection) as own:
        begun = time.perf_counter()
        found = overview.glance(*edges, Part(timezone.now(), Wish(), TRAY, user=planner), names.read())
        read = time.perf_counter() - begun
    entries = Placement.objects.active().between(*edges).count()
    assert entries >= IN_MONTH
    assert found.tray.total == 2 * LYING
    assert found.entries and sum(found.further.values()) > IN_MONTH / 4  # two channels an item, four items a day shown
    return {
        "entries": entries,
        "rows": Placement.objects.count(),
        "seconds": statistics.median(spent),
        "reading": read,
        "queries": len(page),
        "of_the_view": len(own),
        "kilobytes": len(answer.content) / 1000,
    }


def _planner():
    user, _new = get_user_model().objects.get_or_create(username="planner")
    user.groups.add(roles.ensure()["planner"])
    return user


def _fill():
    """Two channels, a post for every two placements; three of five planned, the others drafts; and a tray."""
    site_setup.ensure()
    user = _planner()
    channels = [Channel.objects.create(kind="manual", name=name, slug=name) for name in "AB"]
    start = datetime(MONTH.year, MONTH.month, 1, tzinfo=UTC)
    pages = _posts(IN_MONTH // 2 + 2 * LYING, user)
    pages, undated = pages[: -2 * LYING], pages[-LYING:]
    deliveries = []
    placements = []
    for number, page in enumerate(pages):
        due = start + timedelta(minutes=number * 17 % (29 * 1440))
        for channel in channels:
            delivery = None
            if number % 5 < 3:
                message = Message(text=f"Opslag {number}")
                delivery = Delivery(
                    channel=channel, headline="Opslag", message_json=message.to_json(),
                    message_sha256=message.sha256(), due_at=due, next_at=due, state=State.SCHEDULED,
                )  # fmt: skip
                deliveries.append(delivery)
            placements.append(Placement(page_id=page, channel=channel, due_at=due, delivery=delivery))
    Delivery.objects.bulk_create(deliveries, batch_size=500)
    for placement in placements:
        placement.delivery_id = placement.delivery.pk if placement.delivery else None
    far = start + timedelta(days=60)
    placements += [
        Placement(page_id=pages[n % len(pages)], channel=channels[0], due_at=far + timedelta(minutes=5 * n))
        for n in range(IN_ALL - len(placements))
    ]
    placements += [Placement(page_id=page, channel=channels[1]) for page in undated]
    Placement.objects.bulk_create(placements, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _posts(count, user):
    section = PostIndex.objects.get()
    kind, locale = ContentType.objects.get_for_model(Post), Locale.get_active()
    pages = [
        Page(
            title=f"Opslag nummer {n}", draft_title=f"Opslag nummer {n}", slug=f"opslag-{n}", content_type=kind,
            locale=locale, owner=user, live=False, depth=section.depth + 1,
            path=f"{section.path}{_base36(n + 1000)}", url_path=f"{section.url_path}opslag-{n}/",
        )
        for n in range(count)
    ]  # fmt: skip
    Page.objects.bulk_create(pages, batch_size=500)
    for page in pages:
        Post(page_ptr_id=page.pk, summary="Husk lys på cyklen.").save_base(raw=True, force_insert=True)
    return [page.pk for page in pages]


def _base36(number):
    signs, text = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", ""
    while number:
        number, rest = divmod(number, 36)
        text = signs[rest] + text
    return text.rjust(4, "0")
