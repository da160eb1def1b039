"""A kind whose answers are written in advance, for tests of the outbox. It counts what it was asked to post."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar

from publishing.adapters.base import (
    Absent,
    Adapter,
    CannotTell,
    Limits,
    Prepared,
    Processing,
    ReadBack,
    Receipt,
    Verification,
)
from publishing.errors import DeliveryError


@dataclass
class Script:
    """``answers`` are used up one a send; then every send succeeds. ``posted`` is what the platform shows."""

    answers: list[Any] = field(default_factory=list)
    findings: list[Any] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    sends: list[str] = field(default_factory=list)
    prepared: list[dict] = field(default_factory=list)  # what came back of it, a send
    deleted: list[str] = field(default_factory=list)
    answered: dict[str, str] = field(default_factory=dict)  # what each post answers
    during: Callable[[], None] = lambda: None


class Scripted(Adapter):
    kind = "scripted"
    label = "Scripted"
    # As if somebody had decided that the house may be there: most tests are about something else.
    limits = Limits(characters=100, find=True, read=True, withdraw=True, replies=True, in_house=True)
    script: ClassVar[Script] = Script()

    def count(self, account, message):
        return len(message.text), self.limits.characters

    def validate(self, account, message):
        return []

    def translate(self, account, message, key):
        return []

    def send(self, account, message, key):
        self.script.sends.append(str(key.uuid))
        self.script.prepared.append(dict(key.prepared))
        self.script.during()
        answer = self.script.answers.pop(0) if self.script.answers else None
        if isinstance(answer, Prepared | Processing):
            return answer
        if isinstance(answer, Exception):
            if getattr(answer, "posted", False):
                self.script.posted.append(str(key.uuid))
            raise answer
        self.script.posted.append(str(key.uuid))
        if key.answers is not None:
            self.script.answered[str(key.uuid)] = key.answers.remote_id
        return Receipt(str(key.uuid), f"https://example.org/{key.uuid}")

    def find(self, account, message, key):
        finding = self.script.findings.pop(0) if self.script.findings else None
        if isinstance(finding, DeliveryError):
            raise finding
        if isinstance(finding, Absent | CannotTell | Processing):
            return finding
        return Receipt(str(key.uuid)) if str(key.uuid) in self.script.posted else Absent("not on the time line")

    def read(self, account, message, receipt):
        return ReadBack(receipt.remote_id in self.script.posted)

    def withdraw(self, account, receipt):
        self.script.deleted.append(receipt.remote_id)

    def verify(self, account):
        return Verification(True, account="@scripted")


class ByHand(Scripted):
    kind = "scripted_by_hand"
    limits = Limits(by_hand=True, in_house=True)


class ToList(Scripted):
    kind = "scripted_list"
    limits = Limits(fan_out=True, find=True, in_house=True)

    def recipients(self, account):
        return list(account.config["recipients"])
