"""Instagram, a professional account, by its own login (graph.instagram.com).

Not by the login of Facebook: then the account need not belong to a page, nobody needs a part in that page, one consent
is one account, and losing the page does not silence it. What the two can do is the same.

Images and videos are fetched by Instagram from an open address of ours, made ready in a container, and published once
(``meta_containers``). Every video is a reel, shown in the feed as well; it takes neither captions nor words for those
who cannot see it. Nothing on Instagram can be deleted by a machine: a take-down is a person's.
"""

from django.utils.translation import gettext_lazy as _

from publishing import open_media
from publishing.adapters import fitting, instagram_comments, instagram_post, instagram_text
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
from publishing.message import Message

HOST = "https://graph.instagram.com"
QUOTA = Quota("content_publishing_limit", {"quota": ("quota_usage", "config")})
WAY = Way("media", "media_publish", "status_code", "status", QUOTA)
DOOR = access.Door(
    "https://www.instagram.com/oauth/authorize",
    "https://api.instagram.com/oauth/access_token",
    HOST,
    "ig",
    (
        "instagram_business_basic",
        "instagram_business_content_publish",
        "instagram_business_manage_comments",
        "instagram_business_manage_insights",
    ),
)
FIGURES = {
    "views": "views",
    "reach": "reach",
    "likes": "likes",
    "replies": "comments",
    "shares": "shares",
    "bookmarks": "saved",
}


class Instagram(OwnLogin):
    """Posts with one image, a carousel or a video, and first comments under them."""

    kind = "instagram"
    look = "photo"
    label = _("Instagram")
    door, quota, insights = DOOR, QUOTA, FIGURES
    limits = Limits(
        characters=2200,
        counting=_("each sign once, an emoji as two or more; at most 30 hashtags"),
        images=10,
        image_bytes=8_000_000,
        image_types=instagram_post.IMAGE_TYPES,
        image_side=1440,
        image_ratio=(4 / 5, 1.91),
        alt_text=1000,
        video=True,
        ahead=True,
        video_bytes=300_000_000,
        video_seconds=(3, 15 * 60),
        video_types=("video/mp4", "video/quicktime"),
        video_ratio=(0.01, 10.0),
        link=False,  # it stands in the text and nobody can press it
        replies=True,
        find=True,
        read=True,
        metrics=True,
        departs=True,
        fetches_media=True,
    )
    settings = (
        Setting("app_id", _("App ID"), _("Of Instagram, in the application at developers.facebook.com.")),
        Setting("app_secret", _("App secret"), _("Of Instagram, from the same page."), secret=True),
    )

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return instagram_text.count(fitting.whole_text(message)), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        found = fitting.problems(message, self.limits, used=used) + instagram_text.problems(fitting.whole_text(message))
        if not message.media and message.video is None:
            sentence = _("Instagram takes no post without an image or a video: choose one.")
            found.append(Problem("media", sentence, "image_missing"))
        return found

    def count_answer(self, account: Account, message: Message) -> tuple[int, int | None]:
        return instagram_comments.count(message)

    def validate_answer(self, account: Account, message: Message) -> list[Problem]:
        return instagram_comments.problems(message)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        if key.answers is not None:
            return [instagram_comments.described(_graph(account), message, key.answers)]
        plan = instagram_post.plan(message, lambda media: open_media.described(media, HIDDEN))
        return _containers(account).described(plan)

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared | Processing:
        fitting.must_fit(self, account, message, answers=key.answers is not None)
        if key.answers is not None:
            return instagram_comments.send(_graph(account), message, key.answers)
        plan = instagram_post.plan(message, lambda media: open_media.address(media, key.uuid))
        return _containers(account).send(plan, fitting.whole_text(message), key)

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Processing | Absent | CannotTell:
        if key.answers is not None:
            return instagram_comments.find(_graph(account), message, key, key.answers)
        return _containers(account).find(fitting.whole_text(message), key)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        if "comment" in receipt.details:
            return instagram_comments.read(_graph(account), message, receipt)
        there = _graph(account).look(receipt.remote_id, "caption,alt_text,media_type,children{alt_text}")
        if there is None:
            return ReadBack(False)
        told = there.data()
        shown = told.get("children", {}).get("data", []) if told.get("media_type") == "CAROUSEL_ALBUM" else [told]
        same = is_same(fitting.whole_text(message), told.get("caption"))
        if message.video is not None:  # what it shows in words was never told to Instagram
            shown = [{"alt_text": message.video.description}] if told.get("media_type") == "VIDEO" else []
        return ReadBack(True, tuple(fitting.differences(message, same, [item.get("alt_text") for item in shown])))

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        graph = _graph(account)
        if "comment" in receipt.details:
            return instagram_comments.metrics(graph, receipt)
        return self.figures(graph, receipt.remote_id)

    def verify(self, account: Account) -> Verification:
        graph = _graph(account)
        told = graph.get("me", fields="user_id,username").json()
        me = told["data"][0] if told.get("data") else told
        return self.verified(graph, me.get("user_id") or me.get("id"), me.get("username"))


def _graph(account: Account) -> Graph:
    return Graph(account, host=HOST, platform=PLATFORM, proves=False)


def _containers(account: Account) -> Containers:
    graph, owner = _graph(account), str(account.config.get("user_id") or "me")
    return Containers(graph, owner, WAY, Own(graph, f"{owner}/media", "caption"))
