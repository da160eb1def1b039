"""Does the video of a message fit a channel? What all kinds share. Pure."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from publishing.adapters import subtitles
from publishing.adapters.limits import Limits, Problem
from publishing.errors import Words
from publishing.message import Message, Video

ROUNDED = 0.005  # of a ratio: sides are whole pixels


def problems(message: Message, limits: Limits) -> Iterator[Problem]:
    """Everything in which it exceeds the limits; nothing for a message without a video."""
    video = message.video
    if video is None:
        return
    if not limits.video:
        yield Problem("video", _("This channel takes no video. Leave it out here."), "video")
        return
    if message.media:
        yield Problem("video", _("Images and a video cannot go together here. Choose one of them."), "video_images")
    yield from _of_the_file(video, limits)
    yield from _of_the_words(video, limits)


def differences(video: Video, descriptions: Sequence[str | None]) -> Iterator[Words]:
    """In what the video of a post that was read back is not as it was sent: what is there, and how it is described."""
    if len(descriptions) != 1:
        yield _("The video is not there.")
    elif (descriptions[0] or "").strip() != video.description.strip():
        yield _("The description of the video is missing or differs.")


def _of_the_file(video: Video, limits: Limits) -> Iterator[Problem]:
    if limits.video_types and video.mime not in limits.video_types:
        yield Problem("video", _("Videos of this type are not taken. Choose another one."), "video_type")
    if limits.video_bytes is not None and video.size > limits.video_bytes:
        sentence = _("The video is too large: there is room for %(size)s MB.")
        yield Problem("video", sentence % {"size": limits.video_bytes // 1_000_000}, "video_bytes")
    if limits.video_pixels is not None and video.width * video.height > limits.video_pixels:
        yield Problem("video", _("The picture of the video is too large. Choose a smaller one."), "video_pixels")
    if limits.video_seconds is not None:
        shortest, longest = limits.video_seconds
        if not shortest <= video.seconds <= longest:
            sentence = _("The video must take from %(shortest)s to %(longest)s seconds here.")
            seconds = {"shortest": f"{shortest:g}", "longest": f"{longest:g}"}
            yield Problem("video", sentence % seconds, "video_seconds")
    if limits.video_ratio is not None:
        narrowest, widest = limits.video_ratio
        if not narrowest - ROUNDED <= video.width / max(1, video.height) <= widest + ROUNDED:
            yield Problem("video", _("The video is too narrow or too wide for this channel."), "video_ratio")


def _of_the_words(video: Video, limits: Limits) -> Iterator[Problem]:
    if not video.description.strip():
        yield Problem("video", _("Say what the video shows, for those who cannot see it."), "video_description")
    if limits.describes_video and limits.alt_text is not None and len(video.description) > limits.alt_text:
        sentence = _("What is said of the video has more than %(most)s characters.")
        yield Problem("video", sentence % {"most": limits.alt_text}, "video_description_too_long")
    if video.speechless or video.in_picture:
        return
    if not subtitles.srt(video.captions):  # not a single cue
        yield Problem("video", _("The video needs captions."), "captions_missing")
    elif not limits.captions:
        sentence = _("This channel takes no captions. Choose a video with the words in the picture.")
        yield Problem("video", sentence, "captions")
