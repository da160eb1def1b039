"""Webhook: the whole article as JSON, signed, to a system that listens for it.

Signed as https://www.standardwebhooks.com describes, for which receivers find a library in most languages:
``webhook-signature: v1,<base64 of HMAC-SHA256>`` over id, timestamp and body, so that nobody can alter or replay it.
``event`` is ``published``, ``withdrawn`` (to be answered with ``{"withdrawn": true}`` once it is gone) or ``ping``.
Any 2xx means that it was taken; ``{"id": …, "url": …}`` in the answer is kept as the receipt.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.utils.translation import gettext_lazy as _

from publishing import http
from publishing.adapters import answers, fitting
from publishing.adapters.base import (
    LATER,
    Account,
    Adapter,
    DeliveryKey,
    Limits,
    Problem,
    Receipt,
    Request,
    Setting,
    Verification,
)
from publishing.departing import depart
from publishing.errors import TemporaryError, Words
from publishing.message import Media, Message

PLATFORM = answers.Platform(code=("error",), words=("message",))
PREFIX = "whsec_"  # of a secret that is written as base64
SHORTEST = 24  # characters of a secret: as many as the standard asks for
WEAK: Words = _("The secret is too short: choose one of at least 24 characters.")
NO_ADDRESS: Words = _("The receiver's address begins with https://.")


class Webhook(Adapter):
    """A receiver cannot be asked what it has; whether it takes a repeat for one is its own word (``repeats``)."""

    kind = "webhook"
    label = _("Webhook")
    limits = Limits(images=10, image_bytes=5_000_000, html=True, withdraw=True, departs=True)
    settings = (
        Setting("url", _("Receiver's address")),
        Setting("secret", _("Signing secret"), _("Shared with the receiver, at least 24 characters."), secret=True),
        Setting(
            "images",
            _("Images"),
            default="described",
            choices=(("described", _("Described only")), ("inline", _("Sent along in the message"))),
        ),
        Setting(
            "repeats",
            _("The same message twice"),
            _("Decides what happens when the receiver's answer is lost."),
            default="doubled",
            choices=(
                ("doubled", _("The receiver publishes both: a person decides")),
                ("merged", _("The receiver knows it by its webhook-id: send again")),
            ),
        ),
    )

    def limits_for(self, account: Account) -> Limits:
        return replace(self.limits, idempotent=account.config.get("repeats") == "merged")

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(message.text), None

    def validate(self, account: Account, message: Message) -> list[Problem]:
        found = fitting.problems(message, self.limits, used=len(message.text))
        return found if _url(account) else [*found, Problem("channel", NO_ADDRESS, "url")]

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        images = [fitting.described(media) for media in message.media]
        headers = {**_names(str(key.uuid)), "webhook-timestamp": LATER, "webhook-signature": LATER}
        return [Request("POST", _url(account), headers, _published(account, message, key, images))]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        fitting.must_fit(self, account, message)
        images = [base64.b64encode(media.read()).decode() for media in message.media]
        body = _published(account, message, key, images)
        depart()
        told = _call(account, str(key.uuid), body, effect=True).data()
        url = str(told.get("url") or "")
        permalink = url if urlsplit(url).scheme in ("http", "https") else ""
        return Receipt(str(told.get("id") or key.uuid), permalink, {"id": str(key.uuid)})

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Its word that it is gone is the only proof there is; without it we ask again."""
        body = {"event": "withdrawn", "id": receipt.details["id"]}
        response = _call(account, f"{receipt.details['id']}.withdrawn", body, effect=False)
        if response.data().get("withdrawn") is not True:
            raise TemporaryError(_("The receiver does not confirm that it is gone."), response.where)

    def verify(self, account: Account) -> Verification:
        problem = WEAK if len(account.secrets.get("secret", "")) < SHORTEST else "" if _url(account) else NO_ADDRESS
        if problem:
            return Verification(False, problem=problem)
        _call(account, f"ping.{time.time_ns()}", {"event": "ping"}, effect=False)
        return Verification(True, account=urlsplit(_url(account)).hostname or "")


def _url(account: Account) -> str:
    url = str(account.config.get("url") or "").strip()
    return url if url.startswith("https://") or (url.startswith("http://") and http.is_ours(url)) else ""


def _published(account: Account, message: Message, key: DeliveryKey, images: list[Any]) -> dict[str, Any]:
    inline = account.config.get("images") == "inline"
    return {
        "event": "published",
        "id": str(key.uuid),
        "at": key.moment.isoformat(),
        "title": message.title,
        "summary": message.summary,
        "text": message.text,
        "html": message.html,
        "link": message.link,
        "language": message.language,
        "embargo_until": message.embargo_until.isoformat() if message.embargo_until else None,
        "images": [
            {**_described(media), **({"content": content} if inline else {})}
            for media, content in zip(message.media, images, strict=True)
        ],
    }


def _described(media: Media) -> dict[str, Any]:
    names = ("sha256", "mime", "size", "width", "height", "filename", "alt", "decorative")
    return {name: getattr(media, name) for name in names}


def _names(webhook_id: str) -> dict[str, str]:
    """The same for every attempt: the receiver can know a repeat by either."""
    return {"webhook-id": webhook_id, "Idempotency-Key": webhook_id}


def sign(secret: str, webhook_id: str, timestamp: str, content: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(PREFIX)) if secret.startswith(PREFIX) else secret.encode()
    digest = hmac.new(key, f"{webhook_id}.{timestamp}.".encode() + content, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def _call(account: Account, webhook_id: str, body: Mapping[str, Any], *, effect: bool) -> http.Response:
    secret, timestamp = account.secrets.get("secret", ""), str(int(time.time()))
    content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {
        **_names(webhook_id),
        "Content-Type": "application/json",
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(secret, webhook_id, timestamp, content),
    }
    response = http.request("POST", _url(account), headers=headers, data=content, effect=effect)
    return answers.check(response, PLATFORM, secrets=account.secrets.values())
