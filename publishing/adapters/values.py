"""What goes into an adapter's steps and what comes out of them: plain values, no database."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from publishing.errors import Words

HIDDEN = "•••"  # in a described request: a secret
SECRET = "secret"  # noqa: S105 (the name in ``Prepared.details`` of what opens a door on the platform)
LATER = "‹…›"  # in a described request: known only once an earlier one was answered


@dataclass(frozen=True)
class Account:
    """What an adapter sees of a channel: plain values, no database."""

    id: int
    name: str
    kind: str
    config: Mapping[str, Any] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Candidate:
    """One of the accounts that a login gives: a page, an organisation. Who picks it gives the channel both mappings.

    ``config`` names the account (its id); ``secrets`` is access of its own, where it has any beside the login's.
    """

    key: str  # the platform's own id
    name: str
    note: str = ""  # tells it from another of the same name
    problem: Words = ""  # why it cannot be picked
    config: Mapping[str, str] = field(default_factory=dict)
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class DeliveryKey:
    """Fixed before the first send and the same for every attempt: the base of every idempotency key.

    ``moment`` (UTC) is when the first attempt began; ``recipient`` is set for a fanned-out delivery only; ``answers``
    is the receipt of the post of ours that this one answers, where ``limits.replies``. ``prepared`` is what an earlier
    attempt made ready, as it was written down (``Prepared``, ``Processing``): the one thing here that may grow.
    ``hour`` (UTC) is when it is due: whoever is called ahead of it (``limits.ahead``) makes it ready, unseen, and
    answers ``Prepared(key.hour, ...)``.
    """

    uuid: UUID
    moment: datetime
    recipient: str = ""
    answers: "Receipt | None" = None
    prepared: Mapping[str, Any] = field(default_factory=dict, repr=False)
    hour: datetime | None = None

    def is_early(self, now: datetime) -> bool:
        """Whether nothing of it may be seen yet."""
        return self.hour is not None and now < self.hour


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
class Prepared:
    """Made ready on the platform, and nothing can be seen of it. ``details`` are written down and come back as
    ``key.prepared`` at the next attempt, not before ``check_at`` (UTC): so nothing is ever published twice that the
    platform publishes once. That attempt is a send like any other: a stop, a guard or the hour may still forbid it.
    What stands under ``SECRET`` in it lies encrypted meanwhile, and in no row that anybody reads.
    """

    check_at: datetime
    details: Mapping[str, Any] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Processing:
    """Accepted but not shown yet; ``find`` is asked again at ``check_at`` (UTC), with ``details`` as
    ``key.prepared`` if there are any."""

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
