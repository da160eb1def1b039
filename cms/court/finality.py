"""Where the case against one defendant stands, and what moves it (domain 2.4). Pure: no clock, no database.

The tool suggests that a judgment is final; only a prosecutor says so. What is not in ``MOVES`` cannot happen.
"""

from datetime import date

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.court.vocabulary import Finality


class Event(models.TextChoices):
    """What happens to a case after a judgment."""

    APPEALED = "appealed", gettext_lazy("appealed")
    APPEAL_ENDED = "appeal_ended", gettext_lazy("appeal withdrawn or dismissed")
    JUDGED_ON_APPEAL = "judged_on_appeal", gettext_lazy("judged in second instance")
    LEAVE_APPLIED = "leave_applied", gettext_lazy("leave to appeal applied for")
    LEAVE_GRANTED = "leave_granted", gettext_lazy("leave to appeal granted")
    LEAVE_REFUSED = "leave_refused", gettext_lazy("leave to appeal refused")
    SUPREME_COURT_JUDGED = "supreme_court_judged", gettext_lazy("judged by the Supreme Court")
    REMITTED = "remitted", gettext_lazy("remitted to the court below")
    REOPENED = "reopened", gettext_lazy("reopened")
    NEW_TRIAL = "new_trial", gettext_lazy("new trial after a judgment by default")
    JUDGED_AGAIN = "judged_again", gettext_lazy("judged again in first instance")
    DECLARED_FINAL = "declared_final", gettext_lazy("declared final")


MOVES: dict[Finality, dict[Event, Finality]] = {
    Finality.FIRST_INSTANCE: {
        Event.APPEALED: Finality.APPEALED,
        Event.DECLARED_FINAL: Finality.FINAL,
    },
    Finality.APPEALED: {
        Event.JUDGED_ON_APPEAL: Finality.SECOND_INSTANCE,
        Event.REMITTED: Finality.REMITTED,
        Event.APPEAL_ENDED: Finality.FIRST_INSTANCE,
    },
    Finality.SECOND_INSTANCE: {
        Event.LEAVE_APPLIED: Finality.LEAVE_APPLIED,
        Event.DECLARED_FINAL: Finality.FINAL,
    },
    Finality.LEAVE_APPLIED: {
        Event.LEAVE_GRANTED: Finality.LEAVE_GRANTED,
        Event.LEAVE_REFUSED: Finality.SECOND_INSTANCE,
        Event.APPEAL_ENDED: Finality.SECOND_INSTANCE,
    },
    Finality.LEAVE_GRANTED: {
        Event.SUPREME_COURT_JUDGED: Finality.SUPREME_COURT,
        Event.REMITTED: Finality.REMITTED,
        Event.APPEAL_ENDED: Finality.SECOND_INSTANCE,
    },
    Finality.SUPREME_COURT: {
        Event.DECLARED_FINAL: Finality.FINAL,
        Event.REOPENED: Finality.REOPENED,
    },
    Finality.FINAL: {
        Event.REOPENED: Finality.REOPENED,
    },
    Finality.REMITTED: {
        Event.JUDGED_AGAIN: Finality.FIRST_INSTANCE,
        Event.JUDGED_ON_APPEAL: Finality.SECOND_INSTANCE,  # remitted by the Supreme Court
    },
    Finality.REOPENED: {
        Event.JUDGED_AGAIN: Finality.FIRST_INSTANCE,
        Event.JUDGED_ON_APPEAL: Finality.SECOND_INSTANCE,
    },
    Finality.DEFAULT_JUDGMENT: {
        Event.NEW_TRIAL: Finality.REOPENED,
        Event.APPEALED: Finality.APPEALED,
        Event.DECLARED_FINAL: Finality.FINAL,
    },
}

ONLY_PROSECUTORS = frozenset({Event.DECLARED_FINAL})
# A new judgment has come: it is told on the same channels, and the earlier post is corrected.
OUTCOMES = frozenset(
    {Event.JUDGED_ON_APPEAL, Event.SUPREME_COURT_JUDGED, Event.REMITTED, Event.JUDGED_AGAIN, Event.REOPENED}
)


class NotAllowed(ValueError):
    """The case cannot move so, or not by this person. The message is a sentence for people."""


def events(finality: str, *, prosecutor: bool) -> list[Event]:
    """What this person can register now, in the order of the list."""
    return [event for event in MOVES[Finality(finality)] if prosecutor or event not in ONLY_PROSECUTORS]


def move(finality: str, event: str, *, prosecutor: bool) -> Finality:
    """Where the case stands after the event. NotAllowed when it cannot happen, or may not be said by this person."""
    before, happened = Finality(finality), Event(event)
    if happened in ONLY_PROSECUTORS and not prosecutor:
        raise NotAllowed(_("Only a prosecutor declares a judgment final."))
    after = MOVES[before].get(happened)
    if after is None:
        words = {"before": before.label, "event": happened.label}
        raise NotAllowed(_("This cannot follow: the case is “%(before)s”, and what happened is “%(event)s”.") % words)
    return after


def suggests_final(finality: str, deadline: date | None, appealed: bool, today: date) -> bool:
    """Whether to ask a prosecutor if it is final: the computed day is past, and nobody is known to have appealed.

    A suggestion only. The Supreme Court is the last instance, so there it asks at once.
    """
    where = Finality(finality)
    if where == Finality.SUPREME_COURT:
        return True
    can_be_declared = Event.DECLARED_FINAL in MOVES[where]
    return can_be_declared and not appealed and deadline is not None and today > deadline
