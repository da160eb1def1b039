"""The publication rules stop what must not go out: at submission, at approval, and again at send."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from cms import approval, cards, glass, overriding, publication
from cms.models import CourtResult, CourtResultIndex, Override, Post, Story
from publishing import sending
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests import cast as people
from tests.cms.pageform import filled
from tests.publishing import scripted

CPR = "Se 010165-4321."
CASE = "Sagen har nummer 0100-73111-00012-25."


@pytest.fixture
def channel(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Scripted", slug="scripted")


def submitted(cast, channel, **fields):
    page = people.draft(Post, by=cast.writer, **fields)
    people.place(page, channel)
    return people.submit(page, by=cast.writer)


def checks(page):
    return {item.finding.check for item in publication.stops(page)}


def test_an_ordinary_text_is_approved_as_ever(cast, channel):
    people.approve(submitted(cast, channel), by=cast.editor)
    assert Delivery.objects.count() == 1


@pytest.mark.parametrize("where", ["title", "summary", "social_image_alt", "variant"])
def test_every_text_of_the_content_is_read(cast, channel, where):
    page = people.draft(by=cast.writer)
    if where == "variant":
        page.variants.create(channel=channel, text=CPR)
    elif where == "social_image_alt":
        from cms.demo import pictures

        page.social_image, page.social_image_alt = pictures.image("night", "nat"), CPR
    else:
        setattr(page, where, CPR)
    assert "C-01" in checks(page)


def test_the_body_is_read_block_by_block(cast):
    page = people.draft(by=cast.writer)
    page.body = [
        ("heading", "AB 12 345"),
        ("paragraph", "<p>Se 010165&nbsp;<b>-</b> 4321</p>"),
        ("advice", {"heading": "Råd", "text": "<p>0100-73111-00012-25</p>"}),
    ]
    assert checks(page) >= {"C-01", "C-02", "C-03"}


def test_a_hard_finding_stops_the_submission_at_its_field(cast, channel, client):
    page = people.draft(Post, by=cast.writer)
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, filled(client, url, summary=CPR, **{"action-submit": "1"}))
    assert "summary" in answer.context["form"].errors
    assert Post.objects.get(pk=page.pk).current_workflow_state is None


def test_a_draft_is_saved_all_the_same_and_its_writer_is_told(cast, client):
    page = people.draft(Post, by=cast.writer)
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    answer = client.post(url, filled(client, url, summary=CPR), follow=True)
    assert Post.objects.get(pk=page.pk).get_latest_revision_as_object().summary == CPR
    assert reverse("text_check", args=[page.pk]) in answer.content.decode()


def test_nobody_approves_what_a_rule_forbids(cast, channel):
    page = submitted(cast, channel, summary=CPR)
    assert "C-01" in approval.obstacle(page, cast.editor)
    assert "010165" not in approval.obstacle(page, cast.editor)
    with pytest.raises(PermissionDenied):
        people.approve(page, by=cast.editor)
    with pytest.raises(PermissionDenied):
        glass.break_glass(page, by=cast.duty, reason="Haster")
    assert not Delivery.objects.exists()


def test_the_right_role_lets_a_text_pass_with_a_reason_that_is_kept(cast, channel):
    page = submitted(cast, channel, summary=CASE)
    found = publication.stops(page)[0]
    with pytest.raises(PermissionDenied):
        overriding.override(page, found, by=cast.writer, reason="Er offentligt")
    with pytest.raises(ValueError, match="reason"):
        overriding.override(page, found, by=cast.editor, reason=" ")
    overriding.override(page, found, by=cast.editor, reason="Er offentligt")
    assert EvidenceRecord.objects.filter(kind="rule.overridden").exists()
    people.approve(page, by=cast.editor)
    assert Delivery.objects.count() == 1


def test_an_override_holds_for_that_text_only(cast, channel):
    page = submitted(cast, channel, summary=CASE)
    overriding.override(page, publication.stops(page)[0], by=cast.editor, reason="Er offentligt")
    page.summary = CASE + " Igen."
    assert "C-02" in checks(page)


def test_who_wrote_it_does_not_say_that_it_is_no_cpr_number(cast, channel):
    page = people.draft(Post, by=cast.editor, summary=CPR)
    found = publication.stops(page)[0]
    with pytest.raises(PermissionDenied):
        overriding.override(page, found, by=cast.editor, reason="Et tidsstempel")
    overriding.override(page, found, by=cast.legal, reason="Et tidsstempel")
    assert not publication.stops(page)


def test_nothing_is_sent_when_an_override_is_gone_by_then(cast, channel):
    page = submitted(cast, channel, summary=CASE)
    overriding.override(page, publication.stops(page)[0], by=cast.editor, reason="Er offentligt")
    people.approve(page, by=cast.editor)
    Override.objects.all().delete()
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    sending.pump(channel.pk)
    assert Delivery.objects.get().state == State.HELD
    assert not scripted.Scripted.script.sends


def court_result(cast, **fields):
    page = CourtResult(title="Dom i sag om røveri", owner=cast.prosecutor, live=False, **fields)
    CourtResultIndex.objects.get().add_child(instance=page)
    page.save_revision(user=cast.prosecutor)
    return CourtResult.objects.get(pk=page.pk)


def test_a_court_result_says_that_it_can_be_appealed_on_every_channel_but_the_website(cast, channel):
    page = court_result(cast, summary="En mand er idømt to års fængsel for røveri.")
    assert "C-13" not in checks(page)  # the website says it under the text
    people.place(page, channel)
    page = CourtResult.objects.get(pk=page.pk)
    assert "C-13" in checks(page)
    page.summary += " Dommen er ikke endelig."
    assert "C-13" not in checks(page)


def test_an_acquittal_is_read_off_the_words_of_a_plain_court_result(cast):
    page = court_result(cast, summary="En kvinde er frifundet for hæleri. Dommen kan ankes.")
    assert publication.stage_of(page) == "frifundet"
    assert not publication.stops(page)


def test_a_child_in_a_case_needs_a_lawyer(cast, channel):
    page = court_result(cast, summary="En 16-årig dreng er idømt en bøde for hærværk.", appeal="final")
    assert "C-26" in publication.against(page, cast.editor)
    assert publication.against(page, cast.legal) is None


def test_the_page_of_the_text_check_takes_an_override_and_no_outsider(cast, channel, client):
    page = submitted(cast, channel, summary=CASE)
    url = reverse("text_check", args=[page.pk])
    client.force_login(cast.outsider)
    assert client.get(url).status_code in {302, 403}
    client.force_login(cast.writer)
    shown = client.get(url)
    assert "C-02" in shown.content.decode()
    found = publication.stops(page)[0]
    key = f"{found.finding.check}:{found.text.sha256}"
    client.post(url, {"finding": key, "reason": "Er offentligt"})
    assert not Override.objects.exists()
    client.force_login(cast.editor)
    client.post(url, {"finding": key, "reason": "Er offentligt"})
    assert Override.objects.get().by == cast.editor
    assert "Er offentligt" in client.get(url).content.decode()


def test_a_name_in_a_file_is_found_too(cast):
    from cms.demo import pictures

    page = people.draft(Story, by=cast.writer)
    page.social_image, page.social_image_alt = pictures.image("night", "nat"), "En gade om natten"
    page.social_image.file.name = "original_images/010165-4321.jpg"
    assert "C-01" in checks(page)


def test_the_findings_stand_beside_the_cards_for_whoever_approves(cast, channel, client):
    page = submitted(cast, channel, summary=CASE)
    client.force_login(cast.editor)
    shown = client.get(reverse("approval:look", args=[page.pk])).content.decode()
    assert "C-02" in shown
    assert reverse("text_check", args=[page.pk]) in shown


def test_what_stands_in_several_texts_is_said_once_and_without_the_code_of_the_rule(cast, channel, client):
    page = submitted(cast, channel, title=f"Ny sag {CASE}", summary=CASE)
    [said] = [finding for finding in cards.findings(page) if finding.code == "C-02"]
    assert "(C-02)" not in said.sentence
    client.force_login(cast.editor)
    shown = client.get(reverse("approval:look", args=[page.pk])).text
    found = shown[shown.index('class="findings"') :]
    found = found[: found.index("</ul>")]
    assert found.count("C-02") == 1
    assert 'C-02"' in found  # as a title, for support


def test_what_is_said_of_a_whole_text_does_not_repeat_the_text(cast, channel):
    page = people.draft(
        CourtResult, by=cast.writer, title="Dom i sag om røveri", summary="En mand er idømt to års fængsel."
    )
    people.place(page, channel)
    [said] = [finding.sentence for finding in cards.findings(page) if finding.code == "C-13"]
    assert "to års fængsel" not in said


def test_breaking_the_glass_says_what_stands_against_it(cast, channel, client):
    page = people.draft(Post, by=cast.writer, summary=CPR)
    people.place(page, channel)
    client.force_login(cast.duty)
    url = reverse("approval:break_glass", args=[page.pk])
    shown = client.get(url).context["form"]["shown"].value()
    answer = client.post(url, {"reason": "Haster", "channels": [channel.pk], "shown": shown})
    assert "C-01" in str(answer.context["form"].non_field_errors())
    assert not Delivery.objects.exists()
