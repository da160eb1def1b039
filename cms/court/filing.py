"""Filing: a report that is declared correct becomes a court result that waits for its approvals.

1. what is missing stops it; 2. restrictions of the form are registered; 3. public facts are taken out, the only thing
that goes further; 4. the page is written anew where the facts are new; 5. it is submitted as by the prosecutor.
"""

import hashlib
import json
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from campaigns import clock
from campaigns.models import Placement
from cms import publication, rendering
from cms.court import completeness, drafting, following, registering, reporting
from cms.court.facts import Facts
from cms.court.models import Report
from cms.court.publicity import public_facts
from cms.fingerprints import fingerprint
from cms.models import CommunicationInitiative, CourtResult, CourtResultIndex
from publishing.scheduling import record_evidence

FRESH = timedelta(hours=48)  # a result is news: what is not approved by then asks for a new time
CLOSED = "Luk for kommentarer."


class Incomplete(Exception):
    """Something is missing or must be changed first. ``gaps`` say what, each with its field."""

    def __init__(self, gaps: list[completeness.Missing]) -> None:
        super().__init__(" ".join(gap.sentence for gap in gaps))
        self.gaps = gaps


@transaction.atomic
def file(report: Report, *, by: Any) -> CourtResult:
    """The prosecutor declares it correct, restrictions checked. Incomplete when it cannot go on."""
    report = Report.objects.select_for_update().get(pk=report.pk)
    reporting.ensure_editable(report, by)
    gaps = completeness.missing(report)
    if gaps:
        raise Incomplete(gaps)
    registering.register(report, by=by)
    with override("da"):
        page = _page(report, public_facts(report), by=by)
    # The page first: its route is known when it is submitted, and the bans of its case when its words are judged.
    Report.objects.filter(pk=report.pk).update(page=page)
    _refuse_what_must_change(page)
    _submit(page, by=by)
    now = timezone.now()
    words = fingerprint(page.get_latest_revision())  # declared with what they were shown
    Report.objects.filter(pk=report.pk).update(
        state=Report.State.FILED, confirmed_at=now, page=page, text_confirmed=words
    )
    record_evidence(
        "court_result.filed",
        actor=by.get_username(),
        subject=f"page:{page.pk}",
        payload={"facts": digest(page.facts), "restrictions_checked_at": now.isoformat()},
    )
    report.refresh_from_db()
    following.filed(report, by=by)
    return page


def digest(facts: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(facts, sort_keys=True).encode()).hexdigest()


def _page(report: Report, facts: Facts, *, by: Any) -> CourtResult:
    channels = list(report.channels.all())
    page = report.page.get_latest_revision_as_object() if report.page else None
    new = page is None
    if page is None:
        page = CourtResult(owner=by, live=False)
        drafting.write(page, facts, channels)
        CourtResultIndex.objects.get().add_child(instance=page)
        drafting.write(page, facts, channels)  # now that it has an address, which takes room on the channels
    elif page.public_facts != facts:
        drafting.write(page, facts, channels)
    page.owner_unit, page.focus_area = report.unit, report.focus_area
    page.review_date, page.expires_on, page.embargo_until = report.review_on, report.expires_on, report.embargo_until
    page.initiative_tags = [CommunicationInitiative(initiative=found) for found in report.initiatives.all()]
    if not new and page.latest_revision is None:
        raise RuntimeError("A court result without a revision.")
    page.save_revision(user=by, log_action=True)
    _place(report, page, by=by)
    return CourtResult.objects.get(pk=page.pk)


def _place(report: Report, page: CourtResult, *, by: Any) -> None:
    """As soon as it is approved, on the channels proposed; what is out stays as it is."""
    wanted = {channel.pk for channel in report.channels.all()}
    due = max(filter(None, (timezone.now(), report.pronounced_at, report.embargo_until))).replace(microsecond=0)
    times = {"due_at": due, "latest_at": due + FRESH, "wall_time": clock.written(due)}
    for placement in Placement.objects.of_page(page.pk):
        if placement.is_out:
            wanted.discard(placement.channel_id)
        elif placement.channel_id not in wanted:
            placement.delete()
        else:
            Placement.objects.filter(pk=placement.pk).update(**times)
            wanted.discard(placement.channel_id)
    note = CLOSED if report.comments_closed else ""
    for channel in wanted:
        Placement.objects.create(page=page, channel_id=channel, created_by=by, note=note, **times)


def _refuse_what_must_change(page: CourtResult) -> None:
    """What no approver could let pass is said now, to the one who can change it."""
    content = page.get_latest_revision_as_object()
    found = [
        completeness.Missing("advice", publication.Found.said_of([item])) for item in publication.hard_stops(content)
    ]
    found += [completeness.Missing("channels", item.sentence) for item in rendering.problems(content, timezone.now())]
    if found:
        raise Incomplete(found)


def _submit(page: CourtResult, *, by: Any) -> None:
    running = page.current_workflow_state
    if running is not None:
        running.cancel(user=by)
    page.get_workflow().start(page, by)


def sent_back(page_id: int) -> None:
    """An approver wants it corrected: the form is open again."""
    Report.objects.filter(page_id=page_id, state=Report.State.FILED).update(state=Report.State.RETURNED)
