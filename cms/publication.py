"""The publication rules over a piece of content: every text of it that the public can read, on every channel.

Hard findings stop submission, approval and sending. A finding that blocks waits for an override by the right role;
one that needs a second person, for a legal approver. Advice is advice.
"""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.models import Revision, TaskState

from cms import roles
from cms.court import circumstances
from cms.court.circumstances import Circumstances
from cms.findings import (
    SEVERITIES,
    Found,
    context_of,
    findings,
    of_case,
    of_words,
    stage_of,
    with_overrides,
)
from cms.rules import Severity
from cms.texts import texts

__all__ = [
    "LAWYERS",
    "SEVERITIES",
    "Found",
    "Stopped",
    "against",
    "blocking",
    "closed",
    "ensure",
    "findings",
    "hard_stops",
    "stage_of",
    "stops",
    "texts",
]
LAWYERS = next(role.name for role in roles.ROLES if role.key == "legal")


class Stopped(PermissionDenied):
    """A publication rule stands against it. The message is a sentence for people."""


def stops(page: Any) -> list[Found]:
    """What must be changed or let pass before it goes out."""
    return [item for item in findings(page) if item.stops]


def hard_stops(page: Any) -> list[Found]:
    return [item for item in stops(page) if item.finding.severity == Severity.BLOCK_HARD]


def against(page: Any, user: Any, *, alone: bool = False) -> str | None:
    """What stands against this person's yes to the content, as a sentence. A lawyer is the second person asked for.

    ``alone``: sent without a second person, who looks at it afterwards; then only what blocks stands against it.
    """
    shut = closed(circumstances.of(page.pk))
    if shut is not None:
        return shut
    legal = user is not None and user.groups.filter(name=LAWYERS).exists()
    revision = page.get_latest_revision() if page.pk else None
    legal = legal or (revision is not None and _lawyer_signed(revision))
    for item in stops(page):
        if item.finding.severity != Severity.SECOND_PERSON or not (legal or alone):
            return item.sentence
    return None


def ensure(page: Any, user: Any, *, alone: bool) -> None:
    """Stopped, with a sentence, when a rule stands against it."""
    sentence = against(page, user, alone=alone)
    if sentence is not None:
        raise Stopped(sentence)


def closed(known: Circumstances) -> str | None:
    """What of the case itself forbids that anything more is said about it, whatever the words."""
    if known.undecided:
        return ngettext(
            "An earlier post on the same case waits for a decision. Nothing more is sent about it before.",
            "%(number)s earlier posts on the same case wait for a decision. Nothing more is sent about it before.",
            known.undecided,
        ) % {"number": known.undecided}
    if known.sealed_shut:
        return _("The protected names of the case cannot be opened, so nothing can be compared with them.")
    return None


def blocking(revision: Revision) -> str | None:
    """What forbids a send at this moment, whoever approved it. Costs one query when it is about no case."""
    page_id = int(revision.object_id)
    known = circumstances.of(page_id)
    shut = closed(known)
    if shut is not None:
        return shut
    found = list(of_words(revision.pk, revision.created_at, replace(known, protected_names=())))
    if known.in_a_case:  # a confirmation grows old while the words stay
        content = revision.as_object()
        found += of_case(content, context_of(content, known), known, timezone.now(), None)
    asked = {Severity.BLOCK_HARD, Severity.BLOCK}
    if not _lawyer_knew(revision, known):
        asked.add(Severity.SECOND_PERSON)
    grave = [item for item in found if item.finding.severity in asked]
    return next((item.sentence for item in with_overrides(page_id, grave, known) if item.stops), None)


def _lawyer_knew(revision: Revision, known: Circumstances) -> bool:
    """Whether a lawyer approved it with the restriction before their eyes; so it is where there is none."""
    if known.restricted_since is None:
        return True
    since = known.restricted_since
    given = revision.approvals.filter(at__gte=since, by__groups__name=LAWYERS)
    return bool(given.exists()) or _lawyer_signed(revision, since)


def _lawyer_signed(revision: Revision, since: datetime | None = None) -> bool:
    """Whether a lawyer approved this very revision in a step of its route; another may have taken the last one."""
    signed = TaskState.objects.filter(
        revision=revision, status=TaskState.STATUS_APPROVED, finished_by__groups__name=LAWYERS
    )
    return bool((signed.filter(finished_at__gte=since) if since else signed).exists())
