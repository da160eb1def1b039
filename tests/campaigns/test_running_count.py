"""Where much is open it is counted once a minute, and whoever asks reads that: the same figures, from fewer rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.coverage import (
    Dimension,
    Fate,
    Period,
    Selection,
    closing,
    dossier,
    ended,
    meanwhile,
    outside,
    report,
    running,
)
from campaigns.coverage.periods import quarter, whole_year
from campaigns.models import CoverageRunning, PressClipping, Strategy
from publishing.models import Channel, Delivery, State
from tests import cast as people
from tests.campaigns.test_closed_months import frozen, real, tell  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


def gathered(period=None, **options):
    now = timezone.now()
    return dossier.gather(Strategy.objects.in_force(), period or quarter(2026, 4), now, **options)


def said(found):
    """Every figure of a report, by every dimension, without the moment it was counted at."""
    lines = [[report.line_of(row) for row in found.lines(by)] for by in Dimension]
    return report.as_dict(found) | dict.fromkeys(outside.MOMENTS) | {"lines": lines}


@pytest.fixture
def told(tell, cast, real, frozen):  # noqa: F811
    """A story of a month that has closed, one of the month that is open, and one that is planned."""
    tell("Lygter")
    frozen.move_to(datetime(2026, 11, 3, 8, tzinfo=UTC))
    closing.close_due(timezone.now())
    tell("Cykler")
    draft = people.draft(people.Post, by=cast.writer, title="Hjelme", summary="Hjelme")
    people.place(draft, real, due=timezone.now() + timedelta(days=3))
    people.approve(people.submit(people.Post.objects.get(pk=draft.pk), by=cast.writer), by=cast.editor)


def test_what_is_kept_says_what_counting_says(told, real):  # noqa: F811
    periods = (quarter(2026, 4), quarter(2027, 1), whole_year(2026), Period.of_month((2026, 11)))
    selections = (Selection(), Selection(kind="post"), Selection(channel=real.pk, without=frozenset({"unit"})))

    def every():
        return {(one, part): said(gathered(one, selection=part)) for one in periods for part in selections}

    before = every()
    assert running.count(timezone.now(), many=1) and meanwhile.count(timezone.now())
    assert every() == before


def test_figures_that_are_kept_say_when_they_were_counted_but_not_what_somebody_enters(told, frozen, as_user):  # noqa: F811
    assert not meanwhile.count(timezone.now())  # the table is not kept: neither are they
    running.count(timezone.now(), many=1)
    counted = timezone.now()
    meanwhile.count(counted)
    frozen.shift(timedelta(minutes=20))
    PressClipping.objects.create(day=timezone.localdate(), outlet="Avisen", title="Lygter")
    Delivery.objects.filter(headline="Cykler").update(state=State.FAILED)

    def found(key):
        section = next(one for one in gathered().sections if one.key == key)
        return section.counted_at, section.figures[0].of, section.figures[0].value

    assert found("compliance")[:2] == (counted, 2)
    assert found("press")[::2] == (None, 1)
    page = as_user("management").get(reverse("campaigns_coverage:beside"))
    assert [one.counted_at for one in page.context["sections"]].count(counted) >= 5
    frozen.shift(timedelta(minutes=20))
    assert found("compliance")[:2] == (None, 1)


def test_what_is_collected_after_a_period_has_ended_is_as_it_was_last_looked_at(told, frozen, real):  # noqa: F811
    october = Period.of_month((2026, 10))
    ended.close_due(timezone.now())
    Channel.objects.filter(pk=real.pk).update(name="Nyt navn")

    def reach():
        section = next(one for one in gathered(october).sections if one.key == "reach")
        return section.counted_at, section.figures[0].name

    assert reach() == (timezone.now(), "Rigtig")
    frozen.shift(timedelta(minutes=15))
    ended.close_due(timezone.now())
    assert reach() == (timezone.now(), "Nyt navn")
    frozen.shift(timedelta(hours=1))
    assert reach()[0] is None  # nobody looks: it is counted for whoever asks
    for days, looked in ((200, True), (500, False)):
        frozen.shift(timedelta(days=days))
        before = reach()
        ended.close_due(timezone.now())
        assert (reach() == (timezone.now(), "Nyt navn")) is looked
    assert reach() == before  # nothing is collected any more


def test_it_holds_until_the_next_count_and_is_not_trusted_when_nobody_counts(told, frozen, as_user):  # noqa: F811
    running.count(timezone.now(), many=1)
    frozen.shift(timedelta(minutes=1))
    Delivery.objects.filter(headline="Cykler").update(state=State.WITHDRAWN)

    def out(**options):
        return gathered(**options).found.total.months[2026, 11].counted[Fate.SENT]

    assert (out(), out(selection=Selection(kind="post"))) == (1, 1)  # of a part too
    page = as_user("management").get(reverse("campaigns_coverage:index"))
    assert "er talt kl." in page.content.decode() or "was counted at" in page.content.decode()
    running.count(timezone.now() - timedelta(seconds=90), many=1)  # a worker that was slow: the newer count stands
    assert CoverageRunning.objects.get().counted_at == timezone.now() - timedelta(minutes=1)
    frozen.shift(timedelta(minutes=2))
    assert (out(), out(selection=Selection(kind="post"))) == (0, 1)  # parts are counted every ten minutes
    frozen.shift(timedelta(minutes=8))
    running.count(timezone.now(), many=1)
    assert out(selection=Selection(kind="post")) == 0
    Delivery.objects.filter(headline="Cykler").update(state=State.DELIVERED)
    frozen.shift(timedelta(minutes=15))
    assert out(selection=Selection(kind="post")) == 1  # nobody counts: not trusted either


def test_a_month_that_closes_meanwhile_is_not_counted_twice(told, frozen):  # noqa: F811
    frozen.move_to(datetime(2026, 11, 30, 22, 59, tzinfo=UTC))
    running.count(timezone.now(), many=1)
    frozen.shift(timedelta(minutes=2))
    closing.close_due(timezone.now())
    found = gathered()
    assert found.found.total.months[2026, 11].counted[Fate.SENT] == 1
    assert found.standing.counted_at == timezone.now()


def test_where_little_is_open_nothing_is_kept(told):
    running.count(timezone.now(), many=1)
    assert not running.count(timezone.now()) and not CoverageRunning.objects.exists()
