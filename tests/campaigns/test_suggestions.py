"""What the year calls for and nobody has planned: said to whoever writes, until it is planned or answered."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns import suggesting, suggestions
from campaigns.models import CalendarEvent, FocusArea, SuggestionAnswer
from campaigns.suggestions import Call
from campaigns.topics import Topic
from campaigns.yearly import Span
from cms.models import Post
from publishing.models import Channel, EvidenceRecord
from tests.cast import draft, place

WEEK = Span(date(2026, 11, 23), date(2026, 11, 29))
CALL = Call(7, "Black Week", 21, frozenset({"trivsel"}), frozenset({"1132"}), ("netsvindel*",))
FRAUD = Topic(text="Sådan undgår du netsvindelen")


def asked(today, planned=(), answered=()):
    return suggestions.of([(CALL, WEEK)], planned, answered, today)


def test_it_is_said_from_its_lead_time_until_it_is_over():
    said = [day for day in range(1, 31) if asked(date(2026, 11, day))]
    assert said == list(range(2, 30))


@pytest.mark.parametrize(
    "topic",
    [FRAUD, Topic(focus_area="trivsel"), Topic(initiatives=frozenset({"1132", "9"}))],
    ids=["words", "area", "no."],
)
def test_anything_planned_about_it_on_its_days_is_enough(topic):
    today = date(2026, 11, 20)
    assert asked(today, [(date(2026, 11, 2), topic)]) == []
    assert asked(today, [(date(2026, 11, 1), topic), (date(2026, 11, 30), topic)])
    assert asked(today, [(date(2026, 11, 24), Topic(text="Lygter"))])


def test_an_answer_holds_for_this_time_only():
    assert asked(date(2026, 11, 20), answered={(7, WEEK.first)}) == []
    assert asked(date(2026, 11, 20), answered={(7, date(2025, 11, 24)), (8, WEEK.first)})


autumn = st.dates(date(2026, 10, 1), date(2026, 12, 31))


@given(st.lists(st.tuples(autumn, st.sampled_from([FRAUD, Topic()]))), autumn)
def test_more_planned_never_makes_more_suggestions(planned, today):
    for number in range(len(planned)):
        assert len(asked(today, planned[: number + 1])) <= len(asked(today, planned[:number]))


def test_how_long_there_is_is_said_as_people_say_it():
    from django.utils import translation

    with translation.override("en"):
        days = (date(2026, 11, 2), date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 25))
        assert [asked(day)[0].starts for day in days] == [
            "Black Week begins in 3 weeks",
            "Black Week begins in 1 day",
            "Black Week begins today",
            "Black Week goes on",
        ]


# --- In the admin ---------------------------------------------------------------------------------------------


@pytest.fixture
def event(cast):
    CalendarEvent.objects.exclude(title="Black Week").delete()
    with time_machine.travel(datetime(2026, 11, 10, 9, tzinfo=UTC), tick=False):
        yield CalendarEvent.objects.get()


def test_it_stands_on_the_front_page_and_beside_the_calendar_of_whoever_writes(client, cast, event):
    client.force_login(cast.editor)
    for url in (reverse("wagtailadmin_home"), reverse("campaigns_calendar:suggestions") + "?part=1"):
        assert client.get(url).content.decode().count(reverse("campaigns_calendar:year_draft", args=[event.pk])) == 1
    assert reverse("campaigns_calendar:suggestions") in client.get(reverse("campaigns_calendar:month")).content.decode()
    client.force_login(cast.archive)  # reads the plan, writes nothing
    assert (
        reverse("campaigns_calendar:year_draft", args=[event.pk])
        not in client.get(reverse("campaigns_calendar:suggestions")).content.decode()
    )
    client.force_login(cast.outsider)
    assert client.get(reverse("campaigns_calendar:suggestions")).status_code == 302


def test_what_is_planned_about_it_silences_it(cast, event, scripted_kinds, django_assert_max_num_queries):
    channel = Channel.objects.create(kind="scripted", name="X", slug="x")
    for number in range(3):
        page = draft(Post, by=cast.writer, title=f"Lygter {number}", summary="Husk lygter.")
        place(page, channel, due=datetime(2026, 11, 24, 9, tzinfo=UTC))
    with django_assert_max_num_queries(8):
        assert len(suggesting.current(datetime(2026, 11, 10, 9, tzinfo=UTC))) == 1
    page = page.get_latest_revision_as_object()
    page.summary = "Pas på netsvindlen, når du handler."  # as it is written now, not as the page was made
    page.save_revision(user=cast.writer)
    assert len(suggesting.current(datetime(2026, 11, 10, 9, tzinfo=UTC))) == 1
    page.summary = "Pas på netsvindel."
    page.save_revision(user=cast.writer)
    assert suggesting.current(datetime(2026, 11, 10, 9, tzinfo=UTC)) == []


def test_an_idea_is_drafted_with_what_the_event_calls_for(client, cast, event, newsroom):
    CalendarEvent.objects.update(focus_areas=["trivsel"], words="")
    url, data = reverse("campaigns_calendar:year_draft", args=[event.pk]), {"starts_on": "2026-11-23"}
    client.force_login(cast.archive)
    assert client.post(url, data).status_code == 302 and not Post.objects.exists()
    client.force_login(cast.writer)
    assert client.post(url, data).url == client.post(url, data).url  # pressed twice
    page = Post.objects.get()
    assert "Black Week" in page.title and page.focus_area == FocusArea.objects.get(key="trivsel")
    assert SuggestionAnswer.objects.get().page_id == page.pk
    assert suggesting.current(datetime(2026, 11, 10, 9, tzinfo=UTC)) == []


def test_not_this_year_is_said_by_a_planner_and_kept_as_evidence(client, cast, event):
    url, data = (
        reverse("campaigns_calendar:year_not", args=[event.pk]),
        {"starts_on": "2026-11-23", "next": "//evil.example"},
    )
    client.force_login(cast.writer)
    client.post(url, data)
    assert not SuggestionAnswer.objects.exists()
    client.force_login(cast.planner)
    answer = client.post(url, data)
    assert answer.url == reverse("campaigns_calendar:month")
    assert client.post(url, data).status_code == 302  # twice is once
    assert EvidenceRecord.objects.filter(kind="suggestion.not_this_year").count() == 1
    assert client.post(url, {"starts_on": "i morgen"}).status_code == 404
    with time_machine.travel(datetime(2027, 11, 10, tzinfo=UTC) + timedelta(days=3), tick=False):
        assert len(suggesting.current(datetime(2027, 11, 13, 9, tzinfo=UTC))) == 1
