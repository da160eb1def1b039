"""What a message with a video promises: the very bytes, the same hash as ever without one, and captions."""

import io
from dataclasses import replace

import pytest
from django.core.files.storage import storages

from publishing.adapters import fitting_video
from publishing.adapters.limits import Limits
from publishing.errors import ChannelMisconfigured
from publishing.message import Media, Message, Video

CONTENT = bytes(range(256)) * 9000
CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\nHusk lys på cyklen.\n"
LIMITS = Limits(video=True, captions=True)


@pytest.fixture(autouse=True)
def outbox(settings, tmp_path):
    settings.STORAGES = {
        **settings.STORAGES,
        "outbox": {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def video():
    return Video.freeze(
        io.BytesIO(CONTENT),
        mime="video/mp4",
        width=640,
        height=360,
        milliseconds=2500,
        filename="lys.mp4",
        description="En cyklist tænder sin lygte.",
        captions=CAPTIONS,
        poster=Media("0" * 64, "image/jpeg", 3, 640, 360, "lys.jpg", "En cyklist"),
    )


def test_it_comes_back_equal_from_json_and_is_part_of_the_hash(video):
    message = Message(text="Hej", video=video)
    assert Message.from_json(message.to_json()) == message
    assert message.sha256() != Message(text="Hej").sha256()
    assert replace(message, video=replace(video, captions="")).sha256() != message.sha256()


def test_what_was_approved_before_there_was_video_keeps_its_hash():
    message = Message(text="Hej", language="da")
    assert message.sha256() == "52559fdba64cd0f693a15bc87dfdf4c410981de7a0b4b720890716379c24251b"
    assert "video" not in message.to_json()


def test_any_part_of_it_can_be_read(video):
    assert (video.part(0, 10), video.part(250, 20)) == (CONTENT[:10], CONTENT[250:270])
    assert video.part(len(CONTENT) - 3, 99) == CONTENT[-3:]
    assert b"".join(video.blocks()) == CONTENT


def test_what_was_changed_after_approval_is_not_read(video):
    video.part(0, 1)
    with open(storages["outbox"].path(video.sha256), "r+b") as file:
        file.write(b"x")
    with pytest.raises(ChannelMisconfigured, match="changed"):
        video.part(0, 1)
    storages["outbox"].delete(video.sha256)
    with pytest.raises(ChannelMisconfigured, match="missing"):
        video.blocks()


def codes(it, **limits):
    message = Message(text="", video=it)
    return [problem.code for problem in fitting_video.problems(message, replace(LIMITS, **limits))]


def test_what_does_not_fit_is_said_one_by_one(video):
    assert codes(video) == []
    assert codes(video, video=False) == ["video"]
    assert codes(video, video_types=("video/quicktime",)) == ["video_type"]
    assert codes(video, video_bytes=len(CONTENT) - 1) == ["video_bytes"]
    assert codes(video, video_seconds=(3, 140)) == ["video_seconds"]
    assert codes(video, video_seconds=(0.5, 2)) == ["video_seconds"]
    assert codes(video, video_ratio=(0.5, 1)) == ["video_ratio"]
    assert codes(video, video_pixels=640 * 359) == ["video_pixels"]
    assert codes(replace(video, description=" ")) == ["video_description"]
    assert codes(video, describes_video=True, alt_text=5) == ["video_description_too_long"]


def test_what_is_said_must_be_readable_on_every_channel(video):
    assert codes(replace(video, captions="")) == ["captions_missing"]
    assert codes(replace(video, captions="WEBVTT\n\nNOTE intet\n")) == ["captions_missing"]
    assert codes(video, captions=False) == ["captions"]
    assert codes(replace(video, captions="", speechless=True), captions=False) == []
    assert codes(replace(video, captions="", in_picture=True), captions=False) == []


def test_images_do_not_go_beside_it(video):
    found = fitting_video.problems(Message(text="", video=video, media=(video.poster,)), LIMITS)
    assert [problem.code for problem in found] == ["video_images"]
