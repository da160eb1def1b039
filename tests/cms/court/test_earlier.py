"""When a restriction comes, every earlier post on the case is asked about, on every channel, and somebody decides."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms import guards
from cms.court import earlier, restricting
from cms.court.models import EarlierPost
from cms.models import CourtResult
from publishing import followups, needs, sending
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.cms.court import cases

TODAY = timezone.localdate()
GOOD = "Der står hverken alder, køn, sted eller navn."


@pytest.fixture
def channels(db, scripted_kinds):
    guards.install()
    return [
        Channel.objects.create(kind="website", name="Website", slug="website"),
        Channel.objects.create(kind="scripted", name="Scripted", slug="scripted"),
        Channel.objects.create(kind="scripted", name="Other", slug="other"),
    ]


@pytest.fixture
def case(cast, channels):
    """One text on a website and a network, and a story tied to the case by hand on a third channel."""
    case = cases.case(cast)
    page = cases.result(cast, channels[0], of=case)
    people.place(page, channels[1])
    cases.signed(people.submit(CourtResult.objects.get(pk=page.pk), by=cast.writer), cast)
    story = people.draft(by=cast.writer, title="Sådan arbejder vi", summary="Dommen er ikke endelig.")
    people.place(story, channels[2])
    cases.link(case, people.approve(people.submit(story, by=cast.writer), by=cast.editor), cast)
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    sending.send_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DELIVERED}
    return case


def register(case, cast):
    return restricting.request(case, kind="name", by=cast.prosecutor, on=TODAY, defendant_number=1)


def on(name):
    return EarlierPost.objects.get(delivery__channel__name=name)


def test_every_post_on_every_channel_is_asked_about_once(case, cast):
    restriction = register(case, cast)
    assert EarlierPost.objects.undecided().filter(restriction=restriction).count() == 3
    register(case, cast)
    assert EarlierPost.objects.count() == 3


def test_a_taken_down_post_is_withdrawn_and_the_page_leaves_the_website(case, cast):
    register(case, cast)
    for name in ("Website", "Scripted"):
        earlier.decide(on(name), "take_down", by=cast.prosecutor)
    followups.take_down(timezone.now())
    assert not CourtResult.objects.get().live
    assert on("Scripted").delivery.state == State.WITHDRAWN
    assert EvidenceRecord.objects.filter(kind="earlier.take_down", subject=case.subject).count() == 2
    assert on("Other").delivery.state == State.DELIVERED


@pytest.mark.parametrize(
    "reason",
    [
        "",
        "Kort.",
        "Alle ved det jo alligevel, så det gør ingen forskel.",
        "Navnet er allerede offentligt kendt i hele byen.",
        "Det har stået i medierne i flere uger nu.",
        "Kasper Opfundsen har selv bedt om det, siger han.",
    ],
)
def test_a_bad_reason_keeps_nothing(case, cast, reason):
    register(case, cast)
    with pytest.raises(earlier.NotDecided):
        earlier.decide(on("Scripted"), "keep", by=cast.prosecutor, reason=reason)
    assert EarlierPost.objects.undecided().count() == 3


def test_a_good_reason_keeps_it_and_is_evidence(case, cast):
    register(case, cast)
    earlier.decide(on("Scripted"), "keep", by=cast.prosecutor, reason=GOOD)
    assert on("Scripted").delivery.withdraw_next_at is None
    assert EvidenceRecord.objects.get(kind="earlier.keep").payload["reason"] == GOOD


def test_an_editor_takes_down_but_keeps_nothing(case, cast):
    register(case, cast)
    with pytest.raises(PermissionDenied):
        earlier.decide(on("Scripted"), "keep", by=cast.editor, reason=GOOD)
    earlier.decide(on("Scripted"), "take_down", by=cast.editor)
    assert on("Scripted").decided_by == cast.editor


@pytest.mark.parametrize("who", ["outsider", "writer", "legal", "admin", "management"])
def test_nobody_else_decides(case, cast, who):
    register(case, cast)
    with pytest.raises(PermissionDenied):
        earlier.decide(on("Scripted"), "take_down", by=getattr(cast, who))


def test_to_anonymise_leaves_the_page_until_the_new_text_is_out(case, cast):
    register(case, cast)
    earlier.decide(on("Website"), "anonymise", by=cast.prosecutor)
    earlier.decide(on("Scripted"), "anonymise", by=cast.prosecutor)
    followups.take_down(timezone.now())
    assert on("Scripted").delivery.state == State.WITHDRAWN  # a network cannot change it
    assert CourtResult.objects.get().live
    assert [row.delivery.channel.name for row in EarlierPost.objects.to_anonymise()] == ["Website"]


def test_what_was_taken_down_by_others_is_no_question_any_more(case, cast):
    register(case, cast)
    Delivery.objects.filter(channel__name="Scripted").update(state=State.WITHDRAWN)
    assert EarlierPost.objects.undecided().count() == 2


def test_it_stands_in_what_needs_the_prosecutor_and_the_editor_and_nobody_else(case, cast):
    register(case, cast)

    def told(user):
        return "earlier_posts" in {group.key for group in needs.groups(user)}

    assert [name for name in ("prosecutor", "editor", "writer", "legal", "outsider") if told(getattr(cast, name))] == [
        "prosecutor",
        "editor",
    ]


def test_an_editor_learns_nothing_of_the_case(case, cast, client):
    register(case, cast)
    client.force_login(cast.editor)
    shown = client.get(reverse("court_desk:earlier", args=[case.key]))
    assert shown.status_code == 200
    assert "Kiosken" not in shown.content.decode()
    assert "Kiosken" not in str(needs.groups(cast.editor))
    assert client.get(reverse("court_desk:case", args=[case.key])).status_code == 404


@pytest.mark.parametrize("who", ["outsider", "writer", "duty", "admin"])
def test_for_others_the_case_does_not_exist(case, cast, client, who):
    register(case, cast)
    client.force_login(getattr(cast, who))
    for name in ("case", "earlier", "register", "confirm", "link"):
        address = reverse(f"court_desk:{name}", args=[case.key])
        answers = [client.get(address).status_code, client.post(address, {"kind": "name"}).status_code]
        assert set(answers) <= {302, 403, 404, 405}, name
    assert case.restrictions.count() == 1
    assert EarlierPost.objects.undecided().count() == 3


def test_from_the_form_to_the_decisions(case, cast, client):
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:register", args=[case.key])
    assert "3" in client.get(address).content.decode()
    wrong = client.post(address, {"kind": "name", "state": "requested", "whom": "other", "on": str(TODAY)})
    assert wrong.status_code == 422
    data = {"kind": "name", "state": "requested", "whom": "1", "on": str(TODAY)}
    answer = client.post(address, data)
    page = reverse("court_desk:earlier", args=[case.key])
    assert answer.url == page
    shown = client.get(page).content.decode()
    assert shown.count('value="take_down" checked') == 3
    decisions = {
        f"decision-{on('Website').pk}": "take_down",
        f"decision-{on('Scripted').pk}": "keep",
        f"reason-{on('Scripted').pk}": "Alle ved det jo.",
        f"decision-{on('Other').pk}": "keep",
        f"reason-{on('Other').pk}": GOOD,
    }
    again = client.post(page, decisions)
    assert again.status_code == 422
    assert [row.post.delivery.channel.name for row in again.context["rows"]] == ["Scripted"]
    assert client.post(page, {f"decision-{on('Scripted').pk}": "take_down"}).url == reverse(
        "court_desk:case", args=[case.key]
    )
    assert not EarlierPost.objects.undecided().exists()


def test_a_restriction_is_moved_and_confirmed_on_the_page_of_the_case(case, cast, client):
    restriction = register(case, cast)
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:move", args=[case.key, restriction.pk])
    client.post(address, {"verb": "impose", "on": str(TODAY)})
    client.post(address, {"verb": "refuse", "on": str(TODAY)})  # not possible from there
    restriction.refresh_from_db()
    assert restriction.state == "active"
    client.post(reverse("court_desk:confirm", args=[case.key]))
    assert restriction.moves.first().verb == "confirm"
    assert client.get(reverse("court_desk:case", args=[case.key])).status_code == 200


def test_content_tied_by_hand_while_a_ban_is_in_force_is_asked_about_at_once(case, cast, client):
    story = case.linked.get()
    story.delete()
    register(case, cast)
    assert EarlierPost.objects.count() == 2
    client.force_login(cast.prosecutor)
    client.post(reverse("court_desk:link", args=[case.key]), {"page": story.page.title})
    assert EarlierPost.objects.undecided().count() == 3
