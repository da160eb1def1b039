"""What a live page shows of an image is what was approved, whatever becomes of it in the library; nothing else goes."""

import io
import re
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.images import ImageFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from PIL import Image as Pixels
from wagtail.images import get_image_model

from cms import approval, glass, guards, statuses
from cms.models import MoreImage
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.newsroom import picture

NAVY, RED = (0, 0, 128), (255, 0, 0)


def drawn(colour):
    output = io.BytesIO()
    Pixels.new("RGB", (1700, 956), colour).save(output, "PNG")
    return output.getvalue()


def swap(image):
    """Another file under the same number, as Wagtail's form does it: the old one and its sizes are deleted."""
    image = get_image_model().objects.get(pk=image.pk)
    old = image.file
    image.file = ImageFile(io.BytesIO(drawn("red")), name="ny.png")
    image._set_image_file_metadata()
    image.save()
    old.storage.delete(old.name)
    image.renditions.all().delete()
    return image


def focus(image):
    image = get_image_model().objects.get(pk=image.pk)
    image.focal_point_x, image.focal_point_y, image.focal_point_width, image.focal_point_height = 1600, 900, 50, 50
    image.save()
    return image


def colours(client, address):
    """Of every image that somebody who opens this address is shown."""
    html = client.get(address).content.decode()
    shown = set(re.findall(r"(?:https?://[\w.:-]+)?(/media/images/[^\s\"'?<]+\.(?:jpe?g|webp|png))", html))
    found = set()
    for path in shown:
        answer = client.get(path)
        assert answer.status_code == 200, path
        with Pixels.open(io.BytesIO(b"".join(answer.streaming_content))) as seen:
            red, _green, blue = seen.convert("RGB").getpixel((10, 10))
            found.add(RED if red > blue else NAVY)
    return found


@pytest.fixture
def image(db):
    return picture()


@pytest.fixture
def page(newsroom, image):
    return newsroom.publish(
        social_image=image,
        social_image_alt="Et torv.",
        body=[("image", {"image": image, "caption": "Torvet"})],
        more_images=[MoreImage(image=image, alt="Torvet igen")],
    )


@pytest.mark.parametrize("where", ["the page", "/", "/feeds/rss.xml", "/feeds/feed.json", "/feeds/atom.xml"])
def test_another_file_in_the_library_does_not_reach_the_public(page, image, client, where):
    where = page.url if where == "the page" else where
    before = client.get(where).content.decode().count("/media/images/")
    assert colours(client, where) == {NAVY}
    swap(image)
    assert colours(client, where) == {NAVY}
    assert client.get(where).content.decode().count("/media/images/") == before


def test_the_words_for_who_does_not_see_it_stay(page, image, client):
    swap(image)
    html = client.get(page.url).content.decode()
    assert 'alt="Et torv."' in html
    assert 'alt="Torvet igen"' in html


def test_what_the_library_says_of_it_later_is_said_on_no_page(page, image, client):
    get_image_model().objects.update(title="Noget andet", description="Noget tredje.")
    assert approval.current(page) is not None
    assert "Noget" not in client.get(page.url).content.decode()


def test_what_must_be_seen_of_it_is_part_of_what_was_approved(page, image, client):
    before = re.findall(r"/media/images/[^\s\"]+fill-\S+", client.get("/").content.decode())
    page_before = client.get(page.url).content.decode()
    focus(image)
    after = re.findall(r"/media/images/[^\s\"]+fill-\S+", client.get("/").content.decode())
    assert len(after) == len(before)
    assert approval.current(page) is None
    assert client.get(page.url).content.decode().count("<source") == page_before.count("<source")
    assert not get_image_model().objects.get().renditions.exclude(focal_point_key="").exists()


def test_nobody_finds_the_new_file_by_its_name(page, image, client):
    new = swap(image).get_rendition("width-480|format-webp").url
    assert client.get(new).status_code == 404


