"""Talking to X's API v2, and what its answers mean. See https://docs.x.com/x-api."""

import base64
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers, fitting
from publishing.adapters.base import HIDDEN, LATER, Account, Request
from publishing.errors import ChannelMisconfigured, NotAuthorised, TemporaryError
from publishing.message import Media

API = "https://api.x.com"
TWEETS, UPLOAD, METADATA = "/2/tweets", "/2/media/upload", "/2/media/metadata"
PLATFORM = answers.Platform(
    code=("type",),
    words=("detail",),
    codes={402: (NotAuthorised, _("X wants to be paid first: the credits of the application are used up."))},
    rate="x-rate-limit",
)
POST_FIELDS = "attachments,created_at,entities,referenced_tweets,text"


class Api:
    """X for one account, for one step."""

    def __init__(self, account: Account) -> None:
        self.account = account
        # Not a setting of the form: a server of the house itself may stand in for X, and nobody else's may.
        self.base = str(account.config.get("api") or API).rstrip("/")

    def described(self, path: str, body: object = None) -> Request:
        return Request("POST", self.base + path, {"Authorization": f"Bearer {HIDDEN}"}, body)

    def described_upload(self, media: Media) -> list[Request]:
        made = [self.described(UPLOAD, upload(fitting.described(media)))]
        return [*made, self.described(METADATA, alt_text(LATER, media.alt))] if media.alt.strip() else made

    def call(
        self, verb: str, path: str, *, effect: bool = False, headers: Mapping[str, str] | None = None, **content: Any
    ) -> http.Response:
        """One call, with our access unless other headers are given; an answer of any status."""
        if self.base != API and not http.is_ours(self.base):
            raise ChannelMisconfigured(_("Only X itself is called by this channel."), self.base)
        if headers is None:
            headers = {"Authorization": f"Bearer {self.account.secrets.get('access_token', '')}"}
        return http.request(verb, self.base + path, headers=headers, effect=effect, **content)

    def check(self, response: http.Response, *secrets: str) -> http.Response:
        return answers.check(response, PLATFORM, secrets=[*self.account.secrets.values(), *secrets])

    def upload(self, media: Media) -> str:
        """The id of an image that is ready, with its alternative text. Nothing can be seen of it yet."""
        response = self.check(self.call("POST", UPLOAD, json=upload(base64.b64encode(media.read()).decode())))
        made = str(response.get("data", "id"))
        if response.data()["data"].get("processing_info", {}).get("state", "succeeded") != "succeeded":
            raise TemporaryError(_("The platform is still working on an image."), response.where)
        if media.alt.strip():
            self.check(self.call("POST", METADATA, json=alt_text(made, media.alt)))
        return made

    def look(self, post_id: str, fields: str) -> http.Response | None:
        """One post; None when it is not there (any more), which X says with 404, or with 200 and no data."""
        query = {"tweet.fields": fields, "expansions": "attachments.media_keys", "media.fields": "alt_text"}
        response = self.call("GET", f"{TWEETS}/{post_id}", params=query)
        if response.status == 404 or (response.ok and "errors" in response.data() and "data" not in response.data()):
            return None
        self.check(response).get("data", "id")
        return response

    def me(self) -> http.Response:
        return self.check(self.call("GET", "/2/users/me"))


def upload(content: object) -> dict[str, object]:
    return {"media": content, "media_category": "tweet_image"}


def alt_text(media_id: str, text: str) -> dict[str, object]:
    return {"id": media_id, "metadata": {"alt_text": {"text": text}}}


def is_duplicate(response: http.Response) -> bool:
    """X refuses the same words twice; it has no code of its own for that, and does not say which post it means."""
    return response.status == 403 and "duplicate content" in str(response.data().get("detail", "")).lower()


def is_unknown_media(response: http.Response) -> bool:
    """X refuses a post with media that it has forgotten; this too it says in words only."""
    told = [*(response.data().get("errors") or []), response.data()]
    return response.status == 400 and any("media ids are invalid" in str(item).lower() for item in told)


def is_unanswerable(response: http.Response) -> bool:
    """X refuses an answer to a post that was deleted; this too it says in words only."""
    return (
        response.status == 403 and "reply to a tweet that is deleted" in str(response.data().get("detail", "")).lower()
    )
