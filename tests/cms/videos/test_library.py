"""The library of videos: what comes in, who may add and change, and what is said when something is wrong."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from cms import videos
from cms.models import Video
from publishing.models import EvidenceRecord
from publishing.video import digest
from tests import mp4
from tests.cms.videos.films import VTT, film
from tests.newsroom import picture

ADD = "wagtailsnippets_cms_video:add"
DELETE = "wagtailsnippets_cms_video:delete"
EDIT = "wagtailsnippets_cms_video:edit"
INDEX = "wagtailsnippets_cms_video:list"


@pytest.fixture
def writer(cast):
    client = Client()
    client.force_login(cast.writer)
    return client


def form(data=None, **changes):
    file = SimpleUploadedFile("Hemmelig gade.MOV", data if data is not None else mp4.movie(), "video/mp4")
    given = {"title": "Lygter", "file": file, "description": "En cykel uden lys.", "captions": VTT}
    return {**given, "captions_language": "da", "poster": "", **changes}


def said(response):
    return {name: " ".join(errors) for name, errors in response.context["form"].errors.items()}


def test_a_writer_adds_one_and_nothing_of_the_camera_stays(writer, cast):
    response = writer.post(reverse(ADD), form())
    assert response.status_code == 302, said(response)
    video = Video.objects.get()
    assert (video.width, video.height, video.milliseconds, video.mime) == (64, 48, 2000, "video/mp4")
    assert video.uploaded_by_user == cast.writer
    assert video.file.name.startswith("videos/hemmelig-gade") and video.file.name.endswith(".mp4")
    with video.file.open() as file:
        content = file.read()
    assert not [secret for secret in mp4.SECRETS if secret in content]
    assert (video.sha256, video.size) == digest(io.BytesIO(content))
    assert video.captions.startswith("WEBVTT\n\n00:00:00.200")
    assert EvidenceRecord.objects.filter(kind="video.cleaned", subject=f"video:{video.sha256}").count() == 1


def test_captions_from_a_file_replace_what_stands_there(writer):
    srt = SimpleUploadedFile("lygter.srt", "1\n00:00:00,500 --> 00:00:01,000\nFra fil\n".encode("cp1252"))
    writer.post(reverse(ADD), form(captions_file=srt))
    assert Video.objects.get().transcript == ["Fra fil"]


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"data": b"no video at all"}, "file", "no MP4"),
        ({"data": mp4.movie(codec=b"hvc1")}, "file", "HEVC"),
        ({"captions": ""}, "captions", "tick that nothing is said"),
        ({"captions": "WEBVTT\n\nHusk lygterne"}, "captions", "Line 3: "),
        ({"captions": "WEBVTT\n\n00:07.000 --> 00:08.000\nHusk"}, "captions", "after the video has ended"),
        ({"captions_file": SimpleUploadedFile("a.srt", b"1\nno time\n")}, "captions_file", "Line 1: "),
        ({"speechless": "on"}, "speechless", "something is said"),
        ({"description": ""}, "description", "required"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(writer, changes, field, words):
    assert words in said(writer.post(reverse(ADD), form(**changes)))[field]
    assert not Video.objects.exists()


def test_only_sentences_are_said_whatever_else_is_wrong(writer):
    wrong = {"captions": "", "captions_file": SimpleUploadedFile("a.srt", b"1\nno time\n"), "title": ""}
    assert set(said(writer.post(reverse(ADD), form(**wrong)))) == {"captions_file", "title"}
    found = said(writer.post(reverse(ADD), form(captions="", title="")))
    assert set(found) == {"captions", "title"} and found["captions"].startswith("Add captions")


def test_a_file_may_not_be_too_large(writer, settings):
    settings.VIDEO_MAX_MB = 1
    large = mp4.movie() + bytes(1_000_000)
    assert "larger than 1 MB" in said(writer.post(reverse(ADD), form(large)))["file"]


@pytest.mark.parametrize("tick", ["speechless", "in_picture"])
def test_without_captions_somebody_says_why(writer, tick):
    writer.post(reverse(ADD), form(captions="", **{tick: "on"}))
    assert getattr(Video.objects.get(), tick)


def test_the_database_holds_that_no_video_is_without_its_words(db):
    video = film()
    with pytest.raises(IntegrityError), transaction.atomic():
        Video.objects.filter(pk=video.pk).update(captions="")


def test_a_new_file_replaces_the_old_and_goes_with_its_row(writer, cast, django_capture_on_commit_callbacks):
    video = film(by=cast.writer)
    before, storage = video.file.name, video.file.storage
    with django_capture_on_commit_callbacks(execute=True):
        assert writer.post(reverse(EDIT, args=[video.pk]), form(mp4.movie(turned=True))).status_code == 302
    video.refresh_from_db()
    after = video.file.name
    assert (video.width, video.height) == (48, 64)
    assert storage.exists(after) and not storage.exists(before)
    with django_capture_on_commit_callbacks(execute=True):
        writer.post(reverse(DELETE, args=[video.pk]))
    assert not storage.exists(after)


def test_words_are_changed_without_a_new_file(writer, cast):
    video = film(by=cast.writer)
    data = form(title="Lygter igen")
    del data["file"]
    assert writer.post(reverse(EDIT, args=[video.pk]), data).status_code == 302
    after = Video.objects.get()
    assert (after.title, after.sha256, after.file.name) == ("Lygter igen", video.sha256, video.file.name)


def test_whoever_adds_changes_their_own_and_no_others(writer, cast):
    video = film(by=cast.editor)
    home = reverse("wagtailadmin_home")  # where Wagtail says it
    for address in (reverse(EDIT, args=[video.pk]), reverse(DELETE, args=[video.pk])):
        assert writer.get(address).headers["Location"] == home
        assert writer.post(address, form()).headers["Location"] == home
    assert Video.objects.get().title == video.title
    assert reverse(EDIT, args=[video.pk]) not in writer.get(reverse(INDEX)).content.decode()


def test_whoever_writes_uploads_one_where_it_is_chosen(writer, cast):
    chooser = Video.snippet_viewset.chooser_viewset
    shown = writer.get(reverse(chooser.get_url_name("choose"))).json()["html"]
    assert 'enctype="multipart/form-data"' in shown and "captions_file" in shown
    refused = writer.post(reverse(chooser.get_url_name("create")), form(captions="")).json()
    assert refused["step"] != "chosen" and "tick that nothing is said" in refused["htmlFragment"]
    assert writer.post(reverse(chooser.get_url_name("create")), form()).json()["step"] == "chosen"
    assert Video.objects.get().uploaded_by_user == cast.writer


@pytest.mark.parametrize("part", ["choose", "choose_results"])
def test_whoever_chooses_one_sees_its_picture(writer, cast, part):
    film(by=cast.writer, poster=picture())
    film(by=cast.writer, title="Uden")
    answer = writer.get(reverse(Video.snippet_viewset.chooser_viewset.get_url_name(part)))
    html = answer.json()["html"] if part == "choose" else answer.content.decode()
    assert html.count("<img") == 1
    assert "/media/images/torv" in html


def test_who_has_no_business_here_is_not_let_in(cast):
    for person in (cast.outsider, cast.legal, cast.prosecutor):
        client = Client()
        client.force_login(person)
        assert client.get(reverse(ADD)).status_code in (302, 403, 404)
        assert client.post(reverse(ADD), form()).status_code in (302, 403, 404)
    assert not Video.objects.exists()


def test_staff_see_the_file_part_by_part_and_nobody_else_does(writer, cast, client):
    video = film(by=cast.writer)
    part = writer.get(video.file.url, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert part.headers["Content-Range"] == f"bytes 4-7/{video.size}"
    assert "no-store" in part.headers["Cache-Control"]
    assert client.get(video.file.url).status_code == 404


def test_the_list_and_the_form_show_it(writer, cast):
    film(by=cast.writer)
    assert "0:02" in writer.get(reverse(INDEX)).content.decode()
    page = writer.get(reverse(EDIT, args=[Video.objects.get().pk])).content.decode()
    assert "<video controls" in page


def test_also_by_hand_nothing_comes_in_that_is_refused(db):
    with pytest.raises(videos.Refused):
        film(data=b"no video at all")


def test_a_collection_is_not_deleted_with_the_videos_in_it(cast, client):
    """Wagtail counts its own images and documents only, and deletes the rest along."""
    collection = Collection.get_first_root_node().add_child(name="Trafik")
    video = film()
    Video.objects.filter(pk=video.pk).update(collection=collection)
    client.force_login(cast.admin)
    address = reverse("wagtailadmin_collections:delete", args=[collection.pk])
    assert "1 video" in client.get(address).content.decode()
    assert client.post(address).status_code == 403
    assert Video.objects.filter(pk=video.pk).exists()
    assert Collection.objects.filter(pk=collection.pk).exists()
