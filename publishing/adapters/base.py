"""The contract of an adapter: one module per kind, one class, small named steps.

Translate (pure) and send (I/O) are separate. An adapter raises the errors of ``publishing.errors`` only, never
retries, and never drops anything silently: what a channel cannot express is a Problem in ``validate`` and Unsupported
in ``send``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from publishing.errors import Words
from publishing.message import Message

HIDDEN = "•••"  # in a described request: a secret
LATER = "‹…›"  # in a described request: known only once an earlier one was answered


@dataclass(frozen=True)
class Limits:
    """What a kind can carry. ``None`` means no limit; False means it cannot, and says so instead of guessing."""

    characters: int | None = None
    counting: Words = "characters"  # how the platform counts, in words, for the capability table
    bytes: int | None = None  # UTF-8 bytes of the text
    images: int = 0
    image_bytes: int | None = None
    image_types: tuple[str, ...] = ()
    image_pixels: int | None = None
    alt_text: int | None = None  # characters of alt text; None = no limit
    link: bool = True
    video: bool = False
    threads: bool = False
    html: bool = False
    edit: bool = False
    withdraw: bool = False
    idempotent: bool = False  # the platform itself refuses or merges a repeat with the same key
    find: bool = False  # an unknown outcome can be looked up
    departs: bool = False  # notes the point of no return (``publishing.departing``): no note, nothing sent
    read: bool = False  # a sent post can be fetched again
    metrics: bool = False
    by_hand: bool = False  # a person posts it and confirms
    publishes_page: bool = False  # a page of this very site, updated in place by a later approval
    fan_out: bool = False  # one child delivery per recipient (e-mail)


@dataclass(frozen=True)
class Problem:
    """Something an editor must change before approval. ``field`` is text, link, media, alt, title or channel."""

    field: str
    message: Words  # translatable sentence that says what to do
    code: str = ""


@dataclass(frozen=True)
class Setting:
    """One field of the channel form. Secret ones are encrypted at rest and never shown again."""

    name: str
    label: Words
    help: Words = ""
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[tuple[str, Words], ...] = ()
    multiline: bool = False
    numeric: bool = False  # a whole number, at least 1


@dataclass(frozen=True)
class Account:
    """What an adapter sees of a channel: plain values, no database."""

    id: int
    name: str
    kind: str
    config: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class DeliveryKey:
    """Fixed before the first send and the same for every attempt: the base of every idempotency key.

    ``moment`` (UTC) is when the first attempt began; ``recipient`` is set for a fanned-out delivery only.
    """

    uuid: UUID
    moment: datetime
    recipient: str = ""


@dataclass(frozen=True)
class Request:
    """One request as it will be sent, secrets shown as dots: the dry run that anybody may look at."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True)
class Receipt:
    """Proof: the platform has it."""

    remote_id: str
    permalink: str = ""
    details: Mapping[str, Any] = field(default_factory=dict)  # what find/read/withdraw need; no secrets
    not_before: datetime | None = None  # the quota is used up until then (UTC), as the answer said


@dataclass(frozen=True)
class Processing:
    """Accepted but not shown yet; ``find`` is asked again at ``check_at`` (UTC)."""

    check_at: datetime
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Absent:
    """Proof that nothing appeared: sending again is safe."""

    reason: Words


@dataclass(frozen=True)
class CannotTell:
    """No proof either way: a person decides. ``evidence`` is what is on the channel now, for the screen."""

    reason: Words
    evidence: tuple[Mapping[str, str], ...] = ()  # newest first: text, permalink, at


@dataclass(frozen=True)
class ReadBack:
    """What is really there after sending. ``problems`` is empty when text and alt text are as sent."""

    present: bool
    problems: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Figures:
    """How many, as the platform counts until now, by names of ours. What it does not tell is left out, never 0."""

    counts: Mapping[str, int]
    spared_until: datetime | None = None  # little is left of the quota until then (UTC), and that is for sending


