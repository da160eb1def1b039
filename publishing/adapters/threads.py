"""Threads (graph.threads.net). A post is text, one image, a carousel or a video; an answer to a post of ours is one
too.

Each is made ready in a container and published once (``meta_containers``): never in one step, which Threads offers for
text and which would leave nothing to ask about after a lost answer. Images and videos are fetched from an open address
of ours. It takes no captions.
"""

from django.utils.translation import gettext_lazy as _

from publishing import open_media
from publishing.adapters import answers, fitting, threads_post, threads_text
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
from publishing.adapters.meta_container_errors import PLATFORM
from publishing.adapters.meta_containers import Containers
from publishing.adapters.meta_own_login import OwnLogin
from publishing.adapters.meta_plan import Way
from publishing.adapters.meta_posts import Own, is_same
from publishing.adapters.meta_quota import Quota
from publishing.errors import Words
from publishing.message import Message

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
        return threads_text.count(threads_post.text_of(message)), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return fitting.problems(message, self.limits, used=used)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        plan = threads_post.plan(message, key, lambda media: open_media.described(media, HIDDEN))
        return _containers(account, key).described(plan)

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared | Processing:
        fitting.must_fit(self, account, message)
        plan = threads_post.plan(message, key, lambda media: open_media.address(media, key.uuid))
        return _containers(account, key).send(plan, threads_post.text_of(message), key)

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Processing | Absent | CannotTell:
        return _containers(account, key).find(threads_post.text_of(message), key)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        fields = "text,media_type,alt_text,link_attachment_url,children{alt_text}"
        there = _graph(account).look(receipt.remote_id, fields)
        if there is None:
            return ReadBack(False)
        told = there.data()
        one = "VIDEO" if message.video is not None else "IMAGE"
        shown = told.get("children", {}).get("data", []) or ([told] if told.get("media_type") == one else [])
        found: list[Words] = fitting.differences(
            message, is_same(threads_post.text_of(message), told.get("text")), [item.get("alt_text") for item in shown]
        )
        if threads_post.attached(message) and not told.get("link_attachment_url"):
            found.append(_("The link is missing."))
        return ReadBack(True, tuple(found))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        graph = _graph(account)
        graph.delete(receipt.remote_id)
        answers.must_be_gone(graph.look(receipt.remote_id, "id"), receipt.remote_id)

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
