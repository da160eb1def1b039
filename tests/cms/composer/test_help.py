"""What stands beside each card: what will be otherwise there, and buttons that mend it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms import cards, carrying, composing, hashtags, rendering
from cms.fingerprints import fingerprint
from cms.models import KnownAccount, MoreImage, Post, Variant
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.pageform import filled
from tests.newsroom import picture


@pytest.fixture
def photo(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    return Channel.objects.create(
        kind="dry_run", name="Foto", slug="foto", config={"look": "photo", "characters": "300"}
    )


@pytest.fixture
def page(cast, photo):
    page = people.draft(Post, by=cast.writer, social_image=picture(), social_image_alt="Et torv.")
    page.link_url = "https://politi.dk/"
    return page


def help_of(page, channel):
    return cards.cards(page, [channel], timezone.now())[0].help


def test_a_link_that_cannot_be_clicked_is_named_with_a_button_that_leaves_it_out(page, photo):
    said = help_of(page, photo)
    assert [remedy.do for remedy in said.remedies] == ["no-link"]
    assert len(said.notes) == 1
    page.variants.add(Variant(channel=photo, link=Variant.Link.NONE))
    assert help_of(page, photo).notes == ()


def test_what_is_too_long_says_so_in_a_word_and_offers_a_text_of_its_own(page, photo):
    page.summary = "ord " * 100
    said = help_of(page, photo)
    assert said.percent == 100
    assert said.room == composing.ROOM[-1][1]
    assert "text" in [remedy.do for remedy in said.remedies]
    assert not said.own_text
    page.variants.add(Variant(channel=photo, text="Kort."))
    assert help_of(page, photo).own_text
    assert help_of(page, photo).room == composing.ROOM[0][1]


def test_a_missing_alternative_text_leads_to_its_field(page, photo):
    page.social_image_alt = ""
    assert ("focus", "social_image_alt") in [(one.do, one.value) for one in help_of(page, photo).remedies]


def test_the_crop_begins_at_what_goes_now_and_offers_only_shapes_that_are_taken(page, photo):
    [crop] = help_of(page, photo).crops
    assert crop.whole
    assert not crop.own
    assert (9, 16) not in crop.shapes
    page.variants.add(Variant(channel=photo, crops={str(page.social_image_id): [0, 0, 0.5, 0.5]}))
    [crop] = help_of(page, photo).crops
    assert crop.own
    assert crop.box == (0, 0, 0.5, 0.5)


def test_each_further_image_is_cropped_by_itself_and_frozen_as_it_was_shown(page, photo, cast):
    first, second = page.social_image, picture()
    page.more_images = [MoreImage(image=second, alt="En bro."), MoreImage(image=first, alt="Torvet igen.")]
    assert [(crop.number, crop.image) for crop in help_of(page, photo).crops] == [(1, first), (2, second)]
    whole = [media.sha256 for media in rendering.render(page, photo, freezing=carrying.measure).media]
    page.variants.add(Variant(channel=photo, crops={str(second.pk): [0, 0, 0.5, 0.5]}))
    assert [crop.own for crop in help_of(page, photo).crops] == [False, True]
    shown = cards.card(page, photo, timezone.now()).message.media
    assert shown[0].sha256 == whole[0]
    assert shown[1].sha256 != whole[1]
    page.save_revision(user=cast.writer)
    people.place(page, photo)
    people.approve(people.submit(Post.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
    frozen = Delivery.objects.get(channel=photo).message.media
    assert [media.sha256 for media in frozen] == [media.sha256 for media in shown]
    assert (frozen[1].width, frozen[1].alt) == (shown[1].width, "En bro.")


def test_hashtags_of_this_channel_are_proposed_the_most_used_first_and_never_twice(page, photo):
    for words in ("#CykelLys og #PasPå", "Igen #CykelLys", "Uden"):
        Delivery.objects.create(
            channel=photo,
            message_json={"text": words},
            message_sha256="",
            due_at=timezone.now(),
            next_at=timezone.now(),
            headline="",
        )
    assert hashtags.used_before(page, photo, "") == ["#CykelLys", "#PasPå"]
    assert hashtags.used_before(page, photo, "Nu #cykellys") == ["#PasPå"]
    other = Channel.objects.create(kind="dry_run", name="Andet", slug="andet")
    assert hashtags.used_before(page, other, "") == []


def test_a_fold_is_between_words():
    assert composing.fold("en to tre", 6) == ("en to", " tre")
    assert composing.fold("en", 6) == ("en", "")
    assert composing.fold("enlangtekst", 4) == ("enla", "ngtekst")


def test_the_preview_has_the_buttons_and_the_approval_has_none(page, photo, cast, client):
    KnownAccount.objects.create(name="Rigspolitiet")
    page.summary = "Fra Rigspolitiet."
    page.save_revision(user=cast.writer)
    people.place(page, photo)
    client.force_login(cast.writer)
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    client.post(address, filled(client, reverse("wagtailadmin_pages:edit", args=[page.pk])))
    shown = client.get(address + "?mode=channels").content.decode()
    assert 'data-do="mention"' in shown
    assert 'data-crop="' in shown
    assert "post--photo" in shown
    client.force_login(cast.editor)
    looked = client.get(reverse("approval:look", args=[page.pk])).content.decode()
    assert "post--photo" in looked
    assert "data-do=" not in looked
    assert 'name="tone"' in looked


def test_a_crop_is_saved_with_the_channels_version_and_wants_a_new_approval(page, photo, cast):
    before = page.get_latest_revision()
    page.variants.add(Variant(channel=photo, crops={str(page.social_image_id): [0, 0, 0.5, 0.5]}))
    after = page.save_revision(user=cast.writer)
    assert fingerprint(before) != fingerprint(after)
    [variant] = after.as_object().variants.all()
    assert variant.crops == {str(page.social_image_id): [0, 0, 0.5, 0.5]}


def test_whoever_approves_reads_of_a_crop_in_words(page, photo, cast, client):
    people.place(page, photo)
    page.variants.add(Variant(channel=photo, crops={str(page.social_image_id): [0, 0, 0.5, 0.5]}))
    page.save_revision(user=cast.writer)
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    page = Post.objects.get(pk=page.pk).get_latest_revision_as_object()
    [variant] = page.variants.all()
    variant.crops = {str(page.social_image_id): [0.5, 0.5, 0.5, 0.5]}
    page.save_revision(user=cast.writer)
    client.force_login(cast.editor)
    changes = client.get(reverse("approval:look", args=[page.pk])).context["changes"]
    [said] = [str(change.html) for change in changes]
    assert "0.5" not in said
    assert "<ins>" in said
