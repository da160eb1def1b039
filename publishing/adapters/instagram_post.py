"""A message as what becomes containers of Instagram. Pure."""

from collections.abc import Callable

from publishing.adapters import fitting, video_steps
from publishing.adapters.meta_plan import Plan, of_images
from publishing.message import Media, Message, Video

IMAGE_TYPES = ("image/jpeg",)


def plan(message: Message, address: Callable[[Media | Video], str]) -> Plan:
    """``address`` is where Instagram fetches an image or the video from."""
    caption = {"caption": fitting.whole_text(message)} if fitting.whole_text(message) else {}
    if message.video is not None:
        return Plan({**_reel(message.video, address), **caption}, patience=video_steps.PATIENCE)
    images = [
        {"image_url": address(media), **({"alt_text": media.alt} if media.alt.strip() else {})}
        for media in message.media
    ]
    return of_images(images, caption)


def _reel(video: Video, address: Callable[[Media | Video], str]) -> dict[str, str]:
    """Without a poster that Instagram takes, it shows the first picture of the video."""
    poster = video.poster
    cover = {"cover_url": address(poster)} if poster is not None and poster.mime in IMAGE_TYPES else {}
    return {"media_type": "REELS", "video_url": address(video), "share_to_feed": "true", **cover}
