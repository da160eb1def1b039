"""The tone check: the next seven days with their words, quiet days marked, and who looked at what."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from campaigns import tone, tone_check
from campaigns.models import CalendarEvent, Placement, ToneRead
from campaigns.tonight import ChangedMeanwhile
from cms.models import Post
from publishing.models import Channel, EvidenceRecord
from tests.cast import approve, draft, place, submit

NOW = datetime(2026, 7, 1, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tillykke, vi holder FEST!", ["tillykke", "fest", "!"]),
        ("Festivalen lukker en vej.", []),
        ("God tur 🎉", ["🎉"]),
        ("Vi søger vidner til et uheld.", []),
        ("Det er hyggeligt og sjovt.", ["hygge", "sjov"]),
    ],
)
def test_what_is_cheerful_is_pointed_out(text, found):
    assert tone.cheerful(text) == found


@pytest.fixture
def july(cast):
    CalendarEvent.objects.filter(sombre=False).delete()
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(july, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


def post(cast, channel, title, text, days):
    page = draft(Post, by=cast.writer, title=title, summary=text)
    place(page, channel, due=NOW + timedelta(days=days))
    return page


def test_days_hold_what_is_planned_and_a_quiet_day_marks_what_is_cheerful(cast, channel, django_assert_max_num_queries):
    approve(submit(post(cast, channel, "Sommer", "Så er det fest!", 2), by=cast.writer), by=cast.editor)
    post(cast, channel, "Kladde", "Hurra for sommeren.", 1)
    post(cast, channel, "Senere", "Hurra.", 8)
    Placement.objects.create(channel=channel, due_at=NOW + timedelta(days=1), note="Tom plads")
    with django_assert_max_num_queries(16):
        found = tone_check.days(NOW)
    assert [(str(day.date), [look.item.first.title for look in day.looks]) for day in found] == [
        ("2026-07-02", ["Kladde"]),
        ("2026-07-03", ["Sommer"]),
    ]
    assert found[0].looks[0].cheerful == () and "Hurra for sommeren." in found[0].looks[0].said[0].text
    assert [mark.title for mark in found[1].sombre] == ["Field's 2022"]
    assert found[1].looks[0].cheerful == ("fest", "!")


def test_who_looked_is_told_until_the_words_or_the_day_change(client, cast, channel):
    page = post(cast, channel, "Sommer", "Så er det fest.", 2)
    client.force_login(cast.duty)
    url = reverse("campaigns_calendar:tone")
    [day] = client.get(url).context["days"]
    shown = day.looks[0].seal
    client.post(url, {"seal": shown})
    html = client.get(url).content.decode()
    assert "Duty" in html and ToneRead.objects.get().by == cast.duty
    assert EvidenceRecord.objects.filter(kind="tone.looked_at").count() == 1
    Placement.objects.update(due_at=NOW + timedelta(days=2, hours=3))
    assert [day.unread for day in tone_check.days(NOW)] == [0]  # a later hour is the same day
    latest = page.get_latest_revision_as_object()
    latest.summary = "Så er det ikke fest."
    latest.save_revision(user=cast.writer)
    assert [day.unread for day in tone_check.days(NOW)] == [1]
    with pytest.raises(ChangedMeanwhile):
        tone_check.look_at(shown, by=cast.duty, now=NOW)
    client.post(url, {"seal": shown})
    assert ToneRead.objects.count() == 1


def test_it_is_for_whoever_decides_what_goes_out(client, cast, channel):
    url = reverse("campaigns_calendar:tone")
    for key, status in (("editor", 200), ("duty", 200), ("writer", 302), ("outsider", 302), ("prosecutor", 404)):
        client.force_login(getattr(cast, key))
        assert client.get(url).status_code == status
    with pytest.raises(PermissionDenied):
        tone_check.look_at("", by=cast.writer, now=NOW)
    client.force_login(cast.duty)
    assert url in client.get(reverse("publishing_desk:held")).content.decode()
