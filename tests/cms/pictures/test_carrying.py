"""What was looked at is what is frozen, byte for byte; and what cannot be carried is said before anybody approves."""

import hashlib
import io
import re
from types import SimpleNamespace

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from PIL import Image as Picture
from wagtail.images import get_image_model

from cms import approval, cards, carrying, pictures, rendering
from cms.models import Post, Variant
from publishing.adapters.base import Limits
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.pictures.test_reading import encoded
from tests.cms.pictures.test_writing import logo, photograph

NARROW = {"images": 1, "image_types": ("image/jpeg",), "image_bytes": 60_000, "image_ratio": (0.8, 1.0)}


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def channel(db, monkeypatch):
    """A platform that is hard to please."""
    channel = Channel.objects.create(kind="dry_run", name="Smal", slug="smal")
    limits = type(channel.adapter).limits
    monkeypatch.setattr(
        type(channel.adapter), "limits_for", lambda self, account: Limits(**NARROW, withdraw=limits.withdraw)
    )
    return channel


def library(data, name="gade.png"):
    return get_image_model().objects.create(title="Gade", file=ImageFile(io.BytesIO(data), name=name))


@pytest.fixture
def page(cast, channel):
    image = library(encoded(photograph()))
    page = people.draft(Post, by=cast.writer, social_image=image, social_image_alt="En gade")
    people.place(page, channel)
    return page


def test_whoever_looks_sees_the_very_bytes_that_are_frozen(page, channel, cast, client):
    card = cards.card(page, channel, timezone.now())
    client.force_login(cast.editor)
    shown = client.get(card.pictures[0][0])
    assert shown.status_code == 200 and shown["Content-Type"] == "image/jpeg"
    assert "private" in shown["Cache-Control"]
    carrying._made.cache_clear()  # another process approves
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    [media] = Delivery.objects.get(placements__page_id=page.pk).message.media
    assert media.read() == shown.content
    assert media.sha256 == hashlib.sha256(shown.content).hexdigest()
    assert media.size <= 60_000 and 0.8 <= media.width / media.height <= 1


def test_the_original_stays_as_it_is(page, channel, cast):
    before = page.social_image.file.open("rb").read()
    people.approve(people.submit(page, by=cast.writer), by=cast.editor)
    assert get_image_model().objects.get().file.open("rb").read() == before


def test_a_card_says_that_the_shape_of_the_channel_cuts_and_stops_saying_so_when_somebody_chose(page, channel):
    card = cards.card(page, channel, timezone.now())
    assert any("cut" in sentence for sentence in card.consider)
    page.variants.add(Variant(channel=channel, crops={str(page.social_image_id): [0.0, 0.0, 0.5, 0.5]}))
    own = cards.card(page, channel, timezone.now())
    assert not any("cut" in sentence for sentence in own.consider)
    assert own.pictures[0][0] != card.pictures[0][0]
    assert own.message.media[0].sha256 != card.message.media[0].sha256


def test_the_focal_point_decides_what_is_left_of_it(page, channel):
    first = rendering.render(page, channel, freezing=carrying.measure).media[0].sha256
    image = page.social_image
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 630, 240, 10, 10
    assert rendering.render(page, channel, freezing=carrying.measure).media[0].sha256 != first


def test_the_address_is_for_the_admin_and_cannot_be_made_up(page, channel, cast, client):
    address = cards.card(page, channel, timezone.now()).pictures[0][0]
    assert client.get(address).status_code == 302  # to the login
    client.force_login(cast.editor)
    assert client.get(address.replace("picture/", "picture/x")).status_code == 404
    assert client.get(reverse("approval:picture", args=["1:2"])).status_code == 404
    get_image_model().objects.all().delete()
    assert client.get(address).status_code == 404


def test_a_prosecutor_sees_the_picture_that_they_are_asked_to_approve_and_no_other(page, channel, cast, client):
    address = cards.card(page, channel, timezone.now()).pictures[0][0]
    client.force_login(cast.prosecutor)
    assert client.get(address).status_code == 200  # signed: somebody showed it to them
    assert client.get(reverse("approval:picture", args=["1:2"])).status_code == 404


def test_the_preview_shows_that_address(page, channel, cast, client):
    client.force_login(cast.editor)
    people.submit(page, by=cast.writer)
    html = client.get(reverse("approval:look", args=[page.pk])).content.decode()
    [address] = re.findall(r'<img src="([^"]*/approval/picture/[^"]*)"', html)
    assert client.get(address).status_code == 200


def moving():
    frames = [Picture.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    return encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], duration=100)


def test_what_cannot_be_carried_is_said_before_approval_and_never_frozen(page, channel, cast):
    page.social_image = library(moving(), "film.webp")
    page.save_revision(user=cast.writer)
    card = cards.card(page, channel, timezone.now())
    assert card.pictures == () and card.message.media == ()
    assert any("moves" in sentence for sentence in card.stops)
    [found] = [item for item in rendering.problems(page, timezone.now()) if "moves" in item.sentence]
    assert found.field == "social_image"
    submitted = people.submit(page, by=cast.writer)
    assert "moves" in approval.obstacle(submitted, cast.editor)
    with pytest.raises(PermissionDenied, match="moves"):
        people.approve(submitted, by=cast.editor)
    assert not Delivery.objects.exists()


@pytest.mark.parametrize(("make", "comes_in"), [(moving, False), (lambda: encoded(logo(), "WEBP"), True)])
def test_what_moves_does_not_come_into_the_library(cast, client, make, comes_in):
    client.force_login(cast.writer)
    upload = ImageFile(io.BytesIO(make()), name="film.webp")
    sent = {"title": "Film", "files[]": upload, "collection": 1}
    answer = client.post(reverse("wagtailimages:add_multiple"), sent).json()
    assert answer["success"] is comes_in
    with override("da"):
        assert comes_in or str(pictures.MOVES) in answer["error_message"]


def test_channels_that_take_the_same_share_the_work(page, monkeypatch):
    made = []
    monkeypatch.setattr(carrying.pictures, "carry", lambda *args: made.append(args) or SimpleNamespace(**vars(CARRIED)))
    carrying._made.cache_clear()
    for characters in (280, 500):
        carrying.measure(page.social_image, "En gade", Limits(images=4, characters=characters), None)
    assert len(made) == 1


CARRIED = SimpleNamespace(content=b"1", mime="image/png", width=1, height=1)
