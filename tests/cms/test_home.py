"""The front page of the admin: each role sees what is its own, and nothing that only confuses."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from campaigns import clock
from campaigns.tonight import until
from cms import home
from publishing.models import Channel
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db
HOME = "wagtailadmin_home"


@pytest.fixture
def channel(scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


def front(client, user):
    client.force_login(user)
    return client.get(reverse(HOME)).content.decode()


@pytest.mark.parametrize(
    ("key", "kinds"),
    [
        ("writer", {"story", "post", "campaignpage"}),
        ("editor", {"story", "post", "campaign"}),
        ("planner", {"story", "post", "campaign"}),  # its aim and period come before the page about it
        ("legal", set()),
        ("management", set()),
        ("archive", set()),
    ],
)
def test_each_role_can_begin_what_it_may_write_and_nothing_else(client, cast, key, kinds):
    user = getattr(cast, key)
    addresses = [item["url"].split("/") for item in home.beginnings(user)]
    assert {parts[5] if "pages" in parts else parts[2] for parts in addresses} == kinds
    page = front(client, user)
    assert ("home-start" in page) == bool(kinds or home.coverage(user))
    for item in home.beginnings(user):
        assert client.get(item["url"]).status_code == 200


def test_what_waits_and_what_goes_tonight_stand_on_the_front_page(client, cast, channel):
    page = draft(by=cast.writer, title="Borgermøde")
    place(page, channel, due=timezone.now() + timedelta(minutes=20))
    submit(page, by=cast.writer)
    ready = draft(by=cast.writer, title="Rytterne")
    place(ready, channel, due=timezone.now() + timedelta(minutes=30))
    approve(submit(ready, by=cast.writer), by=cast.editor)
    later = draft(by=cast.writer, title="Om en uge")
    place(later, channel, due=timezone.now() + timedelta(days=7))
    shown = front(client, cast.editor)
    waits, tonight = shown.split('id="home-waiting"')[1].split('id="home-tonight"')
    tonight = tonight.split("</section>")[0]
    assert "Borgermøde" in waits
    assert [row.count("<strong>") for row in tonight.split("<li>")[1:]] == [1, 0]  # the first is not approved
    assert "Rytterne" in tonight
    assert "Om en uge" not in tonight
    assert "Borgermøde" not in front(client, cast.writer).split('id="home-waiting"')[1].split("</section>")[0]


def test_how_many_pages_there_are_is_not_told(client, cast):
    assert "w-summary" not in front(client, cast.editor)


def test_the_outsider_does_not_get_in(client, cast):
    client.force_login(cast.outsider)
    assert client.get(reverse(HOME)).status_code == 302


def test_tomorrow_ends_at_noon_in_copenhagen_also_when_the_clocks_change():
    assert until(datetime(2026, 11, 24, 22, 30, tzinfo=UTC)) == datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    assert clock.to_wall(until(datetime(2027, 3, 27, 12, 0, tzinfo=UTC))) == datetime(2027, 3, 28, 12, 0)


@pytest.mark.parametrize(
    ("hour", "said"), [(4, "Good morning"), (8, "Good forenoon"), (13, "Good afternoon"), (20, "Good evening")]
)
def test_the_greeting_goes_by_the_clock_in_copenhagen(hour, said):
    with translation.override("en"):
        assert home.greeting(datetime(2026, 11, 24, hour, 30, tzinfo=UTC)) == said
