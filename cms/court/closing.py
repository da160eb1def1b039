"""Closing a case: when nothing is asked about it any more. Its list of protected names goes with it."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.court import access, protecting, standing
from cms.court.models import Case, EarlierPost, Report
from cms.court.vocabulary import Finality
from publishing.scheduling import record_evidence


class NotClosed(Exception):
    """Something still asks for somebody. The message is a sentence for people."""


def obstacles(case: Case) -> list[str]:
    """What has to be done before, in words."""
    found = []
    if EarlierPost.objects.undecided().filter(case=case).exists():
        found.append(_("Earlier posts wait for a decision."))
    if case.follow_ups.owed().exists():
        found.append(_("A new decision is not told yet."))
    if case.reports.exclude(state=Report.State.FILED).exists():
        found.append(_("A report is not filed."))
    today = timezone.localdate()
    if any(item.defendant.stands != Finality.FINAL for item in standing.of(case, today)):
        found.append(_("The judgment is not declared final for every defendant."))
    return found


def close(case: Case, *, by: Any) -> None:
    """NotClosed when something still asks for somebody; PermissionDenied for whoever is not on the case."""
    access.ensure_on_the_case(by, case)
    against = obstacles(case)
    if against:
        raise NotClosed(" ".join(against))
    with transaction.atomic():
        if Case.objects.open().filter(pk=case.pk).update(closed_at=timezone.now()):
            record_evidence("case.closed", actor=by.get_username(), subject=case.subject)
            protecting.purge(case, by=by.get_username(), why="case closed")


@transaction.atomic
def reopen(case: Case, *, by: Any) -> None:
    access.ensure_on_the_case(by, case)
    if Case.objects.filter(pk=case.pk, closed_at__isnull=False).update(closed_at=None):
        record_evidence("case.reopened", actor=by.get_username(), subject=case.subject)