@dataclass(frozen=True)
class Verification:
    """Is the channel ready to send? Found ahead of due time."""

    ok: bool
    account: str = ""  # the platform's own name for it
    problem: Words = ""  # one sentence for a person
    learnt: Mapping[str, Any] = field(default_factory=dict)  # merged into the channel's config (limits of an instance)
    expires_at: datetime | None = None  # access ends (UTC)


class Adapter:
    """The steps of a kind. Subclasses fill in what ``limits`` says they can; the rest is never called.

    Every method is safe to call from several threads: no state on the instance.
    """

    kind: ClassVar[str]
    label: ClassVar[Words]
    limits: ClassVar[Limits] = Limits()
    settings: ClassVar[tuple[Setting, ...]] = ()
    # How a preview shows it, as the name of a template: "short" (a post under a handle), "mail", "website" or "plain".
    look: ClassVar[str] = "plain"
    # A person gives access in a browser (OAuth) instead of typing secrets: ``register``, ``consent`` and ``exchange``.
    connects: ClassVar[bool] = False

    def limits_for(self, account: Account) -> Limits:
        """The limits of this very account, where an instance has its own."""
        return self.limits

    def count(self, account: Account, message: Message) -> tuple[int, int | None]:
        """(used, allowed) in the platform's own way of counting; allowed None means no limit. Pure."""
        raise Undeclared(self, "count")

    def validate(self, account: Account, message: Message) -> list[Problem]:
        """Everything that stops this message from being carried whole. Pure."""
        raise Undeclared(self, "validate")

    def translate(self, account: Account, message: Message, key: DeliveryKey) -> list[Request]:
        """The requests that ``send`` makes, in order, secrets hidden. Pure."""
        raise Undeclared(self, "translate")

    def send(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Processing:
        """Post it, once. Raises the declared errors only."""
        raise Undeclared(self, "send")

    def find(self, account: Account, message: Message, key: DeliveryKey) -> Receipt | Processing | Absent | CannotTell:
        """Did an earlier attempt with this key get through?"""
        raise Undeclared(self, "find")

    def read(self, account: Account, message: Message, receipt: Receipt) -> ReadBack:
        """Fetch the post once and compare."""
        raise Undeclared(self, "read")

    def withdraw(self, account: Account, receipt: Receipt) -> None:
        """Take it down and make sure that it is gone; again is harmless."""
        raise Undeclared(self, "withdraw")

    def metrics(self, account: Account, receipt: Receipt) -> Figures | None:
        """How many, never who (likes, reposts, replies, quotes, impressions); None when the post is not there."""
        raise Undeclared(self, "metrics")

    def verify(self, account: Account) -> Verification:
        """Token, permissions and limits, without posting anything."""
        raise Undeclared(self, "verify")

    def recipients(self, account: Account) -> list[str]:
        """Whom to send to, for ``limits.fan_out``. Pure."""
        raise Undeclared(self, "recipients")

    def register(self, account: Account, *, redirect_uri: str) -> Mapping[str, str] | None:
        """Secrets of an application of ours on the account's own server, where one must be made before the consent."""
        return None

    def consent(self, account: Account, *, redirect_uri: str, state: str, challenge: str) -> str:
        """The address at which a person allows it; ``challenge`` is PKCE's S256. Pure."""
        raise Undeclared(self, "consent")

    def exchange(self, account: Account, *, code: str, redirect_uri: str, verifier: str) -> Mapping[str, str]:
        """The secrets that the consent's code is worth."""
        raise Undeclared(self, "exchange")

    def needs_refresh(self, account: Account) -> bool:
        """Whether the access must be renewed before it is used. Pure but for the clock."""
        return False

    def refresh(self, account: Account) -> Mapping[str, str] | None:
        """New secrets, by one worker at a time and only when ``needs_refresh``.

        Say ``effect=True`` where it spends the old ones: a lost answer is OutcomeUnknown then, and remembered.
        """
        return None


class Undeclared(RuntimeError):
    """A step was called that the kind's limits do not declare: a fault of ours."""

    def __init__(self, adapter: Adapter, step: str) -> None:
        super().__init__(f"{type(adapter).__name__} does not declare {step}.")
