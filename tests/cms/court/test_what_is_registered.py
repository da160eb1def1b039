"""What a prosecutor registers on the page of a case: asked once more, and right in law for what comes after it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.court import completeness, deadlines, following, restricting, sentences, standing
from cms.court.facts import Defendant, Facts
from cms.court.models import FollowUp, Report, StandingMove
from cms.models import CourtResult
from publishing.models import Delivery
from tests import cast as people
from tests.cms.court import cases
from tests.cms.court.test_standing import TODAY, published, register  # noqa: F401 (a fixture)


@pytest.fixture
def case(cast):
    case = cases.case(cast)
    cases.report(case, cast)
    return case


def facts(*defendants, court="Københavns Byret", instance=1):
    return Facts(court=court, instance=instance, judged_on=TODAY, defendants=defendants)


def robber(**more):
    return Defendant("convicted", offences=("røveri",), sex="man", **more)


def test_one_tap_on_appealed_asks_and_only_the_answer_registers(case, cast, client):
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:standing", args=[case.key, 1])
    assert f'<form method="get" action="{address}"' in client.get(reverse("court_desk:case", args=[case.key])).text
    asked = client.get(address, {"event": "appealed", "on": str(TODAY)})
    assert 'name="event" value="appealed"' in asked.text
    assert not StandingMove.objects.exists()
    client.post(address, {"event": "appealed", "on": str(TODAY)})
    assert StandingMove.objects.get().after == "appealed"


def test_whoever_asks_for_what_cannot_follow_is_told_so(case, cast, client):
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:standing", args=[case.key, 1])
    assert client.get(address, {"event": "supreme_court_judged", "on": str(TODAY)}).status_code == 302
    client.force_login(cast.outsider)
    assert client.get(address, {"event": "appealed", "on": str(TODAY)}).status_code in {302, 403, 404}


def test_who_appealed_on_the_spot_has_appealed_and_nobody_is_offered_to_call_it_final(case):
    case.reports.get().defendants.update(stance="appealed_guilt")
    [stands] = standing.of(case, TODAY)
    assert stands.defendant.stands == "appealed"
    assert not stands.may_be_final
    assert "appealed" not in stands.events


def test_an_appeal_that_is_over_is_no_longer_said_to_be_one(case, cast):
    case.reports.get().defendants.update(stance="appealed_guilt", prosecution="accepted")
    register(case, cast, "appeal_ended")
    [stands] = standing.of(case, TODAY)
    assert (stands.defendant.stands, stands.defendant.stance) == ("first_instance", "unknown")
    assert stands.defendant.prosecution == "accepted"


def test_the_time_runs_from_the_newest_judgment_also_before_it_is_reported(case, cast):
    case.reports.update(pronounced_at=timezone.now() - timedelta(days=90))
    standing.confirm_deadline(case, 1, runs_from="pronounced", start=TODAY - timedelta(days=90), by=cast.prosecutor)
    register(case, cast, "appealed", "judged_on_appeal")
    [stands] = standing.of(case, TODAY)
    assert stands.deadline == deadlines.appeal_deadline(TODAY)
    assert not stands.confirmed
    assert not stands.suggests_final


def test_the_new_report_is_about_those_who_were_judged_again_alone(published, cast):  # noqa: F811
    published.reports.get().defendants.create(number=2, outcome="acquitted", age=31)
    register(published, cast, "appealed", "judged_on_appeal")
    made = following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    assert [one.number for one in made.defendants.all()] == [1]
    assert (made.court, made.instance) == ("eastern", 2)


def test_a_case_that_was_sent_back_is_reported_of_the_court_that_did_so(published, cast):  # noqa: F811
    register(published, cast, "appealed", "remitted")
    made = following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    assert (made.court, made.instance) == ("eastern", 2)
    assert made.defendants.get().outcome == "remitted"


def test_the_first_judgment_tells_that_the_court_above_has_judged():
    told = sentences.texts(facts(robber(finality="second_instance", stance="appealed_guilt")))
    assert "Dommen blev anket, og Østre Landsret har afgjort ankesagen." in told.body
    assert "Procesbevillingsnævnet" not in told.summary
    two = facts(
        robber(age=24, finality="second_instance", stance="appealed_guilt"),
        Defendant("acquitted", offences=("røveri",), sex="man", age=31, finality="final"),
    )
    said = "For den 24-årige blev dommen anket, og Østre Landsret har afgjort ankesagen."
    assert said in sentences.texts(two).body
    assert "ikke endelig" not in sentences.texts(two).summary  # the judgment above may be, and that is told of it
    two = replace(two, defendants=(two.defendants[0], replace(two.defendants[1], finality="first_instance")))
    assert "For den 24-årige har Østre Landsret afgjort ankesagen." in " ".join(sentences.texts(two).body)
    assert "Dommen er ikke endelig for den 31-årige." in " ".join(sentences.texts(two).body)


def test_what_was_said_in_court_is_overtaken_by_an_appeal():
    told = sentences.texts(facts(robber(finality="appealed", stance="considering", prosecution="accepted")))
    assert "Dommen er ikke endelig. Den er anket til Østre Landsret." in told.body


def test_a_court_of_a_name_is_of_one_instance_whatever_was_chosen(telephone, square):
    telephone.begin()
    telephone.write(court="eastern", instance="1")
    assert telephone.report.instance == 2
    assert telephone.report.defendants.get().finality == "second_instance"


def test_a_question_about_one_of_several_ends_as_a_question(telephone):
    telephone.begin()
    telephone.write(**{"t1-stance": "unknown"})
    telephone.post("add_defendant")
    assert "Hvad siger den tiltalte til dommen (tiltalt 1)?" in [
        gap.sentence for gap in completeness.missing(telephone.report)
    ]


def test_the_next_judgment_begins_with_channels_also_when_the_last_one_had_none(filed, square, cast, telephone):
    filed.channels.set([square.website])
    cases.report(cases.case(cast), cast)
    telephone.begin()
    assert list(telephone.report.channels.all()) == [square.website]


def test_what_ends_a_restriction_is_made_sure_of_first(case, cast, client):
    restricting.register(case, kind="name", state="active", by=cast.prosecutor, defendant_number=1)
    client.force_login(cast.prosecutor)
    page = client.get(reverse("court_desk:case", args=[case.key])).text
    before_lifting = page[: page.index('name="verb" value="lift"')]
    assert '<input type="checkbox" required>' in before_lifting[before_lifting.rindex("<form") :]


def test_a_newer_decision_is_owed_anew_and_of_one_report(published, cast):  # noqa: F811
    register(published, cast, "appealed", "remitted")
    remittal = following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    remittal.state = Report.State.FILED
    remittal.save()
    register(published, cast, "judged_again")
    again = following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    assert again != remittal
    assert (again.court, again.instance) == ("copenhagen", 1)


def test_the_first_report_that_is_corrected_follows_no_later_one_up(published, cast):  # noqa: F811
    register(published, cast, "appealed", "judged_on_appeal")
    first = published.reports.get()
    follow_up = FollowUp.objects.get()
    later = following.report_for(follow_up, by=cast.prosecutor)
    later.page, later.state = people.draft(CourtResult, by=cast.writer), Report.State.FILED
    later.save()
    Delivery.objects.update(labels=f" page:{later.page_id} ")
    following.filed(first, by=cast.prosecutor)
    assert FollowUp.objects.get() == follow_up


def test_an_acquittal_at_the_new_trial_asks_about_what_was_said_before(published, cast):  # noqa: F811
    register(published, cast, "appealed", "remitted", "judged_again")
    again = following.report_for(FollowUp.objects.get(), by=cast.prosecutor)
    again.defendants.update(outcome="acquitted")
    following.filed(again, by=cast.prosecutor)
    assert published.earlier_posts.undecided().exists()


def test_what_is_out_can_be_told_anew_by_one_button(published, cast, client):  # noqa: F811
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:standing", args=[published.key, 1])
    shown = client.post(address, {"event": "appealed", "on": str(TODAY)}, follow=True).text
    report = reverse("court:report", args=[published.reports.get().key])
    assert f'<a href="{report}" class="button' in shown
