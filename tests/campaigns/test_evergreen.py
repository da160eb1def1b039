"""The pool of advice: what may be told again on a day and why, and that nothing unapproved goes out by it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns import advising, evergreen
from campaigns.evergreen import Piece, Season, Use
from campaigns.models import Advice, Placement
from campaigns.planning import Conflict
from cms.models import Post
from publishing.models import Channel, State
from tests.cast import approve, draft, place, submit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TODAY = date(2026, 11, 24)


def piece(pk=1, **fields):
    return Piece(**{"pk": pk, "page": pk, "title": f"Råd {pk}", "gap": 30, "channels": frozenset({1, 2}), **fields})


seasons = st.builds(
    Season, st.tuples(st.integers(1, 12), st.integers(1, 28)), st.tuples(st.integers(1, 12), st.integers(1, 28))
)
pieces = st.builds(
    piece,
    st.integers(1, 4),
    gap=st.integers(30, 90),
    season=st.none() | seasons,
    most_total=st.none() | st.integers(1, 3),
    most_yearly=st.none() | st.integers(1, 3),
    expires_on=st.none() | st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    active=st.booleans(),
)
uses = st.lists(
    st.builds(Use, st.integers(1, 4), st.integers(1, 3), st.dates(date(2025, 6, 1), date(2027, 6, 1))), max_size=8
)


@given(st.lists(pieces, max_size=4), uses, st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.integers(1, 3))
@settings(max_examples=80)
def test_whatever_is_suggested_keeps_every_condition(pool, history, day, channel):
    with translation.override("en"):
        found = evergreen.suggest(pool, history, day, channel)
    for one in found:
        it = one.piece
        mine = [use for use in history if use.page == it.page]
        assert it.active and channel in it.channels and one.reasons
        assert it.expires_on is None or day <= it.expires_on
        assert all(abs((day - use.day).days) >= it.gap for use in mine if use.channel == channel)
        days = {use.day for use in mine} | {day}
        assert it.most_total is None or len(days) <= it.most_total or day in {use.day for use in mine}
        this_year = {other for other in days if other.year == day.year}
        assert it.most_yearly is None or len(this_year) <= it.most_yearly or day in {use.day for use in mine}
        if it.season:
            walk, first = date(2024, *it.season.first), it.season.first
            season = {first}
            while (walk.month, walk.day) != it.season.last:
                walk += DAY
                season.add((walk.month, walk.day))
            assert (day.month, day.day) in season
    refused = [one for one in pool if one not in [row.piece for row in found]]
    with translation.override("en"):
        assert all(evergreen.against(one, history, day, channel) for one in refused)


def test_a_season_comes_first_then_what_was_told_longest_ago():
    history = [Use(1, 1, TODAY - 94 * DAY), Use(2, 1, TODAY - 40 * DAY), Use(3, 1, TODAY - 10 * DAY)]
    winter = piece(5, season=Season((10, 1), (2, 28)))
    pool = [piece(2), piece(1), piece(3), piece(4), winter, piece(6, ready=False)]
    with translation.override("en"):
        found = evergreen.suggest(pool, history, TODAY, 1)
    assert [one.piece.pk for one in found] == [5, 4, 1, 2, 6]
    assert found[2].reasons == ("last used 94 days before",)
    assert found[0].reasons == ("never used", "in season until 28 February")
    assert evergreen.next_allowed(piece(3), history, TODAY) == TODAY  # channel 2 is free
    assert evergreen.next_allowed(piece(3, channels=frozenset({1})), history, TODAY) == TODAY + 20 * DAY
    assert evergreen.next_allowed(piece(season=Season((6, 1), (6, 30))), history, TODAY) == date(2027, 6, 1)


@pytest.fixture
def november(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(november, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


@pytest.fixture
def pockets(cast, channel):
    """Approved a while ago and told once, 94 days ago."""
    page = draft(Post, by=cast.writer, title="Pas på lommetyve")
    row = place(page, channel, due=NOW + DAY)
    approve(submit(page, by=cast.writer), by=cast.editor)
    row.refresh_from_db()
    Placement.objects.filter(pk=row.pk).update(due_at=NOW - 94 * DAY)
    row.delivery.state = State.DELIVERED
    row.delivery.save()
    advice = Advice.objects.create(page=page)
    advice.channels.set([channel])
    return advice


def put(client, advice, day):
    return client.post(reverse("advice:place", args=[advice.pk]), {"day": day.isoformat()}, follow=True)


def test_an_approved_advice_is_placed_with_one_button_and_planned_at_once(as_user, pockets):
    client, thursday = as_user("planner"), TODAY + 2 * DAY
    ideas = client.get(reverse("campaigns_calendar:day") + f"?day={thursday}").context["empty_days"]
    assert [(one.day, one.ideas[0].piece.pk) for one in ideas] == [(thursday, pockets.pk)]
    tray = client.get(reverse("advice:ideas") + "?part=tray").content.decode()
    assert tray.count("Pas på lommetyve</strong>") == 1  # told on the first empty day, it is too near on the next
    put(client, pockets, thursday)
    row = Placement.objects.latest("pk")
    assert (row.due_at.date(), row.delivery.state) == (thursday, State.SCHEDULED)
    put(client, pockets, thursday + 29 * DAY)  # too near: refused with a sentence
    assert Placement.objects.count() == 2
    assert advising.empty_days(thursday, thursday, 3) == []


def test_what_is_not_approved_or_to_be_reviewed_is_a_draft_that_nothing_sends(cast, pockets, channel):
    post = Post.objects.get(pk=pockets.page_id)
    post.review_date = TODAY - DAY
    post.save_revision(user=cast.writer)
    approve(submit(post, by=cast.writer), by=cast.editor)
    placed = advising.place(pockets, TODAY + 2 * DAY, NOW, by=cast.planner)
    assert not placed.planned and Placement.objects.latest("pk").delivery is None
    assert not advising.contents.standing([post.pk])
    other = Advice.objects.create(page=draft(Post, by=cast.writer, title="Kladde", summary="Lås døren."))
    other.channels.set([channel])
    assert not advising.place(other, TODAY + 3 * DAY, NOW, by=cast.planner).planned
    assert Placement.objects.latest("pk").delivery is None


def test_a_day_after_the_review_date_is_refused_and_nothing_is_changed(cast, pockets):
    post = Post.objects.get(pk=pockets.page_id)
    post.review_date = TODAY + 5 * DAY
    post.save_revision(user=cast.writer)
    approve(submit(post, by=cast.writer), by=cast.editor)
    with pytest.raises(Conflict):
        advising.place(pockets, TODAY + 6 * DAY, NOW, by=cast.planner)
    assert advising.place(pockets, TODAY + 5 * DAY, NOW, by=cast.planner).planned


def test_the_pool_is_kept_in_the_admin_and_says_what_may_come_next(as_user, cast, channel, pockets):
    client = as_user("planner")
    listed = client.get(reverse("advice:index")).content.decode()
    assert "Pas på lommetyve" in listed
    page = draft(Post, by=cast.writer, title="Cykellygter")
    typed = {
        "page": page.pk, "channels": [channel.pk], "minimum_gap": "45", "season_from": "1.10.", "season_to": "28.2",
        "most_yearly": "2", "most_total": "", "expires_on": "", "active": "on",
    }  # fmt: skip
    for field, value in (("minimum_gap", "10"), ("season_from", "40.1"), ("season_to", "")):
        answer = client.post(reverse("advice:add"), {**typed, field: value})
        assert list(answer.context["form"].errors) == [field]
    client.post(reverse("advice:add"), typed)
    row = Advice.objects.get(page=page)
    assert (row.season_from, row.season_to, row.created_by) == ("10-01", "02-28", cast.planner)
    assert client.get(reverse("advice:edit", args=[row.pk])).context["form"]["season_from"].value() == "1.10."


def test_who_may_not_plan_reads_and_outsiders_and_prosecutors_see_nothing(as_user, refused, pockets):
    urls = [reverse("advice:ideas"), reverse("advice:index")]
    client = as_user("writer")
    assert client.get(urls[0]).status_code == 200
    assert refused(client.post(reverse("advice:place", args=[pockets.pk]), {"day": "2026-11-26"}))
    for who in ("outsider", "prosecutor"):
        client = as_user(who)
        assert all(refused(client.get(url)) for url in urls)
        assert refused(client.post(reverse("advice:place", args=[pockets.pk]), {"day": "2026-11-26"}))
    assert Placement.objects.count() == 1
