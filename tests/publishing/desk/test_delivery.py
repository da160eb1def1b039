"""A delivery's page: what was sent, its road, and the decisions that only a person can take."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from campaigns.models import Campaign
from publishing import evidence, followups, needs, sending
from publishing.adapters.base import CannotTell
from publishing.errors import ContentRejected, NotAuthorised, OutcomeUnknown, TemporaryError
from publishing.message import Media, Message
from publishing.models import Channel, Delivery, EvidenceRecord, Leftover, MetricSnapshot, Receipt, State
from publishing.models.delivery import FAR
from tests.cast import approve, draft, place, submit
from tests.publishing import scripted

pytestmark = pytest.mark.django_db


def url(delivery, name="delivery", *more):
    return reverse(f"publishing_desk:{name}", args=[delivery.pk, *more])


def show(client, delivery):
    return client.get(url(delivery)).content.decode()


def fresh(delivery):
    return Delivery.objects.get(pk=delivery.pk)


@pytest.fixture
def lost(schedule, script):
    """Sent into the dark: the platform cannot say whether it is there."""
    findings = (
        {"text": "Husk lys på din cykel", "permalink": "https://example.org/2", "at": "15.32"},
        {"text": "Noget helt andet", "permalink": "javascript:alert(1)", "at": "14.05"},
    )
    script.answers = [OutcomeUnknown("The answer was lost.")]
    script.findings = [CannotTell("Nobody knows.", findings)]
    delivery = schedule("Husk lys på cyklen")
    sending.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        sending.send_due()
    assert (fresh(delivery).state, fresh(delivery).next_at) == (State.UNCERTAIN, FAR)
    return delivery


@pytest.fixture
def by_hand(schedule):
    place = {"place": "Politiets side", "address": "https://example.org/side"}
    channel = Channel.objects.create(kind="scripted_by_hand", name="Facebook", slug="facebook", config=place)
    delivery = schedule("Husk lys på cyklen", on=channel)
    sending.send_due()
    return delivery


def test_the_message_its_state_its_road_and_its_receipt_stand_on_the_page(as_user, schedule, cast):
    delivery = schedule("Husk lys på cyklen", by=cast.planner)
    sending.send_due()
    followups.read_back(timezone.now() + timedelta(seconds=5))
    page = show(as_user("archive"), delivery)
    assert "Husk lys på cyklen" in page
    assert 'data-state="read_back"' in page
    assert f"https://example.org/{delivery.key}" in page
    road = page.split('"desk-road"')[1]
    assert road.index("Planner") < road.index("▶") < road.index("●")
    for record in EvidenceRecord.objects.filter(delivery_key=delivery.key):
        assert record.sha256[:16] in page


@pytest.mark.parametrize("name", ["delivery", "picture", "deliveries", "health", "take_down"])
def test_the_outsider_sees_nothing_of_it(as_user, schedule, refused, name):
    args = {"delivery": 1, "picture": 2, "take_down": 1}.get(name, 0)
    delivery = schedule()
    where = reverse(f"publishing_desk:{name}", args=[delivery.pk, 0][:args])
    assert refused(as_user("outsider").get(where))


@pytest.mark.parametrize("key", ["writer", "prosecutor", "legal", "planner", "management", "archive", "outsider"])
@pytest.mark.parametrize("action", ["sent", "send_again", "do_not_send", "try_again", "doubt", "dismiss", "taken_down"])
def test_only_who_may_decide_can_decide(as_user, lost, refused, key, action):
    data = {"action": action, "no_address": "on", "reason": "x"}
    assert refused(as_user(key).post(url(lost), data))
    assert fresh(lost).state == State.UNCERTAIN


def test_an_uncertain_one_shows_both_sides_and_preselects_nothing(as_user, lost):
    page = show(as_user("duty"), lost)
    assert "Husk lys på din cykel" in page
    assert page.count("desk-found--best") == 1
    best = page.split("desk-found--best")[1].split("</li>")[0]
    assert "https://example.org/2" in best
    assert "javascript:" not in page
    assert "checked" not in page
    assert 'value="send_again"' not in show(as_user("writer"), lost)


def test_what_is_found_there_counts_as_sent_with_its_address(as_user, lost, script):
    as_user("duty").post(url(lost), {"action": "sent", "permalink": "https://example.org/2"})
    assert fresh(lost).state == State.DELIVERED
    assert fresh(lost).receipt.permalink == "https://example.org/2"
    sending.send_due()
    assert len(script.sends) == 1


@pytest.mark.parametrize("typed", ["", "not an address", "javascript:alert(1)"])
def test_the_address_is_asked_for_and_what_was_typed_stays(as_user, lost, typed):
    answer = as_user("duty").post(url(lost), {"action": "sent", "permalink": typed})
    assert answer.status_code == 422
    assert fresh(lost).state == State.UNCERTAIN
    assert not typed or f'value="{typed}"' in answer.content.decode()


def test_a_post_without_an_address_can_be_confirmed(as_user, lost):
    as_user("duty").post(url(lost), {"action": "sent", "no_address": "on"})
    assert fresh(lost).state == State.DELIVERED


def test_what_is_not_there_is_sent_again_even_when_its_latest_moment_has_passed(as_user, lost, script):
    Delivery.objects.filter(pk=lost.pk).update(latest_at=timezone.now() - timedelta(hours=1))
    as_user("duty").post(url(lost), {"action": "send_again"})
    sending.send_due()
    assert len(script.sends) == 2
    assert fresh(lost).state == State.DELIVERED
    record = EvidenceRecord.objects.get(kind="decision.send_again")
    assert record.actor == "duty"


def test_do_not_send_wants_a_reason(as_user, lost):
    client = as_user("duty")
    assert client.post(url(lost), {"action": "do_not_send", "reason": " "}).status_code == 422
    assert fresh(lost).state == State.UNCERTAIN
    client.post(url(lost), {"action": "do_not_send", "reason": "Forældet"})
    assert fresh(lost).state == State.CANCELLED
    assert EvidenceRecord.objects.get(kind="decision.do_not_send").payload["reason"] == "Forældet"


def test_an_action_that_does_not_exist_changes_nothing(as_user, lost):
    assert as_user("duty").post(url(lost), {"action": "delete"}).status_code == 404
    assert fresh(lost).state == State.UNCERTAIN


def test_a_post_by_hand_gives_text_place_and_address(as_user, by_hand):
    page = show(as_user("duty"), by_hand)
    assert "Politiets side" in page
    assert "https://example.org/side" in page
    assert "data-desk-copy" in page
    as_user("duty").post(url(by_hand), {"action": "sent", "permalink": "https://example.org/9"})
    assert fresh(by_hand).receipt.permalink == "https://example.org/9"


def test_a_refused_text_may_simply_be_tried_again(as_user, schedule, script):
    script.answers = [ContentRejected("Too long.", "413")]
    delivery = schedule()
    sending.send_due()
    client = as_user("duty")
    page = show(client, delivery)
    assert 'value="try_again"' in page
    assert 'value="doubt"' not in page
    assert "413" in page
    client.post(url(delivery), {"action": "try_again"})
    sending.send_due()
    assert fresh(delivery).state == State.DELIVERED


def test_an_undeclared_fault_is_never_simply_tried_again(as_user, schedule, script):
    script.answers = [RuntimeError("boom")]
    script.answers[0].posted = True
    delivery = schedule()
    sending.send_due()
    client = as_user("duty")
    assert 'value="try_again"' not in show(client, delivery)
    client.post(url(delivery), {"action": "try_again"})
    assert fresh(delivery).state == State.FAILED
    client.post(url(delivery), {"action": "doubt"})
    sending.send_due()
    assert fresh(delivery).state == State.DELIVERED  # found on the platform
    assert len(script.sends) == 1


def test_what_failed_is_let_be_and_stays_to_be_seen(as_user, schedule, script):
    script.answers = [ContentRejected("Too long.")]
    delivery = schedule()
    sending.send_due()
    client = as_user("duty")
    client.post(url(delivery), {"action": "dismiss"})
    assert fresh(delivery).dismissed_at
    assert 'value="dismiss"' not in show(client, delivery)
    assert not Delivery.objects.needing_a_person().exists()


def test_a_held_one_offers_now_later_or_never(as_user, schedule, script, channel):
    script.answers = [NotAuthorised("The token is gone.")]
    delivery = schedule()
    sending.send_due()
    page = show(as_user("duty"), delivery)
    assert all(f'value="{action}"' in page for action in ("send_now", "new_time", "drop"))
    assert 'value="send_now"' not in show(as_user("planner"), delivery)


def test_a_picture_is_shown_only_to_who_may_see_the_delivery(as_user, schedule, refused, settings, tmp_path, channel):
    from publishing import scheduling

    settings.STORAGES = {
        **settings.STORAGES,
        "outbox": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}},
    }
    item = Media.freeze(b"bytes", mime="image/png", width=1, height=1, filename='a"b.png', alt="En lygte")
    odd = Media.freeze(b"<svg/>", mime="image/svg+xml", width=1, height=1, filename="a.svg", alt="x")
    delivery = scheduling.schedule(
        key=schedule("other").parent_id or "5ad9f8a4-2e0b-4b0f-9a59-0f6d1a3d3d3d",
        channel=channel,
        message=Message(text="Hej", media=(item, odd)),
        due_at=timezone.now(),
        headline="Hej",
        by=None,
    )
    answer = as_user("archive").get(url(delivery, "picture", 0))
    assert (answer.content, answer["Content-Type"]) == (b"bytes", "image/png")
    assert "attachment" in as_user("archive").get(url(delivery, "picture", 0) + "?download")["Content-Disposition"]
    strange = as_user("archive").get(url(delivery, "picture", 1))
    assert strange["Content-Disposition"].startswith("attachment")
    assert strange["Content-Type"] == "application/octet-stream"
    assert as_user("archive").get(url(delivery, "picture", 2)).status_code == 404
    (tmp_path / item.sha256).write_bytes(b"other bytes")
    assert as_user("archive").get(url(delivery, "picture", 0)).status_code == 404
    assert refused(as_user("outsider").get(url(delivery, "picture", 0)))
    assert "En lygte" in show(as_user("archive"), delivery)


def test_each_recipient_of_a_list_has_its_own_result_and_only_the_failed_one_is_tried_again(as_user, schedule, script):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org", "b@example.org"]}
    )
    script.answers = [ContentRejected("No such mailbox."), None]
    parent = schedule("Pressemeddelelse", on=press)
    sending.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        sending.send_due()
    assert fresh(parent).state == State.DELIVERED
    client = as_user("duty")
    page = show(client, parent)
    assert "a@example.org" in page
    assert "No such mailbox." in page
    assert 'value="try_again"' not in page
    part = parent.parts.get(state=State.FAILED)
    client.post(url(part), {"action": "try_again"})
    sending.send_due()
    assert fresh(part).state == State.DELIVERED
    assert len(script.sends) == 3


def test_when_nobody_was_reached_trying_a_recipient_again_reopens_the_list(as_user, schedule, script):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org"]}
    )
    script.answers = [ContentRejected("No such mailbox.")]
    parent = schedule("Pressemeddelelse", on=press)
    sending.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        sending.send_due()
    assert fresh(parent).state == State.FAILED
    as_user("duty").post(url(parent.parts.get()), {"action": "try_again"})
    sending.send_due()
    with time_machine.travel(timezone.now() + timedelta(minutes=2)):
        sending.send_due()
    assert fresh(parent).state == State.DELIVERED


def test_a_dry_run_shows_the_requests_written_down(as_user, schedule):
    dry = Channel.objects.create(kind="dry_run", name="Dry", slug="dry", dry_run=True)
    delivery = schedule("Husk lys", on=dry)
    sending.send_due()
    page = show(as_user("archive"), delivery)
    assert "https://dry-run.invalid/posts" in page
    assert "Idempotency-Key" in page


def test_a_temporary_failure_says_when_it_is_tried_again(as_user, schedule, script):
    script.answers = [TemporaryError("The platform is down.")]
    delivery = schedule()
    sending.send_due()
    page = show(as_user("duty"), delivery)
    assert 'data-state="awaiting_retry"' in page
    assert "The platform is down." in page
    assert 'value="try_again"' not in page


def test_a_confirmed_post_is_taken_down_by_the_person_who_can_find_it(as_user, by_hand, lost, script):
    client = as_user("duty")
    client.post(url(lost), {"action": "sent", "permalink": "https://example.org/2"})
    client.post(url(lost, "take_down"), {"chosen": lost.pk, "reason": "Forkert vej"})
    followups.take_down(timezone.now() + timedelta(seconds=1))
    assert script.deleted == []  # its name on the platform is not known
    assert fresh(lost) in Delivery.objects.to_take_down_by_hand()
    assert 'value="taken_down"' in show(client, lost)
    client.post(url(lost), {"action": "taken_down"})
    assert fresh(lost).state == State.WITHDRAWN
    assert Receipt.objects.get(delivery=lost).withdrawn_at


def test_sent_is_good_only_when_it_was_read_back_as_it_was_sent(as_user, schedule, script):
    delivery = schedule()
    sending.send_due()
    client = as_user("duty")
    assert 'data-tone="good"' not in show(client, delivery)
    Receipt.objects.update(read_back=Receipt.ReadBack.GOOD)
    assert 'data-tone="good"' in show(client, delivery)


@pytest.mark.parametrize(("found", "key"), [("absent", "absent"), ("different", "different")])
def test_what_was_read_back_badly_waits_for_somebody_until_it_is_let_be(as_user, schedule, cast, found, key):
    delivery = schedule("Husk lys")
    sending.send_due()
    Receipt.objects.update(read_back=found, read_back_problems=["The alternative text is missing."])
    assert [(group.key, group.count) for group in needs.groups(cast.duty)] == [("not_as_sent", 1)]
    client = as_user("duty")
    page = show(client, delivery)
    assert f'data-state="{key}"' in page
    assert "The alternative text is missing." in page
    as_user("writer").post(url(delivery), {"action": "accept_reading"})
    assert Delivery.objects.not_as_sent().exists()
    as_user("duty").post(url(delivery), {"action": "accept_reading"})
    assert needs.count(cast.duty) == 0
    assert EvidenceRecord.objects.get(kind="decision.reading_accepted").actor == "duty"


def test_a_page_looks_again_by_itself_only_while_something_moves(as_user, schedule, script):
    script.answers = [TemporaryError("The platform is down.")]
    waiting, planned = schedule("A"), schedule("B", due=timezone.now() + timedelta(days=1))
    sending.send_due()
    client = as_user("archive")
    assert "data-desk-moving" in show(client, waiting)
    assert "data-desk-moving" not in show(client, planned)


def test_from_a_delivery_one_gets_to_its_content_its_campaign_and_its_place_in_the_plan_as_far_as_one_may(
    as_user, cast, channel
):
    campaign = Campaign.objects.create(title="Lys på", starts_on="2026-10-01", ends_on="2027-02-01")
    page = draft(by=cast.writer, campaign=campaign)
    placement = place(page, channel)
    approve(submit(page, by=cast.writer), by=cast.editor)
    delivery = Delivery.objects.get()
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    plan = reverse("campaigns_calendar:item", args=[placement.pk])
    shown = show(as_user("planner"), delivery).split("desk-columns")[0]
    assert edit in shown
    assert plan in shown
    assert reverse("campaigns_plans:plan", args=[campaign.pk]) in shown
    road = show(as_user("planner"), delivery).split('"desk-road"')[1]
    assert "Editor" in road.split("◇")[1].split("</li>")[0]  # who approved it
    archive = show(as_user("archive"), delivery).split("desk-columns")[0]
    assert edit not in archive
    assert plan in archive


def test_figures_stand_with_their_times_and_what_is_not_told_is_not_0(as_user, schedule, script, monkeypatch):
    monkeypatch.setattr(scripted.Scripted, "limits", replace(scripted.Scripted.limits, metrics=True))
    delivery = schedule("Husk lys på cyklen")
    sending.send_due()
    desk = as_user("writer")
    assert "figures-heading" in show(desk, delivery) and "desk-figures" not in show(desk, delivery)
    now = timezone.now()
    for hours, figures in ((1, {"likes": 41}), (0, {"likes": 57, "impressions": 1900})):
        MetricSnapshot.objects.create(receipt=delivery.receipt, at=now - timedelta(hours=hours), figures=figures)
    table = show(desk, delivery).split('class="desk-figures"')[1].split("</table>")[0].replace("1.900", "1900")
    rows = [row.split("<td>")[1:] for row in table.split("<tbody>")[1].split("<tr>")[1:]]
    assert {cell.split("</td>")[0] for cell in rows[0]} == {"57", "1900"}
    assert sorted(cell.split("<")[0] for cell in rows[1]) == ["", "41"], "what is not told is no number"
    Receipt.objects.update(remote_id=f"{Receipt.BY_HAND}x")
    assert "figures-heading" not in show(desk, delivery)


def test_a_draft_that_only_a_person_can_take_away_is_in_the_list_and_on_the_page(as_user, schedule, cast):
    delivery = schedule("Husk lys", due=timezone.now() + timedelta(hours=1))
    Delivery.objects.filter(pk=delivery.pk).update(state=State.CANCELLED)
    Leftover.objects.create(delivery=delivery, prepared={"video": "17"}, next_at=FAR, reason="It is out all the same.")
    [group] = needs.groups(cast.duty)
    assert (group.key, group.count, group.rows[0].happened) == ("drafts", 1, "It is out all the same.")
    assert needs.count(cast.writer) == 0
    assert "draft_gone" not in show(as_user("archive"), delivery)
    assert as_user("archive").post(url(delivery), {"action": "draft_gone"}).status_code in (302, 403)
    assert needs.count(cast.duty) == 1
    page = show(as_user("duty"), delivery)
    assert "draft_gone" in page
    assert "It is out all the same." in page
    assert "&quot;17&quot;" not in page
    as_user("duty").post(url(delivery), {"action": "draft_gone"})
    assert needs.count(cast.duty) == 0


@pytest.mark.parametrize(
    ("kind", "code"), [("delivery.uncertain", "worker lost"), ("delivery.failed", "could not begin")]
)
def test_a_code_of_ours_is_no_sentence_on_its_road(as_user, schedule, kind, code):
    delivery = schedule("Husk lys på din cykel")
    evidence.record(kind, delivery=delivery, payload={"reason": code})
    assert code not in show(as_user("duty"), delivery)
