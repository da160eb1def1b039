"""The road of one delivery as people read it: every piece of its evidence as a sentence, in the order of time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from publishing import labels, presenting
from publishing.models import Delivery, EvidenceRecord, State

SHAPES = presenting.SHAPES
# Kind of evidence to shape and sentence. What has a person behind it says so by ``who``.
WORDS: dict[str, tuple[str, str | Promise]] = {
    "delivery.scheduled": (SHAPES[State.SCHEDULED], gettext_lazy("Planned")),
    "delivery.moved": (SHAPES[State.SCHEDULED], gettext_lazy("Given a new time")),
    "delivery.held": (SHAPES[State.HELD], gettext_lazy("Held")),
    "delivery.missed": (SHAPES[State.MISSED], gettext_lazy("Not sent in time")),
    "delivery.failed": (SHAPES[State.FAILED], gettext_lazy("Failed")),
    "delivery.released": (SHAPES[State.SCHEDULED], gettext_lazy("Released")),
    "delivery.cancelled": (SHAPES[State.CANCELLED], gettext_lazy("Cancelled before it was sent")),
    "delivery.uncertain": (
        SHAPES[State.UNCERTAIN],
        gettext_lazy("The worker was lost: nobody knows whether it got out"),
    ),
    "delivery.asked_a_person": (SHAPES[State.UNCERTAIN], gettext_lazy("No proof either way: a person is asked")),
    "delivery.reconciled": (SHAPES[State.AWAITING_RETRY], gettext_lazy("Looked up: not there, so it may be sent")),
    "delivery.dismissed": (SHAPES[State.CANCELLED], gettext_lazy("Seen and let be")),
    "delivery.withdraw_asked": (SHAPES["to_take_down"], gettext_lazy("Take-down asked for")),
    "delivery.withdraw_failed": (SHAPES[State.FAILED], gettext_lazy("Could not be taken down")),
    "delivery.withdrawn": (SHAPES[State.WITHDRAWN], gettext_lazy("Taken down")),
    "draft.given_up": (SHAPES["to_take_down"], gettext_lazy("Its draft on the platform is to be taken away")),
    "draft.stays": (SHAPES[State.FAILED], gettext_lazy("Its draft could not be taken away")),
    "draft.gone": (SHAPES[State.WITHDRAWN], gettext_lazy("Its draft was taken away")),
    "attempt.begun": (SHAPES[State.SENDING], gettext_lazy("Sending begun")),
    "attempt.sent": (SHAPES[State.DELIVERED], gettext_lazy("Sent")),
    "attempt.prepared": (SHAPES[State.PROCESSING], gettext_lazy("Made ready on the platform; nothing can be seen yet")),
    "attempt.processing": (SHAPES[State.PROCESSING], gettext_lazy("Accepted, not finished yet")),
    "attempt.temporary": (SHAPES[State.AWAITING_RETRY], gettext_lazy("Did not get through; nothing was posted")),
    "attempt.wait": (SHAPES[State.AWAITING_RETRY], gettext_lazy("Told to wait; nothing was posted")),
    "attempt.rejected": (SHAPES[State.FAILED], gettext_lazy("Refused; nothing was posted")),
    "attempt.unknown": (SHAPES[State.UNCERTAIN], gettext_lazy("The answer was lost")),
    "attempt.fault": (SHAPES[State.FAILED], gettext_lazy("A fault of ours")),
    "receipt.read_good": (SHAPES[State.DELIVERED], gettext_lazy("Read back: it is there, as sent")),
    "receipt.read_different": (SHAPES[State.FAILED], gettext_lazy("Read back: it differs from what was sent")),
    "receipt.read_absent": (SHAPES[State.FAILED], gettext_lazy("Read back: it is not there")),
    "receipt.gone": (SHAPES["absent"], gettext_lazy("Gone from the channel, and not by us")),
    "receipt.read_impossible": (SHAPES["draft"], gettext_lazy("Could not be read back")),
    "decision.sent": (SHAPES[State.DELIVERED], gettext_lazy("Marked as sent by a person")),
    "decision.send_again": (SHAPES[State.AWAITING_RETRY], gettext_lazy("A person said: send it again")),
    "decision.do_not_send": (SHAPES[State.CANCELLED], gettext_lazy("A person said: do not send it")),
    "decision.try_again": (SHAPES[State.AWAITING_RETRY], gettext_lazy("A person said: try once more")),
    "decision.reading_accepted": (SHAPES[State.CANCELLED], gettext_lazy("What was read back was let be")),
    "decision.went_alone": (SHAPES[State.SCHEDULED], gettext_lazy("A person let it go without the one before it")),
    "release.dissolved": (SHAPES[State.SCHEDULED], gettext_lazy("Goes at its own time again")),
    "decision.doubted": (SHAPES[State.UNCERTAIN], gettext_lazy("A person doubted that nothing was posted")),
}

# Reasons that the evidence keeps in a code of ours, and what of them the sentence does not say.
CODES: dict[str, str | Promise] = {"worker lost": "", "could not begin": gettext_lazy("A fault of ours.")}


@dataclass(frozen=True)
class Step:
    """One line. ``who`` is a person's name, or nothing where the system did it."""

    at: datetime
    shape: str
    sentence: str
    who: str = ""
    note: str = ""


def steps(delivery: Delivery, records: Iterable[EvidenceRecord]) -> list[Step]:
    """From plan to take-down; what the layers above know about it stands among it at its time."""
    records = list(records)
    names = _names(record.actor for record in records)
    found = [_step(record, names) for record in records]
    found += [Step(at, SHAPES["approved"], sentence) for at, sentence in labels.story(delivery)]
    return sorted(found, key=lambda step: step.at)


def _step(record: EvidenceRecord, names: dict[str, str]) -> Step:
    shape, words = WORDS.get(record.kind, ("·", record.kind))
    who = "" if ":" in record.actor else names.get(record.actor, record.actor)
    note = str(record.payload.get("summary") or record.payload.get("reason") or "")
    note = str(CODES.get(note, note))
    problems = record.payload.get("problems") or []
    note = note or " ".join(str(problem) for problem in problems)
    if record.kind in ("delivery.scheduled", "delivery.moved", "delivery.released"):
        due = datetime.fromisoformat(record.payload["due_at"])
        note = note or _("for %(moment)s") % {"moment": presenting.when(due, record.at)}
    return Step(record.at, shape, str(words), who, note)


def _names(usernames: Iterable[str]) -> dict[str, str]:
    """User name to full name. Whoever has left is called as the evidence calls them."""
    user = get_user_model()
    wanted = {name for name in usernames if name and ":" not in name}
    return {
        item.get_username(): item.get_full_name()
        for item in user._default_manager.filter(username__in=wanted)
        if item.get_full_name()
    }
