"""X, by its API v2.

X knows no idempotency key. Two things stand in for one: the point of no return is noted before the post is made, and
what became of a lost answer is found on the account's own timeline. Should that show it too late, X itself refuses the
same words twice; then the timeline is looked at before anything is said to have failed.

Images are uploaded with their alternative texts first: the post is made only when all of them are there. A video goes
up over several attempts (``x_video``), and the post is made by a claim of its own.
"""

from dataclasses import replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from publishing.adapters import (
    answers,
    fitting,
    own_posts,
    video_steps,
    x_api,
    x_counting,
    x_figures,
    x_post,
    x_timeline,
    x_video,
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
    Verification,
)
from publishing.adapters.x_access import Login
from publishing.adapters.x_api import PLATFORM, POST_FIELDS, TWEETS, Api
from publishing.departing import depart
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Message


class X(Login, Adapter):
    """An account on X, through an application of the house's own."""

    kind = "x"
    look = "short"
    label = _("X")
    limits = Limits(
        characters=x_counting.MOST,
        counting=_("as X does: an emoji or a Chinese character is two, every link is 23"),
        images=4,
        image_bytes=5_000_000,
        image_types=("image/gif", "image/jpeg", "image/png", "image/webp"),
        image_side=4096,  # the largest that it serves
        alt_text=1000,
        video=True,
        video_bytes=512_000_000,
        video_seconds=(0.5, 140),
        video_types=("video/mp4", "video/quicktime"),
        video_ratio=(1 / 3, 3),
        describes_video=True,
        captions=True,
        ahead=True,
        withdraw=True,
        find=True,
        read=True,
        metrics=True,
        departs=True,
        replies=True,
    )
    settings = (
        Setting("client_id", _("Client ID"), _("Of the application in X's developer console.")),
        Setting(
            "client_secret",
            _("Client secret"),
            _("Of a confidential application; a public one has none."),
            secret=True,
            required=False,
        ),
    )

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return x_counting.count(fitting.whole_text(message)), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        found = fitting.problems(message, self.limits, used=used)
        if x_counting.REFUSED.search(fitting.whole_text(message)):
            found.append(Problem("text", _("X takes no text with invisible marks: write it anew."), "refused_mark"))
        return found

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        api, made = Api(account), list[Request]()
        for media in message.media:
            made += api.described_upload(media)
        if message.video is not None:
            made += x_video.described(api, message.video)
        return [*made, api.described(TWEETS, x_post.write(message, [LATER] * x_post.shown(message), key))]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message)
        api = Api(account)
        if message.video is not None:
            ready = x_video.ready(api, message.video, key.prepared)
            if isinstance(ready, Prepared):
                return ready
            if early := video_steps.until_its_hour(key):
                return early
            ids = [ready]
        else:
            ids = [api.upload(media) for media in message.media]
        depart()
        response = api.call("POST", TWEETS, json=x_post.write(message, ids, key), effect=True)
        if x_api.is_duplicate(response):
            return own_posts.already_posted(
                lambda: self.find(account, message, key),
                "duplicate content",
                unclear=_("X says that it has this post already."),
                by_others=_("X refuses this text because the account has posted the same before."),
            )
        if key.answers is not None and x_api.is_unanswerable(response):
            raise ContentRejected(_("The post that this one answers is not on the platform any more."), response.where)
        if message.video is not None and x_api.is_unknown_media(response):
            raise TemporaryError(x_video.GONE, response.where, afresh=True)
        api.check(response)
        made = _receipt(account, str(response.get("data", "id")))
        return replace(made, not_before=answers.used_up_until(response, PLATFORM))

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent | CannotTell:
        """Looks for the text on the account's own timeline, back to when the first attempt began."""
        api = Api(account)
        user_id = str(account.config.get("user_id") or api.me().get("data", "id"))
        answers = key.answers.remote_id if key.answers is not None else ""
        found = x_timeline.sought(api, user_id, fitting.whole_text(message), x_post.shown(message), key.moment, answers)
        return found if isinstance(found, Absent | CannotTell) else _receipt(account, str(found["id"]))

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        response = Api(account).look(receipt.remote_id, POST_FIELDS)
        if response is None:
            return ReadBack(False)
        same = x_timeline.is_same(fitting.whole_text(message), response.get("data"))
        return ReadBack(True, tuple(fitting.differences(message, same, x_post.alts(response))))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        api = Api(account)
        response = api.call("DELETE", f"{TWEETS}/{receipt.remote_id}")
        if response.status != 404:
            api.check(response)
        answers.must_be_gone(api.look(receipt.remote_id, "text"), receipt.remote_id)

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        return x_figures.of(Api(account), receipt.remote_id)

    def verify(self, account: Account) -> Verification:
        me = Api(account).me()
        learnt = {"user_id": str(me.get("data", "id")), "username": str(me.get("data", "username"))}
        ends = "" if account.secrets.get("refresh_token") else account.secrets.get("expires_at", "")
        expires_at = datetime.fromisoformat(ends) if ends else None
        return Verification(True, f"@{learnt['username']}", learnt=learnt, expires_at=expires_at)


def _receipt(account: Account, post_id: str) -> Receipt:
    owner = account.config.get("username") or "i/web"
    return Receipt(post_id, f"https://x.com/{owner}/status/{post_id}")
