"""Several images of one piece of content: each with its words, in their order, on every channel and on the website."""

import io

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from cms import cards, carrying, fingerprints, rendering, texts
from cms.models import MoreImage, Post, Story, Variant
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.pageform import filled
from tests.cms.pictures.test_reading import encoded


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def library(colour):
    data = encoded(Picture.new("RGB", (60, 40), colour))
    return get_image_model().objects.create(title=colour, file=ImageFile(io.BytesIO(data), name=f"{colour}.png"))


def several(cls, cast, *colours):
    first, *more = [library(colour) for colour in colours]
    page = people.draft(cls, by=cast.writer, social_image=first, social_image_alt=f"Noget {colours[0]}")
    page.more_images = [MoreImage(image=image, alt=f"Noget {image.title}") for image in more]
    page.save_revision(user=cast.writer).publish() if cls is Story else page.save_revision(user=cast.writer)
    return cls.objects.get(pk=page.pk).get_latest_revision_as_object()


@pytest.fixture
def channel(db):
    return Channel.objects.create(kind="dry_run", name="Kort", slug="kort")


def alts(message):
    return [media.alt for media in message.media]


def test_all_of_them_go_with_their_words_in_their_order(cast, channel, client):
    page = several(Post, cast, "red", "green", "blue")
    people.place(page, channel)
    card = cards.card(page, channel, timezone.now())
    client.force_login(cast.editor)
    shown = [client.get(address).content for address, _media in card.pictures]
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    message = Delivery.objects.get(placements__page_id=page.pk).message
    assert alts(message) == ["Noget red", "Noget green", "Noget blue"]
    assert [media.read() for media in message.media] == shown
    assert len(set(shown)) == 3


def test_a_channel_with_an_image_of_its_own_shows_that_one_alone(cast, channel):
    page = several(Post, cast, "red", "green")
    page.variants.add(Variant(channel=channel, image=library("black"), image_alt="Noget sort"))
    assert alts(rendering.render(page, channel, freezing=carrying.measure)) == ["Noget sort"]


def test_more_than_a_channel_takes_is_said_and_none_is_left_out_unseen(cast, channel):
    page = several(Post, cast, "red", "green", "blue", "black", "white")
    [(field, sentence)] = rendering.problems_on(page, channel, timezone.now())
    assert field == "social_image" and "room for 4 images" in sentence


def test_one_without_words_stops(cast, channel):
    page = several(Post, cast, "red", "green")
    page.more_images = [MoreImage(image=library("blue"), alt=" ")]
    [(_field, sentence)] = rendering.problems_on(page, channel, timezone.now())
    assert "alternative text" in sentence


def test_their_words_are_checked_and_their_order_is_part_of_what_is_approved(cast):
    page = several(Post, cast, "red", "green", "blue")
    assert [text.text for text in texts.texts(page) if text.field == "more_images" and " " in text.text] == [
        "Noget green",
        "Noget blue",
    ]
    assert len(fingerprints.files(page)) == 3
    before = fingerprints.fingerprint(page.get_latest_revision())
    one, other = page.more_images.all()
    one.sort_order, other.sort_order = 2, 1
    page.more_images = [other, one]
    assert fingerprints.fingerprint(page.save_revision()) != before


def test_the_website_shows_them_below_the_text_and_they_are_public_with_it(newsroom, client):
    page = newsroom.draft(social_image=library("red"), social_image_alt="Noget rødt")
    page.more_images = [MoreImage(image=library("green"), alt="Noget grønt")]
    page.save_revision(user=newsroom.cast.writer)
    people.place(page, newsroom.website)
    page = newsroom.approve(page)
    page = newsroom.send(page)
    html = client.get(page.url).content.decode()
    assert 'alt="Noget grønt"' in html
    hidden = get_image_model().objects.get(title="green").get_rendition("width-480|format-webp").url
    assert client.get(hidden).status_code == 200


def test_they_are_written_in_the_editor(cast, client):
    page = people.draft(Post, by=cast.writer)
    client.force_login(cast.writer)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    rows = [{"image": library(colour).pk, "alt": f"Noget {colour}"} for colour in ("green", "blue")]
    sent = filled(client, url) | nested_form_data({"more_images": inline_formset(rows)})
    assert client.post(url, sent).status_code == 302
    saved = Post.objects.get(pk=page.pk).get_latest_revision_as_object()
    assert [row.alt for row in saved.more_images.all()] == ["Noget green", "Noget blue"]
