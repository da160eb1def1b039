"""Where a case stands: a day is computed and a suggestion made, and only a prosecutor says that it is final."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms import guards, publication
from cms.court import circumstances, earlier, finality, following, standing, waiting
from cms.court.models import AppealDeadline, EarlierPost, FollowUp, Report, StandingMove
from cms.models import CourtResult
from publishing import needs, sending
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.cms.court import cases

TODAY = timezone.localdate()


@pytest.fixture
def case(cast):
    case = cases.case(cast)
    cases.report(case, cast)
    return case


@pytest.fixture
def published(cast, scripted_kinds):
    """A case of which a judgment is out on the website and a network."""
    guards.install()
    website = Channel.objects.create(kind="website", name="Website", slug="website")
    network = Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")
    case = cases.case(cast)
    page = cases.result(cast, website, of=case)
    people.place(page, network)
    cases.signed(people.submit(CourtResult.objects.get(pk=page.pk), by=cast.writer), cast)
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    sending.send_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DELIVERED}
    return case


def register(case, cast, *events, **more):
    for event in events:
        standing.register(case, 1, event, by=cast.prosecutor, on=TODAY, **more)


def where(case):
    return standing.of(case, TODAY)[0].defendant.finality


def test_the_way_through_three_courts_is_kept_step_by_step(case, cast):
    steps = ("appealed", "judged_on_appeal", "leave_applied", "leave_granted", "supreme_court_judged", "declared_final")
    register(case, cast, *steps)
    assert where(case) == "final"
    assert StandingMove.objects.count() == len(steps)
    assert EvidenceRecord.objects.filter(kind__startswith="standing.", subject=case.subject).count() == len(steps)


def test_what_cannot_follow_does_not(case, cast):
    with pytest.raises(finality.NotAllowed):
        register(case, cast, "supreme_court_judged")
    assert where(case) == "first_instance"


@pytest.mark.parametrize("who", ["outsider", "writer", "editor", "legal", "admin"])
def test_nobody_but_a_prosecutor_of_the_case_declares_it_final(case, cast, client, who):
    user = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        standing.register(case, 1, "declared_final", by=user, on=TODAY)
    client.force_login(user)
    address = reverse("court_desk:standing", args=[case.key, 1])
    assert client.post(address, {"event": "declared_final", "on": str(TODAY)}).status_code in {302, 403, 404}
    assert where(case) == "first_instance"


def test_a_prosecutor_declares_it_on_the_page_of_the_case(case, cast, client):
    client.force_login(cast.prosecutor)
    client.post(reverse("court_desk:standing", args=[case.key, 1]), {"event": "declared_final", "on": str(TODAY)})
    assert where(case) == "final"
    assert client.get(reverse("court_desk:case", args=[case.key])).status_code == 200


def test_finality_is_suggested_after_the_day_and_never_set(case, cast):
    case.reports.update(pronounced_at=timezone.now() - timedelta(days=40))
    assert standing.of(case, TODAY)[0].suggests_final
    assert where(case) == "first_instance"
    assert "finality" in {group.key for group in needs.groups(cast.prosecutor)}
    case.reports.get().defendants.update(prosecution="appealed_sentence")
    assert not standing.of(case, TODAY)[0].suggests_final


def test_the_day_of_appeal_is_computed_until_somebody_confirms_it(case, cast, client):
    assert not standing.of(case, TODAY)[0].confirmed
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:deadline", args=[case.key, 1])
    client.post(address, {"runs_from": "served", "start": "2026-12-10"})
    kept = AppealDeadline.objects.get()
    assert (kept.day, kept.runs_from) == (date(2026, 12, 28), "served")  # past the 24th, Christmas and a weekend
    assert standing.of(case, TODAY)[0].confirmed


def test_the_stage_of_the_text_follows_the_case(published, cast):
    page = CourtResult.objects.get()
    seen = []
    for event in ("appealed", "appeal_ended", "declared_final", "reopened"):
        with_reopening = event == "reopened"
        register(published, cast, event)
        seen.append(publication.stage_of(page, circumstances.of(page.pk)))
        assert FollowUp.objects.exists() == with_reopening
    assert seen == ["anket", "dom_1_instans", "endelig", "anket"]


def test_an_outcome_opens_a_follow_up_on_the_same_channels(published, cast):
    register(published, cast, "appealed", "judged_on_appeal")
    follow_up = FollowUp.objects.get()
    words = [step.words for step in following.steps(follow_up)]
    assert len(words) == 3  # told on two channels, and the page corrected
    assert not any(step.done for step in following.steps(follow_up))
    assert "follow_ups" in {group.key for group in needs.groups(cast.prosecutor)}
    assert "follow_ups" in {group.key for group in needs.groups(cast.editor)}
    assert "follow_ups" not in {group.key for group in needs.groups(cast.writer)}
    report = following.report_for(follow_up, by=cast.prosecutor)
    assert (report.court, report.instance, report.state) == ("eastern", 2, "draft")
    assert [one.number for one in report.defendants.all()] == [1]
    assert report.defendants.get().outcome == ""
    assert following.report_for(FollowUp.objects.get(), by=cast.prosecutor) == report
    assert following.report_for(follow_up, by=cast.prosecutor) == report  # as whoever pressed at the same moment saw it


def test_a_follow_up_is_not_done_because_its_channels_are_out_of_use(published, cast):
    register(published, cast, "appealed", "judged_on_appeal")
    Channel.objects.update(retired_at=timezone.now())
    assert following.settle() == 0 and FollowUp.objects.owed().exists()


def test_a_day_far_from_all_others_is_refused_where_a_case_stands(case, cast, client):
    client.force_login(cast.prosecutor)
    client.post(reverse("court_desk:deadline", args=[case.key, 1]), {"runs_from": "served", "start": "9999-12-31"})
    client.post(reverse("court_desk:standing", args=[case.key, 1]), {"event": "appealed", "on": "0206-11-30"})
    assert not StandingMove.objects.exists() and not AppealDeadline.objects.exists()


def test_a_report_that_is_only_begun_moves_no_stage(published, cast):
    register(published, cast, "appealed", "judged_on_appeal")
    following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    page = CourtResult.objects.get()
    assert publication.stage_of(page, circumstances.of(page.pk)) == "dom_1_instans"


def test_it_is_done_when_the_new_judgment_is_out_and_the_old_page_is_gone_or_corrected(published, cast):
    register(published, cast, "appealed", "judged_on_appeal")
    report = following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    old = CourtResult.objects.get()
    website, network = Channel.objects.get(slug="website"), Channel.objects.get(slug="scripted")
    page = cases.result(cast, website, summary="Landsretten har afsagt dom om røveri. Dommen er ikke endelig.")
    people.place(page, network)
    Report.objects.filter(pk=report.pk).update(page=page, state="filed", confirmed_at=timezone.now())
    report.defendants.update(outcome="convicted")
    cases.signed(people.submit(CourtResult.objects.get(pk=page.pk), by=cast.writer), cast)
    Channel.objects.update(last_begun_at=None)
    Delivery.objects.filter(state=State.SCHEDULED).update(due_at=timezone.now(), next_at=timezone.now())
    sending.send_due()
    assert [step.done for step in following.steps(FollowUp.objects.get())].count(False) == 1
    assert following.settle() == 0
    Delivery.objects.filter(labels__contains=f" page:{old.pk} ", channel=website).update(state=State.WITHDRAWN)
    assert following.settle() == 1


def test_after_three_working_days_it_is_an_alarm_for_editors(published, cast):
    register(published, cast, "appealed", "judged_on_appeal")
    FollowUp.objects.update(due_on=TODAY - timedelta(days=1))
    [row] = next(group.rows for group in needs.groups(cast.editor) if group.key == "follow_ups")
    assert row.badge.tone == "alarm"
    assert following.due_after(date(2026, 12, 23)) == date(2026, 12, 30)  # 28, 29, 30: Christmas does not count


def test_a_follow_up_is_ended_by_hand_only_with_a_reason(published, cast, client):
    register(published, cast, "appealed", "judged_on_appeal")
    follow_up = FollowUp.objects.get()
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:follow_up_end", args=[published.key, follow_up.pk])
    client.post(address, {"reason": "Nej."})
    assert FollowUp.objects.owed().exists()
    client.post(address, {"reason": "Landsretten stadfæstede, og det er fortalt på pressemødet."})
    assert not FollowUp.objects.owed().exists()


def test_an_acquittal_on_appeal_asks_about_every_earlier_post(published, cast):
    register(published, cast, "appealed")
    register(published, cast, "judged_on_appeal", acquitted=True)
    assert EarlierPost.objects.undecided().filter(why="acquittal").count() == 2
    page = CourtResult.objects.get()
    assert publication.blocking(page.get_latest_revision()) is not None


def test_filing_an_acquittal_of_a_higher_court_asks_about_the_earlier_posts_but_not_about_itself(published, cast):
    report = cases.report(published, cast, outcome="acquitted", instance=2)
    following.filed(report, by=cast.prosecutor)
    assert EarlierPost.objects.undecided().count() == 2
    assert FollowUp.objects.get().report == report


def test_a_planned_send_under_a_ban_asks_for_a_confirmation_in_time(published, cast):
    published.restrictions.create(kind="name", state="active", registered_by=cast.prosecutor)
    Delivery.objects.update(state=State.SCHEDULED, due_at=timezone.now() + timedelta(hours=23))
    published.restrictions.update(registered_at=timezone.now() - timedelta(hours=3))
    assert [case for case, _delivery in waiting.to_confirm(cast.prosecutor)] == [published]
    assert waiting.to_confirm(cast.editor) == []
    published.restrictions.update(confirmed_at=timezone.now())
    assert waiting.to_confirm(cast.prosecutor) == []
    assert earlier.undecided_for(cast.prosecutor).count() == 0
