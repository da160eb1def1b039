"""Images and documents: what a live page shows is public, all else is for staff, and originals are nobody else's."""

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex

from campaigns.models import Placement
from cms.models import Story, Variant
from publishing.models import Channel
from tests.newsroom import picture


@pytest.fixture
def image(newsroom):
    return picture()


def addresses(client, page):
    client.get(page.url)  # makes the sizes
    return [rendition.url for rendition in page.social_image.renditions.all()]


def status(client, address):
    return client.get(address).status_code


def test_the_sizes_that_a_live_page_shows_are_public_and_the_original_is_not(newsroom, image, client):
    page = newsroom.publish(social_image=image, social_image_alt="Et torv.")
    shown = addresses(client, page)
    assert len(shown) >= 3
    for address in shown:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("image/")
        assert "public" in answer.headers["Cache-Control"]
        assert not answer.cookies
        again = client.get(address, headers={"If-Modified-Since": answer.headers["Last-Modified"]})
        assert again.status_code == 304
    assert status(client, image.file.url) == 404


def test_before_approval_and_after_the_take_down_they_are_not(newsroom, image, client):
    page = newsroom.approved(social_image=image, social_image_alt="Et torv.")
    address = image.get_rendition("width-480|format-webp").url
    assert status(client, address) == 404
    page = newsroom.send(page)
    assert status(client, address) == 200
    newsroom.take_down(page)
    assert status(client, address) == 404


def test_a_newer_draft_neither_shows_its_image_nor_hides_the_approved_one(newsroom, image, client):
    page = newsroom.publish(social_image=image, social_image_alt="Et torv.")
    shown = addresses(client, page)
    secret = picture("ny.png", "red")
    newsroom.change(page, social_image=secret, social_image_alt="Nyt.")
    assert status(client, secret.get_rendition("width-480|format-webp").url) == 404
    assert {status(client, address) for address in shown} == {200}


def test_an_image_in_the_text_is_public_with_the_page(newsroom, image, client):
    address = image.get_rendition("width-480|format-webp").url
    page = newsroom.approved(body=[("image", {"image": image, "caption": "Torvet"})])
    assert status(client, address) == 404
    newsroom.send(page)
    assert status(client, address) == 200


def test_an_image_for_another_channel_is_not_public_because_the_page_is(newsroom, image, client):
    page = newsroom.draft()
    channel = Channel.objects.create(kind="dry_run", name="X", slug="x", dry_run=True)
    page.variants = [Variant(channel=channel, image=image, image_alt="Et torv.")]
    page.save_revision(user=newsroom.cast.writer)
    Placement.objects.create(page=page, channel=newsroom.website, due_at="2090-01-01T09:00Z")
    newsroom.send(newsroom.approve(Story.objects.get()))
    assert ReferenceIndex.get_references_to(image).exists()
    assert status(client, image.get_rendition("width-480|format-webp").url) == 404


def test_staff_sees_what_they_work_with_and_nobody_may_keep_it(newsroom, image):
    client = Client()
    address = image.get_rendition("max-165x165").url
    client.force_login(newsroom.cast.writer)
    for path in (address, image.file.url):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
    client.force_login(newsroom.cast.outsider)
    assert status(client, address) == 404


def test_no_path_leads_out_of_the_media_folder(newsroom):
    client = Client()
    client.force_login(newsroom.cast.admin)
    for path in ("../settings.py", "..%2f..%2fcms/settings.py", "images/../../db", "documents/", "images/"):
        assert status(client, f"/media/{path}") in (400, 404), path


def test_a_file_that_is_gone_from_the_disk_spoils_no_page(newsroom, image, client):
    page = newsroom.publish(social_image=image, social_image_alt="Et torv.")
    image.file.storage.delete(image.file.name)
    for address in (page.url, "/", "/feeds/rss.xml", "/feeds/feed.json"):
        assert status(client, address) == 200, address


def test_nginx_is_told_to_send_it_when_there_is_one(newsroom, image, client, settings):
    settings.MEDIA_ACCEL_PREFIX = "/internal/"
    page = newsroom.publish(social_image=image, social_image_alt="Et torv.")
    address = addresses(client, page)[0]
    answer = client.get(address)
    assert answer.headers["X-Accel-Redirect"] == "/internal/" + address.removeprefix("/media/")
    assert answer.content == b""
    assert status(client, image.file.url) == 404


@pytest.fixture
def document(newsroom):
    return get_document_model().objects.create(title="Notat", file=ContentFile(b"hemmeligt", name="notat.txt"))


def test_documents_are_for_staff_until_a_live_page_refers_to_them(newsroom, document, client):
    page = newsroom.publish()
    assert status(client, document.url) == 404
    assert status(client, f"/media/{document.file.name}") == 404
    client.force_login(newsroom.cast.writer)
    assert status(client, document.url) == 200
    assert status(client, f"/media/{document.file.name}") == 404
    client.logout()
    refer(page, document)
    assert status(client, document.url) == 200
    newsroom.take_down(page)
    assert status(client, document.url) == 404


def refer(page, document):
    """As the index would have it if the text had a link to a document."""
    types = ReferenceIndex._get_base_content_type
    ReferenceIndex.objects.create(
        base_content_type=types(page),
        content_type=types(page),
        object_id=page.pk,
        to_content_type=types(document),
        to_object_id=document.pk,
        model_path="body.paragraph",
        content_path="body.1",
        content_path_hash=ReferenceIndex._get_content_path_hash("body.1"),
    )
