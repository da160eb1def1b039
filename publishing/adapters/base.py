"""The contract of an adapter: one module per kind, one class, small named steps.

Translate (pure) and send (I/O) are separate. An adapter raises the errors of ``publishing.errors`` only, never
retries, and never drops anything silently: what a channel cannot express is a Problem in ``validate`` and Unsupported
in ``send``. How a channel gets access to its account is the half in ``connecting``.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from publishing.adapters.connecting import Connecting
from publishing.adapters.limits import Limits, Problem, Setting, Undeclared
from publishing.adapters.values import (
    HIDDEN,
    LATER,
    SECRET,
    Absent,
    Account,
    Candidate,
    CannotTell,
    DeliveryKey,
    Figures,
    Prepared,
    Processing,
    ReadBack,
    Receipt,
    Request,
    Verification,
)
from publishing.errors import Words
from publishing.message import Message

__all__ = [
    "HIDDEN",
    "LATER",
    "SECRET",
    "Absent",
    "Account",
    "Adapter",
    "Candidate",
    "CannotTell",
    "DeliveryKey",
    "Figures",
    "Limits",
    "Prepared",
    "Problem",
    "Processing",
    "ReadBack",
    "Receipt",
    "Request",
    "Setting",
    "Undeclared",
    "Verification",
]


class Adapter(Connecting):
    """The steps of a kind. Subclasses fill in what ``limits`` says they can; the rest is never called.

    Every method is safe to call from several threads: no state on the instance.
    """

    kind: ClassVar[str]
    label: ClassVar[Words]
    limits: ClassVar[Limits] = Limits()
    settings: ClassVar[tuple[Setting, ...]] = ()
    # How a preview shows it, as the name of a template: "short" (a post under a handle), "page_post" (a post of a page,
    # with a card for its link), "professional" (the same, folded early), "photo" (the image first), "mail", "website",
    # or "plain".
    look: ClassVar[str] = "plain"
    # What a permanent name of an account looks like (a regular expression), where ``limits.identifies``.
    identifier: ClassVar[str] = ""

    def limits_for(self, account: Account) -> Limits:
        """The limits of this very account, where an instance has its own."""
        return self.limits

    def look_for(self, account: Account) -> str:
        """The look of this very account."""
        return self.look

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        """(used, allowed) in the platform's own way of counting; allowed None means no limit. Pure."""
        raise Undeclared(self, "count")

    def validate(self, account: Account, message: Message) -> list[Problem]:
        """Everything that stops this message from being carried whole. Pure."""
        raise Undeclared(self, "validate")

    def validate_answer(self, account: Account, message: Message) -> list[Problem]:
        """The same for an answer to a post of ours, where ``limits.replies``: held to the same by most. Pure."""
        return self.validate(account, message)

    def validate_edit(self, account: Account, message: Message, receipt: Receipt) -> list[Problem]:
        """What stops the post of this receipt from being changed in place to this message. Pure."""
        return self.validate(account, message)

    def count_answer(self, account: Account, message: Message) -> tuple[int, int | None]:
        """The same as ``count`` for an answer: by most it is counted and bounded as a post is. Pure."""
        return self.count(account, message)

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        """The requests that ``send`` makes, in order, secrets hidden. Pure."""
        raise Undeclared(self, "translate")

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Prepared | Processing:
        """Post it, once; or make it ready, to be posted by a later call. Raises the declared errors only."""
        raise Undeclared(self, "send")

    def discard(self, account: Account, prepared: Mapping[str, Any]) -> None:
        """Take away what was made ready and was never published; again is harmless. ContentRejected when it was."""
        raise Undeclared(self, "discard")

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Processing | Absent | CannotTell:
        """Did an earlier attempt with this key get through?"""
        raise Undeclared(self, "find")

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        """Fetch the post once and compare."""
        raise Undeclared(self, "read")

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Take it down and make sure that it is gone; again is harmless."""
        raise Undeclared(self, "withdraw")

    def edit(self, account: Account, message: Message, receipt: Receipt, key: DeliveryKey) -> Receipt | Prepared:
        """Change the post in place to what ``message`` says; again is harmless. ``key`` is of the correction.

        ContentRejected when the post is no longer there.
        """
        raise Undeclared(self, "edit")

    def identify(self, account: Account, handle: str) -> str | None:
        """The permanent name of whoever has this handle now; None when nobody has. By workers only.

        It stands in ``Message.extra`` under ``mention_of`` the handle, so what is mentioned is what was approved.
        """
        raise Undeclared(self, "identify")

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        """How many, never who (likes, reposts, replies, quotes, impressions); None when the post is not there."""
        raise Undeclared(self, "metrics")

    def verify(self, account: Account) -> Verification:
        """Token, permissions and limits, without posting anything."""
        raise Undeclared(self, "verify")

    def recipients(self, account: Account) -> list[str]:
        """Whom to send to, for ``limits.fan_out``. Pure."""
        raise Undeclared(self, "recipients")
