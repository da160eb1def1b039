"""Content with a video: what each channel carries of it, what is approved, and what is noticed afterwards."""

import io

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.urls import reverse
from django.utils import timezone

from cms import approval, cards, carrying, composing, fingerprints, guards, publication, rendering, rules, versions
from cms.measures import quality
from cms.models import Approval, Story, Variant, Video
from publishing.models import Channel, Delivery
from tests import cast as people
from tests import mp4
from tests.cms.videos.films import VTT, film
from tests.newsroom import Newsroom, picture


@pytest.fixture
def newsroom(cast):
    return Newsroom(cast)


@pytest.fixture
def channel(db):
    return Channel.objects.create(kind="dry_run", name="X", slug="x", dry_run=True)


@pytest.fixture
def silent(db):
    """Takes no video."""
    return Channel.objects.create(kind="webhook", name="Intranet", slug="intranet", dry_run=True)


def look(page, channel):
    return rendering.render(page, channel, freezing=carrying.measure)


def test_the_video_goes_instead_of_the_images_and_the_image_is_its_poster(newsroom, channel):
    page = newsroom.draft(video=film(), social_image=picture(), social_image_alt="Et torv.")
    message = look(page, channel)
    assert message.media == ()
    assert (message.video.width, message.video.height, message.video.milliseconds) == (64, 48, 2000)
    assert message.video.captions == page.video.captions
    assert message.video.poster.alt == "Et torv."
    assert message.video.poster.width / message.video.poster.height == pytest.approx(64 / 48, abs=0.01)
    assert not list(rendering.problems_on(page, channel, timezone.now()))


def test_on_one_channel_the_images_go_instead(newsroom, channel):
    page = newsroom.draft(video=film(), social_image=picture(), social_image_alt="Et torv.")
    page.variants = [Variant(channel=channel, without_video=True)]
    message = look(page, channel)
    assert message.video is None
    assert [media.alt for media in message.media] == ["Et torv."]


def test_a_channel_that_takes_none_says_so_with_a_button_that_leaves_it_out(newsroom, silent):
    page = newsroom.draft(video=film())
    assert ("video", "Intranet: This channel takes no video. Leave it out here.") in rendering.problems_on(
        page, silent, timezone.now()
    )
    card = cards.card(page, silent, timezone.now())
    assert "no-video" in [remedy.do for remedy in composing.help_for(page, card).remedies]
    page.variants = [Variant(channel=silent, without_video=True)]
    assert not [field for field, _ in rendering.problems_on(page, silent, timezone.now()) if field == "video"]


def test_what_is_approved_is_kept_byte_for_byte_and_sent(newsroom, channel):
    video = film()
    page = newsroom.draft(video=video)
    looked = look(page, channel)
    assert not storages["outbox"].exists(video.sha256)  # looking copies nothing
    people.place(page, channel)
    newsroom.approve(page)
    message = Delivery.objects.get().message
    assert message.video == looked.video
    with video.file.open() as file:
        assert b"".join(message.video.blocks()) == file.read()


def test_a_later_change_in_the_library_changes_nothing_that_was_approved_and_asks_for_a_new_approval(newsroom):
    page = newsroom.approved(video=film())
    before = Delivery.objects.get()
    assert approval.current(page) is not None and guards.same_files(before) is None
    Video.objects.update(captions=VTT.replace("Husk", "Glem"))
    assert approval.current(page) is None
    assert guards.same_files(before).reason.startswith("A picture or a video was changed")
    assert "Husk" in Delivery.objects.get().message.video.captions


@pytest.mark.parametrize("change", [{"description": "Andet."}, {"in_picture": True}, {"sha256": "0" * 64}])
def test_every_part_of_it_is_watched(newsroom, change):
    page = newsroom.draft(video=film())
    before = fingerprints.files(page)
    assert list(before) == [f"cms.Video:{page.video_id}"]
    Video.objects.update(**change)
    assert fingerprints.files_now(before) != before


def test_content_without_a_video_says_what_it_said_before_there_were_any(newsroom):
    revision = newsroom.draft().get_latest_revision()
    before = fingerprints.fingerprint(revision)
    assert revision.content.pop("video") is None
    assert fingerprints.fingerprint(revision) == before


def test_a_file_that_is_another_than_it_was_is_not_approved(newsroom, channel):
    video = film()
    page = newsroom.draft(video=video)
    people.place(page, channel)
    storage = video.file.storage
    storage.delete(video.file.name)
    storage.save(video.file.name, ContentFile(mp4.movie(turned=True)))
    submitted = people.submit(page, by=newsroom.cast.writer)
    with pytest.raises(PermissionDenied, match="another one"):
        people.approve(submitted, by=newsroom.cast.editor)
    assert not Approval.objects.exists()


