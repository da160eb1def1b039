"""What the prosecutor's desk knows stops a send at the last moment: through the real outbox, whatever was approved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms import guards, overriding, publication
from cms.court import earlier, restricting
from cms.court.models import Case, EarlierPost, Restriction
from cms.rules import Severity
from publishing import sending
from publishing.models import Channel, Delivery, State
from tests import cast as people
from tests.cms.court import cases
from tests.publishing import scripted

TODAY = timezone.localdate()
PLAIN = "Københavns Byret har afsagt dom i sagen om røveri: fængsel i to år. Dommen er ikke endelig."


@pytest.fixture
def channel(db, scripted_kinds):
    guards.install()
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


def send(channel):
    Channel.objects.update(last_begun_at=None)
    Delivery.objects.filter(state=State.SCHEDULED).update(due_at=timezone.now(), next_at=timezone.now())
    sending.pump(channel.pk)
    return Delivery.objects.order_by("pk").last()


def checks(page):
    return {item.finding.check for item in publication.stops(page)}


def test_without_a_restriction_the_judgment_is_sent(cast, channel):
    cases.approved(cast, channel, of=cases.case(cast))
    assert send(channel).state == State.DELIVERED


def test_a_ban_registered_after_the_approval_stops_the_send(cast, channel):
    case = cases.case(cast)
    cases.approved(cast, channel, of=case)
    restricting.request(case, kind="name", by=cast.prosecutor, on=TODAY, defendant_number=1)
    held = send(channel)
    assert held.state == State.HELD
    assert "C-07" in held.state_reason  # the lawyer approved it without the ban before their eyes
    assert not scripted.Scripted.script.sends


@pytest.mark.parametrize("state", ["requested", "active", "extended", "lifted_appealed"])
def test_every_state_in_force_makes_a_name_hard(cast, channel, state):
    case = cases.case(cast)
    page = cases.result(cast, channel, of=case, summary=f"Kasper Opfundsen er dømt. {PLAIN}")
    Restriction.objects.create(case=case, kind="name", state=state, registered_by=cast.prosecutor)
    named = [item for item in publication.stops(page) if item.finding.check == "C-06"]
    assert {item.finding.severity for item in named} == {Severity.BLOCK_HARD}
    assert "Opfundsen" not in named[0].sentence


@pytest.mark.parametrize("state", ["lifted", "refused"])
def test_a_lifted_one_does_not(cast, channel, state):
    case = cases.case(cast)
    page = cases.result(cast, channel, of=case, summary=PLAIN)
    Restriction.objects.create(case=case, kind="name", state=state, registered_by=cast.prosecutor)
    assert not publication.stops(page)


def test_lifted_with_suspensive_effect_stops_a_send_until_the_effect_has_ended(cast, channel):
    case = cases.case(cast)
    cases.approved(cast, channel, of=case)
    restriction = Restriction.objects.create(
        case=case, kind="name", state="lifted", registered_by=cast.prosecutor, confirmed_at=timezone.now()
    )
    restricting.lift_but_appealed(restriction, by=cast.prosecutor, on=TODAY)
    assert send(channel).state == State.HELD
    restricting.end_suspensive_effect(restriction, by=cast.prosecutor, on=TODAY)
    Delivery.objects.update(state=State.SCHEDULED, claimed_by="")
    assert send(channel).state == State.DELIVERED


def test_a_ban_that_nobody_confirmed_for_a_day_stops_it_and_no_reason_replaces_that(cast, channel):
    case = cases.case(cast)
    restriction = restricting.register(case, kind="name", state="active", by=cast.prosecutor, on=TODAY)
    page = cases.approved(cast, channel, of=case, summary=PLAIN)
    Restriction.objects.update(confirmed_at=timezone.now() - timedelta(hours=25))
    held = send(channel)
    assert (held.state, "C-10" in held.state_reason) == (State.HELD, True)
    found = next(item for item in publication.stops(page) if item.finding.check == "C-10")
    assert overriding.role_for(cast.legal, found) is None
    restricting.confirm(restriction, by=cast.prosecutor)
    Delivery.objects.update(state=State.SCHEDULED, claimed_by="")
    assert send(channel).state == State.DELIVERED


def test_a_stage_that_nobody_confirmed_for_two_weeks_stops_it(cast, channel):
    case = cases.case(cast)
    page = cases.result(cast, channel, of=case)
    assert "C-11" not in checks(page)
    case.reports.update(confirmed_at=timezone.now() - timedelta(days=15))
    Case.objects.update(created_at=timezone.now() - timedelta(days=20))
    assert "C-11" in checks(page)


def test_nothing_is_planned_before_the_judgment_is_pronounced(cast, channel):
    case = cases.case(cast)
    page = cases.result(cast, channel, of=case)
    case.reports.update(pronounced_at=timezone.now() + timedelta(hours=3))
    hard = {item.finding.check for item in publication.hard_stops(page)}
    assert "C-12" in hard


def test_what_the_defendant_said_and_how_the_case_stands_are_the_prosecutors(cast, channel):
    case = cases.case(cast)
    page = cases.result(cast, channel, of=case, summary=f"{PLAIN} Manden erkendte røveriet.")
    assert "C-23" in checks(page)
    defendant = case.reports.get().defendants.get()
    defendant.plea = "admits"
    defendant.finality = "appealed"
    defendant.save()
    assert "C-23" not in checks(page)
    assert publication.stage_of(page, publication.circumstances.of(page.pk)) == "anket"


def test_an_open_question_about_an_earlier_post_stops_everything_about_the_case(cast, channel):
    case = cases.case(cast)
    cases.approved(cast, channel, of=case)
    assert send(channel).state == State.DELIVERED
    restricting.request(case, kind="name", by=cast.prosecutor, on=TODAY)
    page = people.draft(by=cast.writer, summary=PLAIN)
    cases.link(case, page, cast)
    people.place(page, channel)
    page = people.submit(page, by=cast.writer)
    assert publication.against(page, cast.legal) == publication.closed(publication.circumstances.of(page.pk))
    earlier.decide(
        EarlierPost.objects.get(), "keep", by=cast.prosecutor, reason="Der står hverken alder, køn eller sted."
    )
    assert publication.against(page, cast.legal) is None


def test_a_text_about_no_case_costs_one_query_more(cast, channel, django_assert_num_queries):
    page = people.draft(by=cast.writer)
    revision = page.get_latest_revision()
    publication.blocking(revision)
    with django_assert_num_queries(1):
        publication.blocking(revision)


def test_who_let_a_name_pass_before_the_ban_has_not_let_it_pass_under_it(cast, channel):
    case = cases.case(cast)
    page = cases.result(cast, channel, of=case, summary=f"Kasper Opfundsen er nævnt. {PLAIN}")
    found = next(item for item in publication.stops(page) if item.finding.check == "C-06")
    overriding.override(page, found, by=cast.legal, reason="Er ikke en person")
    assert "C-06" not in checks(page)
    Restriction.objects.create(case=case, kind="name", state="active", registered_by=cast.prosecutor)
    assert "C-06" in checks(page)


def test_a_lawyer_lets_a_detail_pass_once_more_when_a_ban_came_after(cast, channel):
    case = cases.case(cast)
    page = cases.approved(cast, channel, of=case)
    restricting.request(case, kind="name", by=cast.prosecutor, on=TODAY, defendant_number=1)
    assert send(channel).state == State.HELD
    for found in publication.stops(page):
        overriding.override(page, found, by=cast.legal, reason="Kan ikke identificere nogen")
    Delivery.objects.update(state=State.SCHEDULED, claimed_by="")
    assert send(channel).state == State.DELIVERED
