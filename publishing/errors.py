"""What can go wrong with a delivery. Each error has a summary for editors and a detail for support.

Raised by adapters and ``publishing.http``; the sending pipeline decides by class, never by text. An exception that is
not in this family is a fault of ours: the delivery fails with an alarm and is not tried again.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

# A sentence for people: text, or text that is translated when it is shown.
Words = str | Promise


class DeliveryError(Exception):
    """A declared outcome of trying to send.

    ``summary`` is one translatable sentence, safe to show an editor. ``detail`` is for support: status codes and the
    platform's own words, with secrets already removed. ``afresh``: what was prepared on the platform is of no use any
    more and was never published, so a next attempt begins without it. ``left`` is what this very attempt made ready
    there in vain, in the adapter's own words (``Adapter.discard``).
    """

    left: Mapping[str, Any] | None = None

    def __init__(self, summary: Words, detail: str = "", *, afresh: bool = False) -> None:
        super().__init__(summary)
        self.summary = str(summary)
        self.detail = detail
        self.afresh = afresh


class TemporaryError(DeliveryError):
    """It is certain that nothing was posted, and later may work."""


class Stopped(TemporaryError):
    """Somebody stopped it while it was got ready: nothing was posted, and it goes only when it is released."""


class RateLimited(DeliveryError):
    """The platform told us to wait; nothing was posted and no attempt is spent. ``until`` is UTC."""

    def __init__(self, summary: Words, detail: str = "", *, until: datetime) -> None:
        super().__init__(summary, detail)
        self.until = until


class ContentRejected(DeliveryError):
    """The platform refuses this text or media: somebody must change it."""


class NotAuthorised(DeliveryError):
    """The channel's access is gone or too narrow: the channel is paused until somebody connects it again."""


class Unsupported(DeliveryError):
    """The message cannot be expressed on this channel. ``validate`` finds it before approval."""


class OutcomeUnknown(DeliveryError):
    """The request may have been carried out: the answer was lost, or did not say."""


class ChannelMisconfigured(Exception):
    """A set-up fault. On purpose not a DeliveryError: no retry loop may swallow it, the channel stops loudly."""

    def __init__(self, summary: Words, detail: str = "") -> None:
        super().__init__(summary)
        self.summary = str(summary)
        self.detail = detail