def test_what_a_killed_process_left_half_written_is_written_anew(newsroom, channel):
    video = film()
    storages["outbox"].save(video.sha256, ContentFile(b"half"))
    page = newsroom.draft(video=video)
    people.place(page, channel)
    newsroom.approve(page)
    assert Delivery.objects.get().message.video.part(4, 4) == b"ftyp"


def test_the_rules_read_what_is_said_in_it(newsroom):
    page = newsroom.draft(video=film(captions=VTT.replace("Husk lygterne", "Ring til 010190-1234")))
    assert "C-01" in [found.finding.check for found in publication.findings(page)]


def test_without_captions_nothing_goes_out_unless_nothing_is_said(newsroom):
    page = newsroom.draft(video=film(captions="", speechless=True))
    assert "C-41" not in [found.finding.check for found in publication.findings(page)]
    page.video.speechless = False  # as no row of the library can be
    assert "C-41" in [found.finding.check for found in publication.stops(page)]


def test_the_rule_is_about_captions_alone():
    silent = rules.Context(kind=rules.Kind.CAPTIONS)
    assert [finding.check for finding in rules.check("", silent)] == ["C-41"]
    assert not rules.check("Husk lygterne.", silent)
    assert "C-41" not in [finding.check for finding in rules.check("", rules.Context())]


def test_the_version_in_another_language_has_it_too(newsroom):
    page = newsroom.draft(video=film())
    version = versions.begin(page, "en", by=newsroom.cast.editor)
    assert version.video == page.video


def test_the_measure_counts_videos_with_captions(newsroom, channel):
    from campaigns.coverage import Period

    today = timezone.localdate()
    page = newsroom.draft(video=film())
    people.place(page, newsroom.website)
    people.place(page, channel)
    newsroom.send(newsroom.approve(page))
    figures = {figure.key: figure for figure in quality.figures(Period(today, today), timezone.now())}
    found = figures["quality_captions"]
    assert (found.value, found.of) == (1, 1)


def test_a_card_shows_it_to_whoever_writes_and_what_was_frozen_to_whoever_looks_back(newsroom, channel, client):
    page = newsroom.draft(video=film())
    people.place(page, channel)
    card = cards.card(page, channel, timezone.now())
    assert card.film.address == page.video.file.url
    client.force_login(newsroom.cast.writer)
    assert client.get(card.film.track).content.decode() == page.video.captions
    newsroom.approve(page)
    Video.objects.all().delete()
    back = cards.of_message(channel, Delivery.objects.get().message)
    client.force_login(newsroom.cast.editor)
    part = client.get(back.film.address, headers={"Range": "bytes=4-7"})
    assert (part.status_code, b"".join(part.streaming_content)) == (206, b"ftyp")
    assert client.get(back.film.address.replace("/film/", "/film/x")).status_code == 404


def test_the_delivery_shows_it_to_whoever_may_see_it(newsroom, channel, client):
    page = newsroom.draft(video=film())
    people.place(page, channel)
    newsroom.approve(page)
    delivery = Delivery.objects.get()
    address = reverse("publishing_desk:delivery", args=[delivery.pk])
    client.force_login(newsroom.cast.editor)
    assert "<video controls" in client.get(address).content.decode()
    assert b"".join(client.get(f"{address}video/", headers={"Range": "bytes=4-7"}).streaming_content) == b"ftyp"
    assert client.get(f"{address}captions/").content.decode() == delivery.message.video.captions
    assert client.get(f"{address}poster/").status_code == 404  # it has none
    client.force_login(newsroom.cast.outsider)
    assert client.get(f"{address}video/").status_code != 200


def test_the_package_for_the_archive_has_the_video_and_its_captions(newsroom, channel):
    import zipfile

    from cms.after.exporting.packing import Package

    page = newsroom.draft(video=film())
    people.place(page, channel)
    newsroom.approve(page)
    output = io.BytesIO()
    package = Package(output, "Prøve", timezone.now())
    package.add_item(page.pk)
    package.close()
    found = zipfile.ZipFile(output)
    stem = f"medier/{page.video.sha256[:16]}"
    name = next(name for name in found.namelist() if name.endswith(f"{stem}.mp4"))
    with page.video.file.open() as file:
        assert found.read(name) == file.read()
    assert found.read(name.replace(".mp4", ".vtt")).decode() == page.video.captions
    assert Story.objects.count() == 1
