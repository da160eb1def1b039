"""After the outcome of an appeal: the new judgment is told where the old one was, and the old post is corrected (R-23).

A follow-up is owed until both are done, or a prosecutor says with a reason why not. After three working days it
stands before editors as an alarm (C-15).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.court import access, deadlines, earlier
from cms.court.models import Case, Defendant, EarlierPost, FollowUp, Report
from cms.court.vocabulary import Court, Finality, Instance, Outcome
from publishing.models import Channel, Delivery, State
from publishing.scheduling import record_evidence

WORKING_DAYS = 3
# Of the first judgment alone: the report of the next one begins without them.
OF_ONE_JUDGMENT = {
    "id", "key", "case", "page", "state", "version", "prosecutor", "deputy", "court", "other_court", "instance",
    "pronounced_at", "deadline_from", "deadline_start", "deadline", "defence_told_at", "victim_told_at",
    "senior_told_at", "not_relevant", "confirmed_at", "created_at", "saved_at", "may_be_said", "in_open_court", "said",
    "quote", "quoted", "quote_approved", "embargo_until", "restrictions_answer", "restriction_rows", "saved_in",
    "saved_number", "text_confirmed", "text_asked", "review_on", "expires_on",
}  # fmt: skip
OF_ONE_DEFENDANT = {"id", "report", "outcome", "acquitted_of", "stance", "prosecution"}
ABOVE = {
    Finality.SECOND_INSTANCE: (Court.EASTERN, Instance.SECOND),
    Finality.SUPREME_COURT: (Court.SUPREME, Instance.THIRD),
}
REMITTED_BY = {Instance.FIRST: (Court.EASTERN, Instance.SECOND), Instance.SECOND: (Court.SUPREME, Instance.THIRD)}

DECIDED = (*ABOVE, Finality.FIRST_INSTANCE, Finality.REMITTED, Finality.REOPENED)


@dataclass(frozen=True)
class Step:
    words: str
    done: bool
    page_id: int | None = None  # whose text is to be changed


def due_after(day: date) -> date:
    """Three working days later."""
    left = WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= deadlines.counts_in_denmark(day)
    return day


@transaction.atomic
def open_for(case: Case, *, by: Any, report: Report | None = None) -> list[FollowUp]:
    """One for every report of an earlier judgment of which something is out.

    One that is owed already stays; where its own decision is overtaken, it is owed anew from now.
    """
    Case.objects.select_for_update(no_key=True).get(pk=case.pk)  # outcomes of two defendants may come at once
    opened, out = [], {earlier.page_of(post) for post in earlier.posts(case)}
    told = case.reports.exclude(page=None)
    if report is not None:  # facts of the first that are corrected follow nothing up
        told = told.filter(pk__lt=report.pk)
    for before in told.filter(page_id__in=out):
        follow_up, created = FollowUp.objects.get_or_create(
            case=case,
            earlier=before,
            done_at=None,
            defaults={"due_on": due_after(timezone.localdate()), "report": report},
        )
        if created:
            opened.append(follow_up)
            payload = {"page": before.page_id, "due_on": follow_up.due_on.isoformat()}
            record_evidence("follow_up.opened", actor=by.get_username(), subject=case.subject, payload=payload)
        elif _overtaken(follow_up, report):
            again = {"opened_at": timezone.now(), "due_on": due_after(timezone.localdate()), "report": report}
            FollowUp.objects.filter(pk=follow_up.pk).update(**again)
        elif report is not None and follow_up.report_id is None:
            FollowUp.objects.filter(pk=follow_up.pk).update(report=report)
    return opened


def _overtaken(follow_up: FollowUp, report: Report | None) -> bool:
    """A newer decision has come than the one that was reported for it."""
    begun = follow_up.report
    return begun is not None and begun.state != Report.State.DRAFT and (report is None or begun.pk < report.pk)


def filed(report: Report, *, by: Any) -> None:
    """A report of a later judgment was filed: the earlier ones are followed up, and an acquittal asks about them."""
    if not report.case.reports.exclude(pk=report.pk).exclude(page=None).exists():
        return
    open_for(report.case, by=by, report=report)
    acquitted = report.defendants.filter(outcome=Outcome.ACQUITTED).values("number")
    before = report.case.reports.filter(pk__lt=report.pk).exclude(page=None)
    if before.filter(defendants__number__in=acquitted).exists():  # in whichever instance it came
        earlier.ask(report.case, why=EarlierPost.Why.ACQUITTAL, by=by, except_page=report.page_id)


@transaction.atomic
def report_for(follow_up: FollowUp, *, by: Any) -> Report:
    """The report of the new judgment, begun with all that stays the same; the one that was begun already, if any."""
    case = follow_up.case
    access.ensure_on_the_case(by, case)
    follow_up = FollowUp.objects.select_for_update(no_key=True).get(pk=follow_up.pk)  # two may press at once
    begun = follow_up.report or _begun(case)
    if begun is not None:
        FollowUp.objects.filter(pk=follow_up.pk).update(report=begun)
        return begun
    before = follow_up.earlier
    after, numbers = _newest(case)
    everyone = list(before.defendants.all())
    defendants = [one for one in everyone if one.number in numbers] or everyone
    court, instance = _court(case, before, after)
    report = Report(
        case=case,
        prosecutor=by,
        version=1,  # written in already: nobody gets it as an empty one
        court=court,
        instance=instance,
        pronounced_at=timezone.now().replace(second=0, microsecond=0),
        **_same(before, OF_ONE_JUDGMENT),
    )
    report.save()
    for relation in Report._meta.many_to_many:  # channels and the like
        getattr(report, relation.name).set(getattr(before, relation.name).all())
    outcome = Outcome.REMITTED if after == Finality.REMITTED else ""
    Defendant.objects.bulk_create(
        Defendant(report=report, outcome=outcome, **_same(one, OF_ONE_DEFENDANT)) for one in defendants
    )
    FollowUp.objects.filter(pk=follow_up.pk).update(report=report)
    return report


def _court(case: Case, before: Report, after: str) -> tuple[str, int]:
    """Where it was decided: above; by the court that sent it back; or where it was tried first."""
    filed = list(case.reports.exclude(state=Report.State.DRAFT).order_by("pk"))
    if after in ABOVE:
        return ABOVE[Finality(after)]
    if after == Finality.REMITTED:
        return REMITTED_BY.get(Instance(filed[-1].instance), (before.court, before.instance))
    first = next((report for report in filed if report.instance == Instance.FIRST), before)
    return first.court, first.instance


def _begun(case: Case) -> Report | None:
    """Several earlier reports are followed up by one new one."""
    drafts = case.follow_ups.owed().filter(report__state=Report.State.DRAFT).select_related("report")
    return next((row.report for row in drafts), None)


def _newest(case: Case) -> tuple[str, set[int]]:
    """What the newest decision made of the case, and whom it is about: not those who accepted the judgment below."""
    last = {move.number: move.after for move in case.standing_moves.order_by("at", "pk")}
    newest = case.standing_moves.filter(after__in=DECIDED).order_by("-at", "-pk").first()
    after = newest.after if newest is not None else Finality.FIRST_INSTANCE
    return after, {number for number, stands in last.items() if stands == after}


def _same(row: Any, left_out: set[str]) -> dict[str, Any]:
    fields = (field for field in row._meta.concrete_fields if field.name not in left_out)
    return {field.attname: getattr(row, field.attname) for field in fields}


def steps(follow_up: FollowUp) -> list[Step]:
    """What is to be done, and whether it is: told on each channel, and the page that was first corrected."""
    page, since = follow_up.earlier.page_id, follow_up.opened_at
    if page is None:
        return []
    found = []
    posts = Delivery.objects.labelled(f"page:{page}").filter(parent=None, sent_at__lt=since)
    for channel in Channel.objects.filter(pk__in=posts.values("channel")).exclude(retired_at__isnull=False):
        told = follow_up.report.page_id if follow_up.report is not None else None
        done = told is not None and _sent(told, channel, since)
        found.append(Step(_("The new decision is told on %(channel)s.") % {"channel": channel.name}, done))
        if channel.limits.publishes_page or channel.limits.edit:
            gone = not posts.filter(channel=channel, state=State.DELIVERED).exists()
            words = _("The earlier post on %(channel)s is corrected or taken down.") % {"channel": channel.name}
            found.append(Step(words, gone or _sent(page, channel, since), page))
    return found


def _sent(page_id: int, channel: Channel, since: Any) -> bool:
    rows = Delivery.objects.labelled(f"page:{page_id}").filter(channel=channel, state=State.DELIVERED)
    return rows.filter(sent_at__gte=since).exists()


def settle() -> int:
    """End the follow-ups of which everything is done. Returns how many.

    Where nothing can be done here any more (every channel is out of use), a prosecutor says that it is enough.
    """
    done = 0
    for follow_up in FollowUp.objects.owed().select_related("earlier", "report", "case"):
        found = steps(follow_up)
        if follow_up.earlier.page_id is None or (found and all(step.done for step in found)):
            done += _end(follow_up, by=None, reason="")
    return done


def end(follow_up: FollowUp, *, by: Any, reason: str) -> None:
    """A prosecutor says why nothing more is to be done."""
    access.ensure_on_the_case(by, follow_up.case)
    reason = reason.strip()[:500]
    earlier.ensure_no_name(reason)
    if len(reason) < earlier.SHORTEST_REASON:
        number = {"number": earlier.SHORTEST_REASON}
        raise earlier.NotDecided(_("Write why nothing more is to be done, in at least %(number)s characters.") % number)
    _end(follow_up, by=by, reason=reason)


def _end(follow_up: FollowUp, *, by: Any, reason: str) -> int:
    with transaction.atomic():
        rows = FollowUp.objects.owed().filter(pk=follow_up.pk)
        done = rows.update(done_at=timezone.now(), done_by=by, reason=reason)
        if done:
            actor = by.get_username() if by is not None else ""
            payload = {"page": follow_up.earlier.page_id, "reason": reason}
            record_evidence("follow_up.done", actor=actor, subject=follow_up.case.subject, payload=payload)
    return done


def perhaps_owed_to(user: Any) -> Any:
    """A prosecutor's own; an editor may be concerned by all of them."""
    rows = FollowUp.objects.owed()
    return rows if access.is_editor(user) else rows.filter(case__in=access.cases_of(user))


def owed_to(user: Any, today: date) -> list[FollowUp]:
    """A prosecutor's own; for an editor, everything of which a text is to be corrected, or that is late."""
    rows = perhaps_owed_to(user).select_related("case", "earlier__page", "report").order_by("due_on")
    if not access.is_editor(user):
        return list(rows)
    return [row for row in rows if today > row.due_on or any(s.page_id and not s.done for s in steps(row))]
