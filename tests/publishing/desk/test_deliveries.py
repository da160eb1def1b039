"""Every delivery in a list that is only read, and the page on health."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from publishing import evidence, health, sending
from publishing.models import Channel, Delivery, EvidenceRecord

pytestmark = pytest.mark.django_db
LIST = "publishing_desk:deliveries"


def titles(answer):
    return [row.headline for row in answer.context["object_list"]]


def test_it_can_be_searched_and_filtered(as_user, schedule, channel):
    other = Channel.objects.create(kind="scripted", name="Other", slug="other")
    schedule("Cykellygter")
    sending.send_due()
    schedule("Borgermøde", on=other, due=timezone.now() + timedelta(days=40))
    client, url = as_user("archive"), reverse(LIST)
    assert titles(client.get(url)) == ["Borgermøde", "Cykellygter"]
    assert titles(client.get(url, {"q": "cykel"})) == ["Cykellygter"]
    assert titles(client.get(url, {"state": "delivered"})) == ["Cykellygter"]
    assert titles(client.get(url, {"channel": other.pk})) == ["Borgermøde"]
    assert titles(client.get(url, {"due_at_from": timezone.localdate() + timedelta(days=30)})) == ["Borgermøde"]
    assert titles(client.get(url, {"due_at_to": timezone.localdate()})) == ["Cykellygter"]
    assert titles(client.get(reverse(f"{LIST}_results"), {"q": "nothing like it"})) == []


def test_a_list_of_recipients_is_one_row(as_user, schedule):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org", "b@example.org"]}
    )
    schedule("Pressemeddelelse", on=press)
    sending.send_due()
    assert Delivery.objects.count() == 3
    assert titles(as_user("archive").get(reverse(LIST))) == ["Pressemeddelelse"]


def test_the_number_of_queries_does_not_grow_with_the_rows(as_user, schedule, django_assert_max_num_queries):
    client, url = as_user("archive"), reverse(LIST)
    for number in range(45):
        schedule(f"{number}")
    client.get(url)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_nobody_adds_or_changes_a_delivery_from_the_list(as_user, schedule):
    schedule()
    page = as_user("admin").get(reverse(LIST)).content.decode()
    assert "/add/" not in page.split("desk-listing")[1]
    assert as_user("admin").post(reverse(LIST), {}).status_code == 405


def test_health_tells_what_does_not_move_and_what_a_channel_waits_for(as_user, schedule, channel):
    now = timezone.now()
    schedule("Sidder fast", due=now - timedelta(minutes=5))
    Channel.objects.filter(pk=channel.pk).update(not_before=now + timedelta(hours=2))
    health.beat("send_due", now)
    page = as_user("management").get(reverse("publishing_desk:health")).content.decode()
    assert "Sidder fast" in page
    row = page.split('class="title">')[1].split("</tr>")[0]
    assert "1 skal ud nu" in row
    assert "brugt op til" in row
    assert page.count("duty__alarm") >= 2  # sealer and workers are silent


def test_health_tells_when_the_evidence_was_verified_and_what_was_found(as_user, schedule):
    schedule()
    evidence.seal()
    assert evidence.verify(timezone.now()) == []
    client, url = as_user("archive"), reverse("publishing_desk:health")
    assert "duty__alarm" not in client.get(url).content.decode().split("dt>")[-2]
    EvidenceRecord.objects.update(actor="somebody else")
    assert evidence.verify(timezone.now())
    assert "was changed" in client.get(url).content.decode()


def test_verifying_is_asked_for_and_done_by_a_worker(as_user, monkeypatch, refused):
    from publishing import tasks

    asked = []
    monkeypatch.setattr(tasks.verify_evidence, "delay", lambda: asked.append(1))
    as_user("archive").post(reverse("publishing_desk:health"))
    assert asked == [1]
    assert refused(as_user("outsider").post(reverse("publishing_desk:health")))
    assert asked == [1]


def test_a_worker_is_heard_from_at_most_once_in_ten_seconds(monkeypatch):
    from publishing.models import Heartbeat

    monkeypatch.setattr(health, "_last_beat", None)
    now = timezone.now()
    health.beat_worker(now)
    health.beat_worker(now + timedelta(seconds=5))
    [beat] = Heartbeat.objects.filter(name__startswith=health.WORKER)
    assert beat.at == now
    health.beat_worker(now + timedelta(seconds=11))
    beat.refresh_from_db()
    assert beat.at == now + timedelta(seconds=11)
    health.watch(now + timedelta(days=2))
    assert not Heartbeat.objects.filter(name__startswith=health.WORKER).exists()
