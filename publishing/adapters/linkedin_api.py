"""Talking to LinkedIn's versioned API, and what its answers mean.

See https://learn.microsoft.com/linkedin/marketing/community-management/. Every call names the version of the API that
it wants; a version lives for about a year.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers, fitting
from publishing.adapters.base import HIDDEN, LATER, Account, Request
from publishing.errors import ChannelMisconfigured, ContentRejected, RateLimited, TemporaryError
from publishing.message import Media

API, SITE = "https://api.linkedin.com", "https://www.linkedin.com"
VERSION = "202606"
POSTS, IMAGES = "/rest/posts", "/rest/images"
INITIALIZE = f"{IMAGES}?action=initializeUpload"
GONE = (
    ChannelMisconfigured,
    _("LinkedIn no longer answers this version of its interface: write a newer one in the channel's settings."),
)
PLATFORM = answers.Platform(
    code=("code",), words=("message",), codes={"NONEXISTENT_VERSION": GONE, 426: GONE}, rate="x-ratelimit"
)


class Api:
    """LinkedIn for one account, for one step."""

    def __init__(self, account: Account) -> None:
        self.account = account
        # Not a setting of the form: a server of the house itself may stand in for LinkedIn, and nobody else's may.
        self.base = str(account.config.get("api") or API).rstrip("/")
        self.site = SITE if self.base == API else self.base
        self.owner = owner(account)

    def must_have_an_owner(self) -> None:
        if LATER in self.owner:
            raise ChannelMisconfigured(_("No organisation is picked yet: connect the channel."))

    def headers(self, method: str, token: str) -> dict[str, str]:
        return {
            "Authorization": f"Bearer {token}",
            "LinkedIn-Version": str(self.account.config.get("version") or VERSION).strip(),
            "X-Restli-Protocol-Version": "2.0.0",
            "X-RestLi-Method": method,
        }

    def described(self, verb: str, path: str, method: str, body: object = None) -> Request:
        return Request(verb, self.base + path, self.headers(method, HIDDEN), body)

    def described_upload(self, media: Media) -> list[Request]:
        return [
            self.described("POST", INITIALIZE, "ACTION", initialize(self.owner)),
            self.described_bytes("PUT", fitting.described(media), {"Content-Type": media.mime}),
            self.described("GET", f"{IMAGES}/{LATER}", "GET"),
        ]

    def described_bytes(self, verb: str, body: object, headers: Mapping[str, str] | None = None) -> Request:
        """Bytes go to an address that LinkedIn names when it is asked for one."""
        shown = {"Authorization": f"Bearer {HIDDEN}", **(headers or {})}
        return Request(verb, f"{self.site}/dms-uploads/{LATER}", shown, body)

    def call(self, verb: str, path: str, method: str, *, effect: bool = False, **content: Any) -> http.Response:
        """One call with our access; an answer of any status. ``method`` is Rest.li's word for what is meant."""
        headers = self.headers(method, self.account.secrets.get("access_token", ""))
        return self.ask(verb, self.base + path, headers, effect=effect, **content)

    def ask(
        self, verb: str, url: str, headers: Mapping[str, str], *, effect: bool = False, **content: Any
    ) -> http.Response:
        """One call with just these headers."""
        if self.base != API and not http.is_ours(self.base):
            raise ChannelMisconfigured(_("Only LinkedIn itself is called by this channel."), self.base)
        return http.request(verb, url, headers=headers, effect=effect, **content)

    def check(self, response: http.Response, *secrets: str) -> http.Response:
        """The answer if it is a good one. A quota of a day is over at midnight UTC, which no header tells."""
        if response.status == 429 and "retry-after" not in response.headers and " DAY " in words(response):
            sentence = _("LinkedIn's quota for today is used up: it goes on by itself after midnight UTC.")
            raise RateLimited(sentence, f"{response.where}: 429", until=tomorrow(datetime.now(UTC)))
        return answers.check(response, PLATFORM, secrets=[*self.account.secrets.values(), *secrets])

    def seen(self, response: http.Response) -> http.Response | None:
        """The answer about one thing; None when that is not there (any more)."""
        return None if response.status == 404 else self.check(response)

    def look(self, urn: str) -> http.Response | None:
        """One post; None when it is not there (any more)."""
        return self.seen(self.call("GET", f"{POSTS}/{encoded(urn)}", "GET"))

    def delete(self, path: str) -> None:
        """Away with it; what is gone already is as wished."""
        self.seen(self.call("DELETE", path, "DELETE"))

    def upload(self, media: Media) -> str:
        """The URN of an image whose bytes have arrived. Nothing can be seen of it yet."""
        place = self.check(self.call("POST", INITIALIZE, "ACTION", json=initialize(self.owner)))
        address, urn = str(place.get("value", "uploadUrl")), str(place.get("value", "image"))
        self.check(self.send_bytes("PUT", address, {"Content-Type": media.mime}, data=media.read()), address)
        found = self.check(self.call("GET", f"{IMAGES}/{encoded(urn)}", "GET"))
        if found.get("status") == "PROCESSING_FAILED":
            raise ContentRejected(_("LinkedIn cannot read one of the images: choose another one."), found.where)
        if found.get("status") == "WAITING_UPLOAD":
            raise TemporaryError(_("The image did not arrive whole on the platform."), found.where)
        return urn

    def send_bytes(self, verb: str, address: str, headers: Mapping[str, str], **content: Any) -> http.Response:
        """Bytes to a place that LinkedIn has named for them; an answer of any status."""
        if not self._is_theirs(address):
            raise TemporaryError(
                _("LinkedIn named a place for the bytes that is not its own."), http.describe(verb, address)
            )
        access = {"Authorization": f"Bearer {self.account.secrets.get('access_token', '')}"}
        return self.ask(verb, address, {**access, **headers}, **content)

    def _is_theirs(self, address: str) -> bool:
        """Our access goes to LinkedIn and to nobody else, whatever an answer says."""
        told, mine = urlsplit(address), urlsplit(self.base)
        if (told.scheme, told.netloc) == (mine.scheme, mine.netloc):
            return True
        return told.scheme == "https" and f".{told.hostname}".endswith(".linkedin.com")


def owner(account: Account) -> str:
    """The URN of the organisation that was picked after the consent."""
    return str(account.config.get("organization") or f"urn:li:organization:{LATER}")


def initialize(owner: str) -> dict[str, Any]:
    return {"initializeUploadRequest": {"owner": owner}}


def encoded(value: str) -> str:
    """As one key in a path or a query of Rest.li 2.0."""
    return quote(value, safe="")


def words(response: http.Response) -> str:
    return f" {response.data().get('message') or ''} "


def tomorrow(now: datetime) -> datetime:
    """When a quota of a day begins anew, and a minute for clocks that differ."""
    return now.replace(hour=0, minute=1, second=0, microsecond=0) + timedelta(days=1)
