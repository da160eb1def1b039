"""An organisation's page on LinkedIn, by the Posts API.

LinkedIn knows no idempotency key. The point of no return is noted before the post is made; what became of a lost
answer is found among the organisation's own posts. Should those show it too late, LinkedIn refuses the same words
twice and names the post it means, which may be ours, an older one, or one that is gone: it is looked at before
anything is believed. Images are uploaded first; the post is made only when all of them are there. A video is uploaded
part by part over several attempts, and its post is made when LinkedIn has worked it up (``linkedin_video``).
"""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from publishing.adapters import answers, fitting
from publishing.adapters import linkedin_comments as comments
from publishing.adapters import linkedin_editing as editing
from publishing.adapters import linkedin_figures as figures
from publishing.adapters import linkedin_page as page
from publishing.adapters import linkedin_post as post
from publishing.adapters import linkedin_text as text
from publishing.adapters import linkedin_timeline as timeline
from publishing.adapters import linkedin_video as video
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
from publishing.adapters.linkedin_access import Login
from publishing.adapters.linkedin_api import PLATFORM, POSTS, VERSION, Api, encoded
from publishing.departing import depart
from publishing.message import Message


class LinkedIn(Login, Adapter):
    """A page of an organisation, through an application of the house's own."""

    kind = "linkedin"
    look = "professional"
    label = _("LinkedIn")
    limits = Limits(
        characters=text.MOST,
        # LinkedIn does not say whether its own signs count. Here they do: what fits is never refused after approval.
        counting=_("as it travels: an emoji or a bracket is two, a hashtag costs 12 more"),
        images=20,
        image_bytes=5_000_000,  # of the page's own editor; the API's documents name pixels only
        image_pixels=36_152_319,
        image_types=("image/gif", "image/jpeg", "image/png"),
        alt_text=4086,
        video=True,
        ahead=True,
        video_bytes=500_000_000,
        video_seconds=(3, 30 * 60),
        video_types=("video/mp4",),
        describes_video=True,
        captions=True,
        replies=True,
        edit=True,
        withdraw=True,
        find=True,
        read=True,
        metrics=True,
        departs=True,
    )
    settings = (
        Setting("client_id", _("Client ID"), _("Of the application in LinkedIn's developer portal.")),
        Setting("client_secret", _("Client secret"), secret=True),
        Setting(
            "version",
            _("Version of the interface"),
            _("Year and month. LinkedIn answers each for about a year."),
            default=VERSION,
            required=False,
        ),
    )

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return text.length(text.little(post.text_of(message))), self.limits.characters

    def validate(self, account: Account, message: Message) -> list[Problem]:
        used, _most = self.count(account, message)
        return [*fitting.problems(message, self.limits, used=used), *post.problems(message)]

    def count_answer(self, account: Account, message: Message) -> tuple[int, int | None]:
        return comments.count(message)

    def validate_answer(self, account: Account, message: Message) -> list[Problem]:
        return comments.problems(message)

    def validate_edit(self, account: Account, message: Message, receipt: Receipt) -> list[Problem]:
        validate = self.validate_answer if "comment" in receipt.details else self.validate
        return validate(account, message) + editing.problems(message, receipt)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        api, made = Api(account), list[Request]()
        if key.answers is not None:
            return [comments.described(api, message, key.answers)]
        for media in message.media:
            made += api.described_upload(media)
        if message.video is not None:
            made += video.described(api, message.video)
        body = post.write(api.owner, message, [LATER] * (1 if message.video else len(message.media)))
        return [*made, api.described("POST", POSTS, "CREATE", body)]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared:
        fitting.must_fit(self, account, message, answers=key.answers is not None)
        api = Api(account)
        api.must_have_an_owner()
        if key.answers is not None:
            return comments.send(api, message, key.answers)
        if message.video is not None:
            urn = video.ready(api, message.video, key)
            if isinstance(urn, Prepared):
                return urn
            uploaded = [urn]
        else:
            uploaded = [api.upload(media) for media in message.media]
        body = post.write(api.owner, message, uploaded)
        depart()
        response = api.call("POST", POSTS, "CREATE", json=body, effect=True)
        if timeline.is_duplicate(response):
            return _receipt(timeline.already(api, message, key.moment, response), message)
        urn = str(api.check(response).headers.get("x-restli-id") or "")
        if not urn:
            raise response.unreadable("no x-restli-id")
        return replace(_receipt(urn, message), not_before=answers.used_up_until(response, PLATFORM))

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent | CannotTell:
        """Looks among the organisation's own posts, or the comments, back to when the first attempt began."""
        if key.answers is not None:
            return comments.find(Api(account), message, key, key.answers)
        found = timeline.sought(Api(account), message, key.moment, video=str(key.prepared.get("video") or ""))
        return found if isinstance(found, Absent | CannotTell) else _receipt(str(found["id"]), message)

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        api = Api(account)
        if "comment" in receipt.details:
            return comments.read(api, message, receipt.details)
        there = api.look(receipt.remote_id)
        return ReadBack(False) if there is None else ReadBack(True, tuple(post.differences(message, there.data())))

    def edit(self, account: Account, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt:
        fitting.refuse(self.validate_edit(account, message, receipt))
        return editing.edit(Api(account), message, receipt)

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        api = Api(account)
        if "comment" in receipt.details:
            return comments.withdraw(api, receipt.details)
        api.delete(f"{POSTS}/{encoded(receipt.remote_id)}")
        answers.must_be_gone(api.look(receipt.remote_id), receipt.remote_id)

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        return figures.of(Api(account), receipt)

    def verify(self, account: Account) -> Verification:
        return page.verify(account)

    def candidates(self, account: Account) -> tuple[Candidate, ...]:
        return page.candidates(account)


def _receipt(urn: str, message: Message) -> Receipt:
    return Receipt(urn, timeline.permalink(urn), editing.kept(message))
