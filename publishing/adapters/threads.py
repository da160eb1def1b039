"""Threads (graph.threads.net). A post is text, one image, a carousel or a video; an answer to a post of ours is one
too.

Each is made ready in a container and published once (``meta_containers``): never in one step, which Threads offers for
text and which would leave nothing to ask about after a lost answer. Images and videos are fetched from an open address
of ours. It takes no captions.
"""

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from publishing import open_media
from publishing.adapters import fitting, threads_text, video_steps
from publishing.adapters import meta_long_access as access
from publishing.adapters.base import (
    HIDDEN,
    Absent,
    Account,
    CannotTell,
    DeliveryKey,
    Figures,
    Limits,
    Prepared,
    Problem,
    Processing,
    ReadBack,
    Receipt,
    Request,
    Setting,
    Verification,
)
from publishing.adapters.meta_api import Graph
from publishing.adapters.meta_containers import PLATFORM, Containers, Plan, Way
from publishing.adapters.meta_own_login import OwnLogin
from publishing.adapters.meta_posts import Own, is_same
from publishing.adapters.meta_quota import Quota
from publishing.errors import TemporaryError, Words
from publishing.message import Media, Message, Video

HOST, VERSION = "https://graph.threads.net", "v1.0"
POSTS = ("quota_usage", "config")
ANSWERS = ("reply_quota_usage", "reply_config")
QUOTA = Quota("threads_publishing_limit", {"quota": POSTS, "quota_answers": ANSWERS})
WAY = Way("threads", "threads_publish", "status", "error_message", QUOTA)
DOOR = access.Door(
    "https://threads.net/oauth/authorize",
    f"{HOST}/oauth/access_token",
    HOST,
    "th",
    (
        "threads_basic",
        "threads_content_publish",
        "threads_delete",
        "threads_manage_insights",
        "threads_manage_replies",
        "threads_read_replies",
    ),
)
FIGURES = {name: name for name in ("views", "likes", "replies", "reposts", "quotes", "shares")}


class Threads(OwnLogin):
    """An account on Threads."""

    kind = "threads"
    look = "short"
    label = _("Threads")
    door, quota, insights = DOOR, QUOTA, FIGURES
    limits = Limits(
        characters=500,
        counting=_("each sign once, but an emoji as its bytes: four or more"),
        images=20,
        image_bytes=8_000_000,
        image_types=("image/jpeg", "image/png"),
        image_side=1440,
        image_ratio=(1 / 10, 10.0),
        alt_text=1000,
        video=True,
        ahead=True,
        video_bytes=1_000_000_000,
        video_seconds=(0, 5 * 60),
        video_types=("video/mp4", "video/quicktime"),
        video_ratio=(0.01, 10.0),
        describes_video=True,
        replies=True,
        withdraw=True,
        find=True,
        read=True,
        metrics=True,
        departs=True,
        fetches_media=True,
    )
    settings = (
        Setting("app_id", _("App ID"), _("Of Threads, in the application at developers.facebook.com.")),
        Setting("app_secret", _("App secret"), _("Of Threads, from the same page."), secret=True),
    )

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return threads_text.count(_text(message)), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return fitting.problems(message, self.limits, used=used)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        plan = _plan(message, key, lambda media: open_media.described(media, HIDDEN))
        return _containers(account, key).described(plan)

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared | Processing:
        fitting.must_fit(self, account, message)
        plan = _plan(message, key, lambda media: open_media.address(media, key.uuid))
        return _containers(account, key).send(plan, _text(message), key)

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Processing | Absent | CannotTell:
        return _containers(account, key).find(_text(message), key)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        fields = "text,media_type,alt_text,link_attachment_url,children{alt_text}"
        there = _graph(account).look(receipt.remote_id, fields)
        if there is None:
            return ReadBack(False)
        told = there.data()
        one = "VIDEO" if message.video is not None else "IMAGE"
        shown = told.get("children", {}).get("data", []) or ([told] if told.get("media_type") == one else [])
        found: list[Words] = fitting.differences(
            message, is_same(_text(message), told.get("text")), [item.get("alt_text") for item in shown]
        )
        if _attached(message) and not told.get("link_attachment_url"):
            found.append(_("The link is missing."))
        return ReadBack(True, tuple(found))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        graph = _graph(account)
        graph.delete(receipt.remote_id)
        if graph.look(receipt.remote_id, "id") is not None:
            raise TemporaryError(_("The post is still there after it was deleted."), receipt.remote_id)

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        return self.figures(_graph(account), receipt.remote_id)

    def verify(self, account: Account) -> Verification:
        graph = _graph(account)
        me = graph.get("me", fields="id,username")
        return self.verified(graph, me.get("id"), me.get("username"))


def _graph(account: Account) -> Graph:
    return Graph(account, host=HOST, version=VERSION, platform=PLATFORM, proves=False)


def _containers(account: Account, key: DeliveryKey) -> Containers:
    graph, owner = _graph(account), str(account.config.get("user_id") or "me")
    listed = "replies" if key.answers is not None else "threads"
    return Containers(graph, owner, WAY, Own(graph, f"{owner}/{listed}", "text"))


def _attached(message: Message) -> bool:
    """The link goes as a card of its own: only without images and video, and it does not count as text."""
    alone = not message.media and message.video is None
    return bool(message.link and message.text.strip() and alone and message.link not in message.text)


def _text(message: Message) -> str:
    return message.text if _attached(message) else fitting.whole_text(message)


def _plan(message: Message, key: DeliveryKey, address: Callable[[Media | Video], str]) -> Plan:
    text, answered = _text(message), key.answers
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
        card = {"link_attachment": message.link} if _attached(message) else {}
        return Plan({"media_type": "TEXT", **whole, **card})
    if len(images) == 1:
        return Plan({**images[0], **whole})
    return Plan({"media_type": "CAROUSEL", **whole}, tuple({**image, "is_carousel_item": "true"} for image in images))
