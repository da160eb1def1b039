"""Live feed: an item that our own live site and a press wire take from us, by asking or by being told.

The platform is our own database, as with the website: an unknown outcome can always be looked up, and a repeat does
no harm. Whoever takes items may have shown one before it is withdrawn; what they are told is that it is gone.
"""

from typing import Any
from uuid import UUID

from django.db import InterfaceError, OperationalError
from django.utils.translation import gettext_lazy as _

from publishing.adapters import fitting
from publishing.adapters.base import (
    Absent,
    Account,
    Adapter,
    DeliveryKey,
    Limits,
    Problem,
    ReadBack,
    Receipt,
    Request,
    Setting,
    Verification,
)
from publishing.errors import ContentRejected, OutcomeUnknown, TemporaryError
from publishing.feed import addresses, items
from publishing.message import Message

NO_SITE = _("No site is set up: pages have no address.")


class LiveFeed(Adapter):
    """Idempotent by the delivery's key, which is the item's name for as long as anybody remembers it."""

    kind = "feed"
    label = _("Live feed")
    limits = Limits(
        images=10,
        image_bytes=5_000_000,
        html=True,
        edit=True,
        withdraw=True,
        idempotent=True,
        find=True,
        read=True,
        keeps_embargo=True,
        in_house=True,
        about=True,
    )
    settings = (
        Setting(
            "audience",
            _("Who may read it"),
            _("What is under embargo is shown to the press only until the embargo ends."),
            default="public",
            choices=(("public", _("Everybody")), ("press", _("The press, with a key"))),
        ),
        Setting(
            "hub",
            _("Who may be pushed to"),
            default="open",
            choices=(("open", _("Whoever asks, and confirms it")), ("key", _("Only who has a key"))),
        ),
    )

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        return len(message.text), None

    def validate(self, account: Account, message: Message) -> list[Problem]:
        return fitting.problems(message, self.limits, used=len(message.text))

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        """No request is made: this is what the item will say."""
        body = {
            "audience": _audience(account, message),
            **_said(message),
        }
        return [Request("ITEM", key.uuid.urn, body=body)]

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt:
        fitting.must_fit(self, account, message)
        try:
            item = items.put(account.id, key.uuid, message, press_only=_audience(account, message) == "press")
        except (InterfaceError, OperationalError) as error:
            raise OutcomeUnknown(_("The database did not answer."), type(error).__name__) from error
        return _receipt(item)

    def edit(self, account: Account, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt:
        fitting.must_fit(self, account, message)
        try:
            press_only = _audience(account, message) == "press"
            item = items.replace(_key(receipt), message, press_only=press_only, by_key=key.uuid)
        except items.Seen as error:
            sentence = _("Everybody has seen it. Take it down, and send it anew to the press only.")
            raise ContentRejected(sentence, receipt.remote_id) from error
        except (InterfaceError, OperationalError) as error:
            raise OutcomeUnknown(_("The database did not answer."), type(error).__name__) from error
        if item is None:
            raise ContentRejected(_("It is no longer there, so it cannot be corrected."), receipt.remote_id)
        return _receipt(item)

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Absent:
        item = items.find(key.uuid)
        return _receipt(item) if item is not None else Absent(_("It is not in the feed."))

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        item = items.find(_key(receipt))
        if item is None or item.message is None:
            return ReadBack(False)
        alts = [media.alt for media in item.message.media]
        same = _said(item.message) == _said(message)
        return ReadBack(True, tuple(fitting.differences(message, same, alts)))

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Withdrawn is withdrawn in one transaction; a database that is away is asked again."""
        try:
            items.withdraw(_key(receipt))
        except (InterfaceError, OperationalError) as error:
            raise TemporaryError(_("The database was busy."), type(error).__name__) from error

    def verify(self, account: Account) -> Verification:
        root = addresses.root()
        return Verification(True, account=root) if root else Verification(False, problem=NO_SITE)


def _audience(account: Account, message: Message) -> str:
    return str(message.extra.get("audience") or account.config.get("audience") or "public")


def _said(message: Message) -> dict[str, Any]:
    """Everything that the item tells; the revision is ours."""
    return {name: value for name, value in message.to_json().items() if name != "revision"}


def _key(receipt: Receipt) -> UUID:
    return UUID(receipt.remote_id.removeprefix("urn:uuid:"))


def _receipt(item: items.Item) -> Receipt:
    return Receipt(item.key.urn, addresses.of(item.feed.channel).item(item), {"version": item.version})
