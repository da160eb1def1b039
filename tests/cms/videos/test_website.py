"""On the website a video is there while a live page shows it, as it was approved, and for nobody before or after."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from cms import glass
from cms.models import Video
from publishing.models import Channel
from tests import mp4
from tests.cms.videos.films import VTT, film
from tests.newsroom import Newsroom, picture


@pytest.fixture
def newsroom(cast):
    return Newsroom(cast)


@pytest.fixture
def page(newsroom):
    return newsroom.publish(video=film(), social_image=picture(), social_image_alt="Et torv.")


def addresses(client, page):
    """Of the video, its captions and its poster, as a reader's browser finds them."""
    html = client.get(page.url).content.decode()
    found = [
        re.search(rf'{start}="(/media/film/[^"]+)"', html)
        for start in ("<source src", '<track kind="captions" src', "poster")
    ]
    return [match[1] for match in found]


def test_a_reader_plays_it_with_captions_or_reads_it(page, client):
    html = client.get(page.url).content.decode()
    assert 'preload="none"' in html and 'width="64" height="48"' in html
    assert 'srclang="da" label="Dansk" default' in html
    assert "Husk lygterne." in html  # what is said, to read
    assert "En cykel uden lys." in html
    film, captions, poster = addresses(client, page)
    part = client.get(film, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert part.headers["Content-Type"] == "video/mp4"
    assert "public" in part.headers["Cache-Control"]
    assert client.get(captions).headers["Content-Type"].startswith("text/vtt")
    assert client.get(captions).content.decode() == page.video.captions
    assert client.get(poster).headers["Content-Type"] == "image/jpeg"
    assert "media-src 'self'" in client.get(page.url).headers["Content-Security-Policy"]


def test_before_its_minute_and_after_the_take_down_there_is_nothing(newsroom, client):
    page = newsroom.approved(video=film(), social_image=picture(), social_image_alt="Et torv.")
    page = newsroom.send(page)
    known = addresses(client, page)
    assert {client.get(address).status_code for address in known} == {200}
    newsroom.take_down(page)
    assert {client.get(address).status_code for address in known} == {404}


def test_a_page_that_is_only_approved_shows_nothing(newsroom, client):
    page = newsroom.approved(video=film())
    name = f"{page.video.sha256[:16]}.mp4"
    assert client.get(f"/media/film/{page.pk}/{name}").status_code == 404
    newsroom.send(page)
    assert client.get(f"/media/film/{page.pk}/{name}").status_code == 200


def test_a_change_in_the_library_does_not_reach_the_live_page(page, client):
    before = addresses(client, page)
    video = Video.objects.get()
    video.file = mp4.as_file(turned=True)
    video.save()
    Video.objects.update(captions=VTT.replace("Husk", "Glem"))
    assert addresses(client, page) == before
    assert "Glem" not in client.get(page.url).content.decode()
    assert "Husk" in client.get(before[1]).content.decode()
    assert client.get(f"/media/film/{page.pk}/{Video.objects.get().sha256[:16]}.mp4").status_code == 404


def test_a_newer_draft_neither_shows_its_video_nor_hides_the_approved_one(newsroom, page, client):
    before = addresses(client, page)
    other = film(data=mp4.movie(turned=True))
    newsroom.change(page, video=other)
    assert addresses(client, page) == before
    assert {client.get(address).status_code for address in before} == {200}
    assert client.get(f"/media/film/{page.pk}/{other.sha256[:16]}.mp4").status_code == 404
    assert client.get(other.file.url).status_code == 404


def test_it_is_not_deleted_from_the_library_while_a_page_shows_it(newsroom, page, client):
    video = Video.objects.get()
    client.force_login(newsroom.cast.admin)
    address = reverse("wagtailsnippets_cms_video:delete", args=[video.pk])
    response = client.post(address, follow=True)
    assert "is on the website" in response.content.decode()
    with pytest.raises(PermissionDenied, match="is on the website"), transaction.atomic():
        video.delete()
    newsroom.take_down(page)
    client.post(address)
    assert not Video.objects.exists()


def test_nginx_is_told_to_send_it_when_there_is_one(page, client, settings):
    address = addresses(client, page)[0]
    settings.OUTBOX_ACCEL_PREFIX = "/intern-outbox/"
    assert client.get(address).headers["X-Accel-Redirect"] == f"/intern-outbox/{page.video.sha256}"


def test_what_was_changed_on_the_disk_is_not_shown(page, client):
    from django.core.files.storage import storages

    address = addresses(client, page)[0]
    with open(storages["outbox"].path(page.video.sha256), "ab") as file:
        file.write(b"more")
    assert client.get(address).status_code == 404


def test_what_goes_elsewhere_without_approval_takes_no_video_from_the_page(newsroom, page, client):
    before = addresses(client, page)
    Video.objects.update(captions=VTT.replace("Husk", "Glem"))
    other = Channel.objects.create(kind="dry_run", name="Nu", slug="nu")
    glass.break_glass(page, by=newsroom.cast.duty, reason="Haster", channels=[other])
    assert addresses(client, page) == before


def test_the_same_text_approved_anew_shows_the_other_video_when_it_is_sent_and_not_before(newsroom, page, client):
    before = addresses(client, page)
    video = Video.objects.get()
    video.file = mp4.as_file(turned=True)
    video.save()
    page = newsroom.approve(page)
    assert addresses(client, page) == before
    page = newsroom.send(page)
    assert addresses(client, page)[0] != before[0]
