"""Facebook pages, by Meta's Graph.

Facebook knows no idempotency key. The point of no return is noted before the post is made, and what became of a lost
answer is found among the page's own posts. Should those show it too late, Facebook itself refuses the same words twice
in a row (not those of a single photo); then the page is looked at before anything is said to have failed.

One image is a photo with a caption; several are uploaded unpublished, each with its alternative text, and the post is
made only when all are there; if it never is, they are taken away. A link alone becomes a card. A video goes up over
several attempts and is published when it is whole (``facebook_video``); Facebook has no place for what it shows in
words. An answer to a post of our own is a comment of the page's.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import (
    answers,
    facebook_comments,
    facebook_editing,
    facebook_figures,
    facebook_making,
    facebook_photos,
    facebook_posts,
    facebook_reading,
    facebook_receipts,
    facebook_requests,
    facebook_video,
    fitting,
)
from publishing.adapters.base import (
    LATER,
    Absent,
    Account,
    Adapter,
    CannotTell,
    DeliveryKey,
    Figures,
    Limits,
    Prepared,
    Problem,
    ReadBack,
    Receipt,
    Request,
    Setting,
)
from publishing.adapters.facebook_access import MAY_COMMENT, Login
from publishing.adapters.facebook_posts import Shown
from publishing.adapters.meta_api import Graph
from publishing.message import Message


class Facebook(Login, Adapter):
    """A page, through an application of the house's own."""

    kind = "facebook"
    look = "page_post"
    label = _("Facebook page")
    limits = Limits(
        characters=63_206,
        counting=_("each sign once"),
        images=10,
        image_bytes=10_000_000,
        image_types=("image/jpeg", "image/png"),
        image_side=2048,
        alt_text=1000,
        video=True,
        ahead=True,
        video_bytes=1_750_000_000,
        video_seconds=(1, 45 * 60),
        video_types=("video/mp4", "video/quicktime"),
        captions=True,
        replies=True,
        edit=True,
        withdraw=True,
        find=True,
        read=True,
        metrics=True,
        departs=True,
        discards=True,
    )
    settings = (
        Setting("app_id", _("App ID"), _("Of the application in Meta's developer portal.")),
        Setting("app_secret", _("App secret"), _("Of the same application."), secret=True),
        Setting(
            "config_id",
            _("Configuration ID"),
            _("Only where the application uses Facebook Login for Business."),
            required=False,
        ),
    )

    def limits_for(self, account: Account) -> Limits:
        return replace(self.limits, replies=account.config.get(MAY_COMMENT, True))

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(facebook_posts.posted_text(message)), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return fitting.problems(message, self.limits, used=used)

    def count_answer(self, account: Account, message: Message) -> tuple[int, int | None]:
        return facebook_comments.count(message)

    def validate_answer(self, account: Account, message: Message) -> list[Problem]:
        return facebook_comments.problems(message, self.limits)

    def validate_edit(self, account: Account, message: Message, receipt: Receipt) -> list[Problem]:
        validate = self.validate_answer if facebook_receipts.is_comment(receipt) else self.validate
        return validate(account, message) + facebook_editing.problems(message, receipt)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        if message.video is not None:
            return facebook_video.described(account, message, message.video)
        graph = Graph(account)
        made = facebook_photos.described(graph, message, key)
        if facebook_requests.is_photo(message, key):
            return made
        path, form = facebook_requests.post(account, message, key, [LATER] * len(message.media))
        return [*made, graph.described("POST", path, form)]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message, answers=key.answers is not None)
        if message.video is not None:
            return facebook_video.send(account, message, message.video, key)
        graph = Graph(account)
        if facebook_requests.is_photo(message, key):
            return facebook_photos.publish(graph, message, key)
        return facebook_making.make(graph, message, key, lambda: self.find(account, message, key))

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent | CannotTell:
        """Looks among the page's own posts, or comments, back to when the first attempt began."""
        if message.video is not None:
            return facebook_video.find(account, message, key)
        found = facebook_posts.sought(Graph(account), facebook_requests.page_of(account), message, key)
        return facebook_receipts.found(found, message, key) if isinstance(found, Shown) else found

    def discard(self, account: Account, prepared: Mapping[str, Any]) -> None:
        if "photos" in prepared:
            facebook_photos.discard(Graph(account), prepared)
        else:
            facebook_video.discard(account, prepared)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        if message.video is not None:
            return facebook_video.read(account, message, message.video, receipt)
        return facebook_reading.read(account, message, receipt)

    def edit(self, account: Account, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt:
        fitting.refuse(self.validate_edit(account, message, receipt))
        return facebook_editing.edit(account, message, receipt)

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """The post, and its photos: these have a life of their own in the page's albums."""
        graph = Graph(account)
        for node in (receipt.remote_id, *receipt.details.get("photos", ())):
            graph.delete(node)
            answers.must_be_gone(graph.look(node, "id"), node)

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        return facebook_figures.of(Graph(account), receipt)
