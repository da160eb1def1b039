"""A message as what becomes containers of Threads. Pure."""

from collections.abc import Callable

from publishing.adapters import fitting, video_steps
from publishing.adapters.base import DeliveryKey
from publishing.adapters.meta_plan import Plan, of_images
from publishing.message import Media, Message, Video


def attached(message: Message) -> bool:
    """The link goes as a card of its own: only without images and video, and it does not count as text."""
    alone = not message.media and message.video is None
    return bool(message.link and message.text.strip() and alone and message.link not in message.text)


def text_of(message: Message) -> str:
    return message.text if attached(message) else fitting.whole_text(message)


def plan(message: Message, key: DeliveryKey, address: Callable[[Media | Video], str]) -> Plan:
    """``address`` is where Threads fetches an image or the video from."""
    text, answered = text_of(message), key.answers
    whole = {
        **({"text": text} if text else {}),
        **({"reply_to_id": answered.remote_id} if answered is not None else {}),
    }
    if message.video is not None:
        shown = {"media_type": "VIDEO", "video_url": address(message.video), "alt_text": message.video.description}
        return Plan({**shown, **whole}, patience=video_steps.PATIENCE)
    images = [
        {"media_type": "IMAGE", "image_url": address(media), **({"alt_text": media.alt} if media.alt.strip() else {})}
        for media in message.media
    ]
    if not images:
        card = {"link_attachment": message.link} if attached(message) else {}
        return Plan({"media_type": "TEXT", **whole, **card})
    return of_images(images, whole)
