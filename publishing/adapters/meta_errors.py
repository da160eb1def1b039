"""What Meta's refusals mean, for Facebook, Instagram and Threads alike.

See https://developers.facebook.com/docs/graph-api/guides/error-handling. The status of an answer says little: what
counts is ``error.code`` and ``error.error_subcode``. A kind with codes of its own adds them::

    PLATFORM = meta_errors.platform({"9007": TemporaryError})
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from publishing.adapters.answers import Meaning, Platform, code_of
from publishing.errors import ChannelMisconfigured, ContentRejected, NotAuthorised, OutcomeUnknown, RateLimited
from publishing.http import Response

NARROW = (NotAuthorised, _("The access does not cover this. Connect the channel again and allow everything."))
GONE = "100/33"  # no such object, or none that we may see
DUPLICATE = "506"
BLOCKED = "368"

CODES: Mapping[str | int, Meaning] = {
    **dict.fromkeys(("4", "17", "32", "341", "613", "80001", "80002"), RateLimited),
    BLOCKED: (RateLimited, _("Meta has blocked the account from posting for a while: look at it on the platform.")),
    "102": NotAuthorised,
    "190": NotAuthorised,
    "190/458": (NotAuthorised, _("Somebody removed our access on the platform. Connect the channel again.")),
    "190/459": (NotAuthorised, _("Meta wants to see the person who gave access: log in there, then connect again.")),
    "190/460": (NotAuthorised, _("The password of who gave access was changed. Connect the channel again.")),
    "190/463": (NotAuthorised, _("The access has ended. Connect the channel again.")),
    "190/492": (NotAuthorised, _("Who gave access may no longer act for the account. Let somebody else connect it.")),
    "3": NARROW,
    "10": NARROW,
    **{str(code): NARROW for code in range(200, 300)},
    "100": ContentRejected,
    GONE: (ChannelMisconfigured, _("The platform does not know the account or the post, or does not show it to us.")),
    "324": (ContentRejected, _("The platform cannot use an image. Choose another one.")),
    "803": ChannelMisconfigured,
    "2500": ChannelMisconfigured,
    "1609005": (ContentRejected, _("The platform cannot read the page that the link leads to.")),
    # For whoever does not look first: it is there already, from us or from somebody else.
    DUPLICATE: (OutcomeUnknown, _("The platform says that it has this post already.")),
}


def platform(more: Mapping[str | int, Meaning] | None = None) -> Platform:
    """Meta's table, with what one of its platforms adds or means otherwise."""
    return Platform(
        code=("error", "code"),
        subcode=("error", "error_subcode"),
        words=("error", "message"),
        codes={**CODES, **(more or {})},
        failing=frozenset({"1", "2"}),
    )


PLATFORM = platform()


def is_duplicate(response: Response) -> bool:
    """Meta refuses the same words twice in a row; it does not say which post it means."""
    return _has(response, DUPLICATE)


def is_gone(response: Response) -> bool:
    """The object is not there (any more), as far as we may see."""
    return response.status == 404 or (not response.ok and code_of(response, PLATFORM) == GONE)


def is_blocked(response: Response) -> bool:
    """Meta itself has stopped the account for a while, and does not say for how long."""
    return _has(response, BLOCKED)


def _has(response: Response, code: str) -> bool:
    return not response.ok and code_of(response, PLATFORM).partition("/")[0] == code