def test_the_approval_is_out_of_date_and_nothing_planned_goes(newsroom, image, client):
    kanal = Channel.objects.create(kind="dry_run", name="Kanal", slug="kanal")
    page = newsroom.draft(social_image=image, social_image_alt="Et torv.")
    for channel in (kanal, newsroom.website):
        people.place(page, channel, due=timezone.now() + timedelta(hours=1))
    page = newsroom.approve(page)
    assert statuses.status_of(page).key == "planned"
    swap(image)
    assert approval.current(page) is None
    assert statuses.status_of(page).key == "changed"
    with translation.override("da"):
        said = {guards.same_files(delivery).reason for delivery in Delivery.objects.all()}
    assert said == {"Et billede eller en video er ændret efter godkendelsen: Det kræver en ny godkendelse."}


def test_a_new_approval_shows_the_new_one(newsroom, page, image, client):
    swap(image)
    newsroom.change(page, summary="Med et nyt billede.")
    page = newsroom.approve(type(page).objects.get(pk=page.pk))
    assert colours(client, page.url) == {NAVY}  # approved, and not on air yet
    page = newsroom.send(page)
    assert colours(client, page.url) == {RED}


def test_the_same_text_approved_anew_shows_the_new_one_when_it_is_sent_and_not_before(newsroom, page, image, client):
    swap(image)
    page = newsroom.approve(page)
    assert colours(client, page.url) == {NAVY}, "approved, and not on air yet"
    page = newsroom.send(page)
    assert colours(client, page.url) == {RED}
    assert Delivery.objects.filter(state="delivered").count() == 2
    page = newsroom.take_down(page)
    assert client.get(page.url).status_code == 410


def test_whoever_writes_sees_the_new_one_in_the_draft(newsroom, page, image, client):
    swap(image)
    latest = page.get_latest_revision_as_object()
    client.force_login(newsroom.cast.admin)
    html = latest.make_preview_request(preview_mode=latest.default_preview_mode).content.decode()
    assert "/media/images/ny." in html
    assert "/media/images/torv." not in html


def test_where_nothing_was_kept_the_page_shows_none(page, image, client):
    name = image.file.storage.save("original_images/uden-om.png", io.BytesIO(drawn("red")))
    get_image_model().objects.filter(pk=image.pk).update(file=name)
    assert colours(client, page.url) == set()
    assert "<figure" not in client.get(page.url).content.decode()


def test_it_is_not_deleted_from_the_library_while_a_page_shows_it(newsroom, page, image, client):
    swap(image)
    client.force_login(newsroom.cast.admin)
    with translation.override("en"):
        answer = client.post(reverse("wagtailimages:delete", args=[image.pk]), follow=True)
    assert page.title in answer.content.decode()
    with pytest.raises(PermissionDenied), transaction.atomic():
        image.delete()
    assert get_image_model().objects.filter(pk=image.pk).exists()
    newsroom.take_down(page)
    client.post(reverse("wagtailimages:delete", args=[image.pk]))
    assert not get_image_model().objects.filter(pk=image.pk).exists()


def test_whoever_replaces_it_is_told_what_the_page_goes_on_showing(newsroom, page, image, client):
    client.force_login(newsroom.cast.admin)
    new = ImageFile(io.BytesIO(drawn("red")), name="ny.png")
    form = {"title": "Torv", "file": new, "collection": image.collection_id, "tags": "", "description": ""}
    form |= {f"focal_point_{part}": "" for part in ("x", "y", "width", "height")}
    with translation.override("en"):
        answer = client.post(reverse("wagtailimages:edit", args=[image.pk]), form, follow=True)
    assert [one for one in answer.context["messages"] if page.title in str(one)]
    assert colours(client, page.url) == {NAVY}


def test_what_goes_elsewhere_without_approval_changes_neither_the_page_nor_what_is_planned(
    newsroom, page, image, client
):
    """A duty officer lets the new image go on one channel: nobody approved it for the others."""
    now, later = (
        Channel.objects.create(kind="dry_run", name=name, slug=name, config={"images": 4}) for name in ("nu", "senere")
    )
    people.place(page, later, due=timezone.now() + timedelta(hours=1))
    page = newsroom.approve(type(page).objects.get(pk=page.pk))
    page = newsroom.send(page)
    planned = Delivery.objects.get(channel=later)
    swap(image)
    glass.break_glass(page, by=newsroom.cast.duty, reason="Haster", channels=[now])
    planned.refresh_from_db()
    assert guards.same_files(planned) is not None
    assert guards.same_files(Delivery.objects.get(channel=now)) is None
    assert colours(client, page.url) == {NAVY}
