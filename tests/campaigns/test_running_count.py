"""Where much is open it is counted once a minute, and whoever asks reads that: the same figures, from fewer rows."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns.coverage import Dimension, Fate, Selection, closing, dossier, report, running
from campaigns.coverage.periods import quarter, whole_year
from campaigns.models import CoverageRunning, Strategy
from publishing.models import Delivery, State
from tests import cast as people
from tests.campaigns.test_closed_months import frozen, real, tell  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


def gathered(period=None, **options):
    now = timezone.now()
    return dossier.gather(Strategy.objects.in_force(), period or quarter(2026, 4), now, **options)


def said(found):
    """Every figure of a report, by every dimension, without the moment it was counted at."""
    lines = [[report.line_of(row) for row in found.lines(by)] for by in Dimension]
    return report.as_dict(found) | {"as_of": None, "lines": lines}


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


def test_what_is_kept_says_what_counting_says(told):
    before = {period: said(gathered(period)) for period in (quarter(2026, 4), quarter(2027, 1), whole_year(2026))}
    assert running.count(timezone.now(), many=1)
    assert {period: said(gathered(period)) for period in before} == before


def test_it_holds_until_the_next_count_and_is_not_trusted_when_nobody_counts(told, frozen, as_user):  # noqa: F811
    running.count(timezone.now(), many=1)
    frozen.shift(timedelta(minutes=1))
    Delivery.objects.filter(headline="Cykler").update(state=State.WITHDRAWN)

    def out(**options):
        return gathered(**options).found.total.months[2026, 11].counted[Fate.SENT]

    assert (out(), out(selection=Selection(kind="post"))) == (1, 0)  # of a part nothing is kept
    page = as_user("management").get(reverse("campaigns_coverage:index"))
    assert "er talt kl." in page.content.decode() or "was counted at" in page.content.decode()
    running.count(timezone.now() - timedelta(seconds=90), many=1)  # a worker that was slow: the newer count stands
    assert CoverageRunning.objects.get().counted_at == timezone.now() - timedelta(minutes=1)
    frozen.shift(timedelta(minutes=2))
    assert out() == 0


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
