"""C-08: place, time, owner and device do not stay in a video, and what is seen and heard stays where it was."""

import io

import pytest

from cms import videos
from tests import mp4


def cleaned(data):
    output = io.BytesIO()
    facts = videos.clean(io.BytesIO(data), output)
    return output.getvalue(), facts


@pytest.mark.parametrize("options", [{}, {"long": True}, {"sound": False}, {"brand": b"qt  ", "further": False}])
def test_nothing_of_the_camera_stays_and_picture_and_sound_do(options):
    before = mp4.movie(**options)
    after, facts = cleaned(before)
    assert any(secret in before for secret in mp4.SECRETS)
    assert not [secret for secret in mp4.SECRETS if secret in after]
    assert mp4.TAKEN.to_bytes(4, "big") not in after
    assert len(after) == len(before)  # nothing moves, so every offset holds
    assert before.index(b"".join(mp4.PICTURE)) == after.index(b"".join(mp4.PICTURE))
    if options.get("sound", True):
        assert before.index(b"".join(mp4.SOUND)) == after.index(b"".join(mp4.SOUND))
    assert videos.facts(io.BytesIO(after)) == facts


def test_what_is_clean_stays_as_it_is():
    once, _facts = cleaned(mp4.movie())
    twice, _facts = cleaned(once)
    assert once == twice


def test_a_video_filmed_upright_is_upright():
    assert cleaned(mp4.movie())[1] == videos.Facts("video/mp4", 64, 48, 2000, True)
    assert cleaned(mp4.movie(turned=True, sound=False))[1] == videos.Facts("video/mp4", 48, 64, 2000, False)


def test_it_says_whether_it_is_mp4_or_quicktime():
    assert cleaned(mp4.movie(brand=b"qt  "))[1].mime == "video/quicktime"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"codec": b"hvc1"}, "HEVC (H.265)"),
        ({"codec": b"apcn"}, "ProRes"),
        ({"profile": 110}, "8 bit"),
        ({"sound_codec": b"ac-3"}, "AAC"),
        ({"sound_kind": 0x6B}, "AAC"),
        ({"fragments": True}, "fragments"),
        ({"second_picture": True}, "more than one picture"),
    ],
)
def test_what_not_every_browser_plays_is_refused_with_what_to_do(options, said):
    with pytest.raises(videos.Refused, match=said.replace("(", r"\(").replace(")", r"\)")):
        videos.facts(mp4.file(**options))


@pytest.mark.parametrize("data", [b"", b"RIFF....AVI LIST", b"\x1a\x45\xdf\xa3webm" * 9, b"<html>no</html>" * 9])
def test_what_is_no_video_is_refused(data):
    with pytest.raises(videos.Refused, match="no MP4"):
        videos.facts(io.BytesIO(data))


def test_a_file_without_a_moving_picture_is_refused():
    with pytest.raises(videos.Refused, match="moving picture"):
        videos.facts(mp4.file(codec=b"jpeg"))


def test_whatever_is_cut_off_is_refused_and_never_a_crash():
    whole = mp4.movie()
    for end in range(12, len(whole) - 30, 7):
        with pytest.raises(videos.Refused):
            cleaned(whole[:end])


def test_a_description_that_lies_is_refused_or_understood_and_never_a_crash():
    whole = mp4.movie()
    start = whole.index(b"moov")
    for at in range(start, len(whole) - 30, 5):
        damaged = whole[:at] + b"\xff" + whole[at + 1 :]
        try:
            after, _facts = cleaned(damaged)
        except videos.Refused:
            continue
        assert len(after) == len(damaged)
