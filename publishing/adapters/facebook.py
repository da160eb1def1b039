"""Facebook pages, by Meta's Graph.

Facebook knows no idempotency key. The point of no return is noted before the post is made, and what became of a lost
answer is found among the page's own posts. Should those show it too late, Facebook itself refuses the same words twice
in a row (not those of a single photo); then the page is looked at before anything is said to have failed.

One image is a photo with a caption; several are uploaded unpublished, each with its alternative text, and the post is
made only when all are there. A link alone becomes a card. A video goes up over several attempts and is published when
it is whole (``facebook_video``); Facebook has no place for what it shows in words. An answer to a post of our own is a
comment of the page's.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing.adapters import (
    facebook_access,
    facebook_comments,
    facebook_figures,
    facebook_posts,
    facebook_receipts,
    facebook_requests,
    facebook_video,
    fitting,
    meta_api,
    meta_errors,
    own_posts,
)
from publishing.adapters.base import (
    LATER,
    Absent,
    Account,
    Adapter,
    Candidate,
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
from publishing.adapters.facebook_posts import COMMENT_FIELDS, FIELDS, Shown
from publishing.adapters.meta_api import Graph
from publishing.departing import depart
from publishing.errors import ContentRejected, TemporaryError
from publishing.message import Message


class Facebook(Adapter):
    """A page, through an application of the house's own."""

    kind = "facebook"
    look = "page_post"
    label = _("Facebook page")
    connects = True
    picks = True
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
        return replace(self.limits, replies=account.config.get(facebook_access.MAY_COMMENT, True))

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
        comment = facebook_receipts.is_comment(receipt)
        found = (self.validate_answer if comment else self.validate)(account, message)
        if facebook_requests.beside_the_words(message, comment=comment) != receipt.details.get("kept"):
            sentence = _("On Facebook only the words can be corrected: take it down, and send it anew.")
            found.append(Problem("media", sentence, "words_only"))
        return found

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        if message.video is not None:
            return facebook_video.described(account, message, message.video)
        graph = Graph(account)
        made = [
            graph.described("POST", path, {**form, "source": fitting.described(media)})
            for media, path, form in facebook_requests.photos(account, message, key)
        ]
        if facebook_requests.is_photo(message, key):
            return made
        path, form = facebook_requests.post(account, message, key, [LATER] * len(message.media))
        return [*made, graph.described("POST", path, form)]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message, answers=key.answers is not None)
        if message.video is not None:
            return facebook_video.send(account, message, message.video, key)
        graph, photos = Graph(account), list[str]()
        for media, path, form in facebook_requests.photos(account, message, key):
            content = facebook_requests.source(media)
            if facebook_requests.is_photo(message, key):
                depart()
                response = graph.check(graph.call("POST", path, data=form, files=content, effect=True))
                return facebook_receipts.made(
                    str(response.get("post_id")), [str(response.get("id"))], message, key, response
                )
            photos.append(str(graph.check(graph.call("POST", path, data=form, files=content)).get("id")))
        path, form = facebook_requests.post(account, message, key, photos)
        depart()
        response = graph.call("POST", path, data=form, effect=True)
        if meta_errors.is_duplicate(response):
            return self._already(account, message, key)
        if key.answers is not None and meta_errors.is_gone(response):
            raise ContentRejected(_("The post that this answers is not there any more."), response.where)
        return facebook_receipts.made(str(graph.check(response).get("id")), photos, message, key, response)

    def _already(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        return own_posts.already_posted(
            lambda: self.find(account, message, key),
            "506",
            unclear=_("The platform says that it has this post already."),
            by_others=_("Facebook refuses this text because the page has just posted the same."),
        )

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent | CannotTell:
        """Looks among the page's own posts, or comments, back to when the first attempt began."""
        graph, page = Graph(account), facebook_requests.page_of(account)
        if message.video is not None:
            return facebook_video.find(account, message, key)
        if key.answers is None:
            found = facebook_posts.sought(graph, page, message, key.moment)
        else:
            found = facebook_posts.sought_comment(graph, page, key.answers.remote_id, message, key.moment)
        return facebook_receipts.found(found, message, key) if isinstance(found, Shown) else found

    def discard(self, account: Account, prepared: Mapping[str, Any]) -> None:
        facebook_video.discard(account, prepared)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        if message.video is not None:
            return facebook_video.read(account, message, message.video, receipt)
        graph, comment = Graph(account), facebook_receipts.is_comment(receipt)
        response = graph.look(receipt.remote_id, COMMENT_FIELDS if comment else FIELDS)
        if response is None:
            return ReadBack(False)
        shown = (facebook_posts.of_comment if comment else facebook_posts.of_post)(response.data())
        looked = [graph.look(photo, "alt_text_custom") for photo in shown.photos]
        alts = [photo.data().get("alt_text_custom") if photo else None for photo in looked]
        same = facebook_posts.is_same_text(message, shown, comment=comment)
        problems = fitting.differences(message, same, alts)
        if message.link and not message.media and not comment and not shown.link:
            problems.append(_("The link is not shown."))
        return ReadBack(True, tuple(problems))

    def edit(self, account: Account, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt:
        """The words only: a card, images and a video stay as they are, and a correction of those is Unsupported."""
        fitting.refuse(self.validate_edit(account, message, receipt))
        comment, graph = facebook_receipts.is_comment(receipt), Graph(account)
        words = "description" if message.video else "message"
        form = {words: facebook_posts.posted_text(message, comment=comment)}
        response = graph.call("POST", receipt.remote_id, data=form, effect=True)
        if meta_errors.is_gone(response):
            raise ContentRejected(_("It is no longer there, so it cannot be corrected."), response.where)
        if graph.check(response).get("success") is not True:
            raise response.unreadable("no success")
        return replace(receipt, not_before=meta_api.not_before(response))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """The post, and its photos: these have a life of their own in the page's albums."""
        graph = Graph(account)
        for node in (receipt.remote_id, *receipt.details.get("photos", ())):
            graph.delete(node)
            if graph.look(node, "id") is not None:
                raise TemporaryError(_("The post is still there after it was deleted."), node)

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        of = facebook_figures.of_comment if facebook_receipts.is_comment(receipt) else facebook_figures.of_post
        if facebook_receipts.is_video(receipt):
            of = facebook_figures.of_video
        return of(Graph(account), receipt.remote_id)

    def verify(self, account: Account) -> Verification:
        return facebook_access.verify(account)

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        return facebook_access.consent(account, redirect_uri, state)

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> Mapping[str, str]:
        return facebook_access.exchange(account, code, redirect_uri)

    def candidates(self, account: Account) -> tuple[Candidate, ...]:
        return facebook_access.candidates(account)
