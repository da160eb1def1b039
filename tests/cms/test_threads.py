"""First comments and threads: written part by part, in the approval, and one delivery each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from campaigns import planning
from campaigns.models import Placement
from cms import approval, cards, carrying, fingerprints, guards, publication, rendering, threads
from cms.models import Approval, Part, Story, Variant
from publishing import sending
from publishing.adapters.base import Problem
from publishing.models import Channel, Delivery, Follow, State
from tests import cast as people
from tests.cms.pageform import filled
from tests.newsroom import picture
from tests.publishing import scripted

pytestmark = pytest.mark.django_db


@pytest.fixture
def channel(scripted_kinds):
    return Channel.objects.create(kind="scripted", name="X", slug="x")


@pytest.fixture
def page(cast, channel):
    page = people.draft(by=cast.writer)
    write(page, channel, "Så mange bøder gav vi.", "Se kortet i morgen.", by=cast.writer)
    people.place(page, channel)
    return Story.objects.get(pk=page.pk)


def write(page, channel, *texts, by):
    page.parts = [Part(channel=channel, text=text, sort_order=number) for number, text in enumerate(texts)]
    page.save_revision(user=by)


def approved(page, cast):
    return people.approve(people.submit(page, by=cast.writer), by=cast.editor)


def said():
    """What is planned, in the order in which it goes, and what each answers."""
    rows = Delivery.objects.filter(state=State.SCHEDULED).order_by("pk").select_related("follows")
    return [(row.message.text, row.follows and row.follows.message.text) for row in rows]


THREAD = [
    ("Husk lys på cyklen.", None),
    ("Så mange bøder gav vi.", "Husk lys på cyklen."),
    ("Se kortet i morgen.", "Så mange bøder gav vi."),
]


def test_approval_plans_one_delivery_a_part_and_they_go_in_order(page, cast):
    approved(page, cast)
    assert said() == THREAD
    assert set(Delivery.objects.exclude(follows=None).values_list("follow_mode", flat=True)) == {Follow.ANSWERS}
    Placement.objects.update(due_at=timezone.now())
    planning.follow(Placement.objects.get(), by=cast.planner)
    sending.send_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DELIVERED}
    assert len(scripted.Scripted.script.answered) == 2


def test_what_nobody_approved_is_not_sent_as_a_part(page, cast):
    approved(page, cast)
    part = Delivery.objects.filter(follow_mode=Follow.ANSWERS).first()
    assert guards.approved(part) is None
    Approval.objects.update(parts={})
    assert guards.approved(part).code == "approval"


def test_a_part_that_is_changed_moved_or_taken_away_needs_a_new_approval(page, cast, channel):
    page = approved(page, cast)
    before = fingerprints.fingerprint(page.latest_revision)
    texts = [("Se kortet i morgen.", "Så mange bøder gav vi."), ("Så mange bøder gav vi.",), ()]
    for changed in texts:
        write(page, channel, *changed, by=cast.writer)
        page = Story.objects.get(pk=page.pk)
        assert fingerprints.fingerprint(page.latest_revision) != before
        assert approval.current(page) is None
        part = Delivery.objects.filter(follow_mode=Follow.ANSWERS).first()
        assert guards.approved(part).code == "changed"


def test_a_new_approval_of_other_parts_replaces_the_thread(page, cast, channel):
    page = approved(page, cast)
    write(page, channel, "Et helt andet svar.", by=cast.writer)
    approved(Story.objects.get(pk=page.pk), cast)
    assert said() == [("Husk lys på cyklen.", None), ("Et helt andet svar.", "Husk lys på cyklen.")]
    assert Delivery.objects.filter(state=State.CANCELLED).count() == 3


def test_what_has_none_of_it_has_the_fingerprint_that_it_had_before_there_was_any(cast, channel):
    page = people.draft(by=cast.writer)
    page.variants.add(Variant(channel=channel, text="Kort."))
    revision = page.save_revision(user=cast.writer)
    now = fingerprints.fingerprint(revision)
    gone = [revision.content.pop(name) for name in ("parts", "more_images", "mentions")]
    assert [*gone, revision.content["variants"][0].pop("crops")] == [[], [], [], {}]
    assert fingerprints.fingerprint(revision) == now


@pytest.fixture
def pictured(page, cast, settings, tmp_path):
    """Its second part shows something."""
    settings.MEDIA_ROOT = tmp_path / "media"
    first, second = page.get_latest_revision_as_object().parts.all()
    second.picture, second.picture_alt = picture(), "Et kort over Nørrebro."
    page.parts = [first, second]
    page.save_revision(user=cast.writer)
    return Story.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_an_image_below_the_post_is_shown_frozen_and_sent_as_it_was_approved(pictured, cast, channel, client):
    card = cards.card(pictured, channel, timezone.now())
    [(address, shown)] = card.parts[1].pictures
    assert card.parts[0].pictures == ()
    client.force_login(cast.editor)
    assert client.get(address).status_code == 200
    approved(Story.objects.get(pk=pictured.pk), cast)
    [media] = Delivery.objects.order_by("-pk").first().message.media
    assert media == shown
    assert media.alt == "Et kort over Nørrebro."
    looked_back = cards.of_message(
        channel, Delivery.objects.first().message, Approval.objects.get().parts_for(channel.pk)
    )
    assert looked_back.parts[1].pictures[0][0].startswith("data:image/")
    Placement.objects.update(due_at=timezone.now())
    planning.follow(Placement.objects.get(), by=cast.planner)
    sending.send_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DELIVERED}


def test_an_image_below_the_post_is_described_or_decorative_or_stops(pictured):
    channel = Channel.objects.create(kind="x", name="Kanalen", slug="kanalen")
    for part in pictured.parts.all():
        part.channel = channel

    def stops():
        found = rendering.problems_on(pictured, channel, timezone.now())
        return [sentence for field, sentence in found if field == "parts"]

    assert stops() == []
    part = pictured.parts.all()[1]
    part.picture_alt = " "
    assert len(stops()) == 1
    assert "3" in stops()[0]
    part.picture_decorative = True
    assert stops() == []
    assert threads.render(pictured, channel, freezing=carrying.measure)[1].media[0].decorative


@pytest.mark.parametrize(("kind", "fits"), [("instagram", False), ("linkedin", False), ("facebook", True), ("x", True)])
def test_an_image_that_a_comment_does_not_carry_stops_and_is_not_left_out(pictured, cast, kind, fits):
    channel = Channel.objects.create(kind=kind, name="Kanalen", slug="kanalen")
    for part in pictured.parts.all():
        part.channel = channel
    found = [
        sentence for field, sentence in rendering.problems_on(pictured, channel, timezone.now()) if field == "parts"
    ]
    assert bool(found) is not fits
    assert not [sentence for sentence in found if "3" not in sentence]


def test_another_image_below_the_post_needs_a_new_approval_and_its_words_are_judged(pictured, cast):
    page = approved(Story.objects.get(pk=pictured.pk), cast)
    before = fingerprints.fingerprint(page.latest_revision)
    assert [name for name in Approval.objects.get().files if "Image" in name]
    content = page.get_latest_revision_as_object()
    content.parts.all()[1].picture_alt = "Kort. CPR 010190-1234."
    content.save_revision(user=cast.writer)
    page = Story.objects.get(pk=page.pk)
    assert fingerprints.fingerprint(page.latest_revision) != before
    assert approval.current(page) is None
    assert [found for found in publication.findings(content) if found.text.field == "parts" and found.stops]


def test_a_part_without_an_image_has_the_fingerprint_that_it_had_before_there_were_any(page):
    revision = page.latest_revision
    now = fingerprints.fingerprint(revision)
    for part in revision.content["parts"]:
        assert [part.pop(name) for name in ("picture", "picture_alt", "picture_decorative")] == [None, "", False]
    assert fingerprints.fingerprint(revision) == now


def test_each_part_is_counted_and_what_does_not_fit_stops(page, cast, channel, monkeypatch):
    def validate(adapter, account, message):
        over = len(message.text) > 25
        return [Problem("text", "It is too long.", "too_long")] if over else []

    monkeypatch.setattr(scripted.Scripted, "validate", validate)
    write(page, channel, "Kort.", "En del, der er for lang for kanalen.", "Kort.", by=cast.writer)
    card = cards.card(page, channel, timezone.now())
    assert [(part.number, part.used, part.allowed) for part in card.parts] == [(2, 5, 100), (3, 36, 100), (4, 5, 100)]
    found = [sentence for field, sentence in rendering.problems_on(page, channel, timezone.now()) if field == "parts"]
    assert len(found) == 2
    assert "3" in found[0]
    assert "4" in found[1]


@pytest.mark.parametrize(("kind", "most"), [("facebook", 8000), ("instagram", 300), ("linkedin", 1250), ("x", 280)])
def test_a_first_comment_is_held_to_what_a_comment_carries(page, cast, kind, most):
    channel = Channel.objects.create(kind=kind, name="Kanalen", slug="kanalen")
    write(page, channel, "a" * most, "a" * (most + 1), by=cast.writer)
    card = cards.card(page, channel, timezone.now())
    assert [(part.used, part.allowed) for part in card.parts] == [(most, most), (most + 1, most)]
    found = [sentence for field, sentence in rendering.problems_on(page, channel, timezone.now()) if field == "parts"]
    assert [("2:" in sentence, "3:" in sentence) for sentence in found] == [(False, True)]


def test_a_channel_that_cannot_answer_says_so(page, cast):
    by_hand = Channel.objects.create(kind="scripted_by_hand", name="Opslagstavlen", slug="tavle")
    write(page, by_hand, "Et svar.", by=cast.writer)
    people.place(page, by_hand)
    found = list(
        rendering.problems_on(Story.objects.get(pk=page.pk).get_latest_revision_as_object(), by_hand, timezone.now())
    )
    assert [field for field, _sentence in found] == ["parts"]


def test_the_rules_are_asked_about_every_part(page, cast, channel):
    write(page, channel, "Hans cpr-nummer er 010190-1234.", by=cast.writer)
    assert [found for found in publication.findings(page) if found.text.field == "parts" and found.stops]


def test_moving_and_dropping_the_post_takes_its_parts_along(page, cast):
    approved(page, cast)
    row = Placement.objects.get()
    moment = timezone.now() + timedelta(hours=7)
    planning.move(row, due_at=moment, version=row.version, by=cast.planner)
    assert set(Delivery.objects.values_list("due_at", flat=True)) == {moment}
    planning.drop(Placement.objects.get(), reason="no", by=cast.planner)
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.CANCELLED}


def test_parts_are_written_in_the_form_and_seen_by_whoever_approves(page, cast, client):
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(url, filled(client, url, **{"parts-0-text": "Et svar med nye ord."}))
    page = Story.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [part.text for part in page.parts.all()] == ["Et svar med nye ord.", "Se kortet i morgen."]
    preview = client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk]))
    assert "Et svar med nye ord." in preview.content.decode()
