"""A possible error is reported: down at once everywhere, a frozen copy, 72 hours, a letter without content."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from cms.after import incidents, removing
from cms.court.models import Case, Report
from cms.models import CourtResult, Incident, Policy, Post, Removal, Story
from publishing import deciding, errors, evidence, needs
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.cms.after.conftest import send, settle, states
from tests.publishing import scripted

WORDS = {"what": "person", "why": "Man kan se nummerpladen paa billedet."}


def url(page):
    return reverse("incidents:report", args=[page.pk])


def report(client, page, who):
    client.force_login(who)
    return client.post(url(page), WORDS)


def test_it_is_off_the_site_at_once_and_off_every_channel_within_seconds(cast, client, story):
    assert states(story) == {"website": State.DELIVERED, "scripted": State.DELIVERED}
    assert client.get(story.url).status_code == 200
    assert report(client, story, cast.writer).status_code == 302
    client.logout()
    assert client.get(story.url).status_code == 410
    settle()
    removing.carry_on(timezone.now())
    assert states(story) == {"website": State.WITHDRAWN, "scripted": State.WITHDRAWN}
    assert len(scripted.Scripted.script.deleted) == 1
    assert Removal.objects.get().ended_at is not None
    assert EvidenceRecord.objects.filter(kind="content.gone", subject=f"page:{story.pk}").exists()


def test_what_is_planned_is_cancelled_and_a_text_in_approval_is_taken_back(cast, client, story, channel):
    people.place(story, channel, due=timezone.now() + timedelta(days=1))
    story.save_revision(user=cast.editor)
    planned = Delivery.objects.get(state=State.SCHEDULED)
    story = people.submit(Story.objects.get(pk=story.pk), by=cast.writer)
    report(client, story, cast.duty)
    planned.refresh_from_db()
    assert planned.state == State.CANCELLED
    assert not Story.objects.get(pk=story.pk).workflow_in_progress


def test_nothing_of_it_goes_out_again_without_a_new_approval(cast, client, story, channel):
    report(client, story, cast.writer)
    people.place(story, channel)
    story = Story.objects.get(pk=story.pk)
    story.save_revision(user=cast.editor)
    assert not Delivery.objects.filter(state=State.SCHEDULED).exists()
    story = people.approve(people.submit(Story.objects.get(pk=story.pk), by=cast.writer), by=cast.duty)
    assert Delivery.objects.filter(state=State.SCHEDULED).count() == 1
    send(story)
    assert Delivery.objects.filter(state=State.DELIVERED).count() == 1


def test_an_answer_that_comes_after_the_report_is_taken_down_too(cast, client, out, channel):
    post = people.draft(Post, by=cast.writer, summary="Undgå Nørreport.")
    people.place(post, channel)
    post = people.approve(people.submit(post, by=cast.writer), by=cast.editor)
    scripted.Scripted.script.during = lambda: incidents.report(post, by=cast.duty, **WORDS)
    send(post)
    assert states(post) == {"scripted": State.DELIVERED}
    assert Delivery.objects.get().withdraw_next_at is None
    removing.carry_on(timezone.now())
    settle()
    assert states(post) == {"scripted": State.WITHDRAWN}


def test_a_lost_answer_keeps_the_removal_open_until_somebody_decided(cast, client, out, channel):
    scripted.Scripted.script.answers = [errors.OutcomeUnknown("Svaret gik tabt.")]
    post = out(Post, channels=[channel], summary="Undgå Nørreport.")
    report(client, post, cast.duty)
    removing.carry_on(timezone.now())
    assert Removal.objects.under_way().exists()
    deciding.decide(Delivery.objects.get(), "sent", by=cast.duty)
    removing.carry_on(timezone.now())
    settle()
    assert Delivery.objects.to_take_down_by_hand().exists()
    assert Removal.objects.under_way().exists()
    deciding.withdrawn_by_hand(Delivery.objects.get(), by=cast.duty)
    removing.carry_on(timezone.now())
    assert not Removal.objects.under_way().exists()


def test_what_waits_to_be_posted_by_hand_is_not_posted_any_more(cast, client, out, website):
    by_hand = Channel.objects.create(kind="manual", name="Intranet", slug="intranet", risk_decided_on="2026-01-01")
    story = out(channels=[website, by_hand])
    assert states(story)["intranet"] == State.PROCESSING
    report(client, story, cast.duty)
    assert states(story)["intranet"] == State.CANCELLED


def test_a_copy_of_what_was_out_is_frozen_and_known_to_the_evidence(cast, client, story):
    report(client, story, cast.writer)
    incident = Incident.objects.get()
    channels = {copy["channel"] for copy in incident.snapshot["deliveries"]}
    assert channels == {"Website", "Scripted"}
    assert all(copy["message"]["text"] for copy in incident.snapshot["deliveries"])
    told = EvidenceRecord.objects.get(kind="incident.reported")
    assert told.payload["snapshot_sha256"] == incidents.digest(incident.snapshot)
    assert WORDS["why"] not in json.dumps(told.payload)
    evidence.seal()
    assert list(evidence.faults()) == []


def test_the_officer_gets_a_letter_with_a_link_and_no_content(cast, client, story, django_capture_on_commit_callbacks):
    Policy.objects.update_or_create(defaults={"dpo_email": "dpo@example.org"})
    with django_capture_on_commit_callbacks(execute=True):
        report(client, story, cast.writer)
    [letter] = [item for item in mail.outbox if item.to == ["dpo@example.org"]]
    whole = letter.subject + letter.body
    assert reverse("incidents:show", args=[Incident.objects.get().key]) in letter.body
    for secret in (story.title, story.summary, WORDS["why"], cast.writer.first_name):
        assert secret not in whole


def test_the_countdown_stands_with_those_who_can_close_it_and_with_nobody_else(cast, client, story):
    report(client, story, cast.writer)
    [group] = [group for group in needs.groups(cast.duty) if group.key == "incidents"]
    assert "71" in group.rows[0].badge.label
    assert needs.groups(cast.duty)[0].key == "incidents"
    assert "incidents" not in [group.key for group in needs.groups(cast.writer)]
    Incident.objects.update(reported_at=timezone.now() - timedelta(hours=80))
    [group] = [group for group in needs.groups(cast.legal) if group.key == "incidents"]
    assert "de 72 timer er gået" in group.rows[0].badge.label


def test_closing_asks_for_the_assessment_and_the_reason_and_keeps_both(cast, client, story):
    report(client, story, cast.writer)
    incident = Incident.objects.get()
    page = reverse("incidents:show", args=[incident.key])
    client.force_login(cast.archive)
    assert client.post(page, {"assessment": "Ingen kunne genkendes."}).status_code == 422
    words = {"assessment": "Ingen kunne genkendes.", "notified": "no", "notified_why": "Ingen risiko."}
    assert client.post(page, words).status_code == 302
    incident.refresh_from_db()
    assert (incident.closed_by, incident.notified) == (cast.archive, False)
    assert not needs.groups(cast.duty) or needs.groups(cast.duty)[0].key != "incidents"
    assert "Ingen risiko." in client.get(page).content.decode()
    assert EvidenceRecord.objects.get(kind="incident.closed").payload["notified"] is False


def test_who_may_report_sees_it_and_who_may_not_is_told_that_there_is_nothing(cast, client, story):
    for who in ("writer", "editor", "duty", "archive", "management", "legal"):
        client.force_login(getattr(cast, who))
        assert client.get(url(story)).status_code == 200
    client.force_login(cast.outsider)
    assert client.get(url(story)).status_code in (302, 403, 404)
    assert client.post(url(story), WORDS).status_code in (302, 403, 404)
    assert not Incident.objects.exists()
    assert Story.objects.get(pk=story.pk).live


def test_a_prosecutor_reports_their_own_result_also_without_seeing_deliveries(cast, client, out):
    result = out(CourtResult, summary="En 33-årig mand er idømt to måneders fængsel. Dommen er ikke endelig.")
    from django.contrib.auth.models import Permission

    lonely = cast.user("alene")
    lonely.user_permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(lonely)
    assert client.get(url(result)).status_code == 404
    case = Case.objects.create(nickname="Kælderrum", owner=cast.prosecutor)
    Report.objects.create(case=case, prosecutor=lonely, page=result)
    assert client.get(url(result)).status_code == 200
    assert client.post(url(result), WORDS).status_code == 302
    assert not CourtResult.objects.get(pk=result.pk).live
    page = reverse("incidents:show", args=[Incident.objects.get().key])
    assert client.get(page).status_code == 200
    assert client.post(page, {}).status_code in (302, 403)


def test_an_incident_is_seen_by_those_who_handle_it_and_by_who_reported_it(cast, client, story):
    report(client, story, cast.writer)
    page = reverse("incidents:show", args=[Incident.objects.get().key])
    for who, answer in (("writer", 200), ("legal", 200), ("archive", 200), ("planner", 404), ("prosecutor", 404)):
        client.force_login(getattr(cast, who))
        assert client.get(page).status_code == answer, who
    client.force_login(cast.planner)
    assert client.get(reverse("incidents:list")).status_code in (302, 403)
    client.force_login(cast.duty)
    assert "Cykellygter" in client.get(reverse("incidents:list")).content.decode()


@pytest.mark.parametrize("data", [{}, {"what": "person"}, {"why": "x"}, {"what": "nothing", "why": "x"}])
def test_without_what_or_why_nothing_comes_down(cast, client, story, data):
    client.force_login(cast.writer)
    assert client.post(url(story), data).status_code == 422
    assert Story.objects.get(pk=story.pk).live


def test_the_button_stands_on_content_and_on_its_deliveries(cast, client, story):
    client.force_login(cast.editor)
    assert url(story) in client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    delivery = Delivery.objects.first()
    assert url(story) in client.get(reverse("publishing_desk:delivery", args=[delivery.pk])).content.decode()
