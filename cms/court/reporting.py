"""Verbs of a report in the hands of its prosecutor: begin, save, open again. Internal from end to end."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns.models import Initiative, Strategy
from cms.court import access, deadlines
from cms.court.models import Case, Defendant, Report
from publishing.models import Channel

INITIATIVE = "1196"  # the prosecution tells of its work in court
EDITABLE = (Report.State.DRAFT, Report.State.RETURNED)


class Newer(Exception):
    """Another window has saved meanwhile: this one must not undo it."""


def may_report(user: Any) -> bool:
    """A role, not a right: a superuser is no prosecutor."""
    return access.is_prosecutor(user)


@transaction.atomic
def start(user: Any, case: Case | None = None) -> Report:
    """A new report with what is nearly always true filled in; an untouched one of theirs is used again."""
    if not may_report(user):
        raise PermissionDenied
    if case is None:
        untouched = Report.objects.filter(prosecutor=user, version=0, state=Report.State.DRAFT).first()
        if untouched is not None:
            Report.objects.filter(pk=untouched.pk).update(pronounced_at=_this_minute())
            untouched.refresh_from_db()
            return untouched
        name = _("Case of %(day)s") % {"day": f"{timezone.localdate():%d.%m.%Y}"}
        case = Case.objects.create(nickname=name, owner=user)
    elif not Report.objects.of(user).filter(case=case).exists():
        raise PermissionDenied
    last = Report.objects.filter(prosecutor=user).exclude(unit=None).order_by("-pk").first()
    strategy = Strategy.objects.in_force()
    initiative = Initiative.objects.filter(strategy=strategy, number=INITIATIVE).first()
    report = Report.objects.create(
        case=case,
        prosecutor=user,
        unit=last.unit if last else None,
        court=last.court if last else Report._meta.get_field("court").default,
        pronounced_at=_this_minute(),
        focus_area=_focus_of(initiative),
    )
    report.channels.set(_channels_like_last(user))
    if initiative is not None:
        report.initiatives.add(initiative)
    for number in _numbers(case, report):
        Defendant.objects.create(report=report, number=number)
    return report


def _channels_like_last(user: Any) -> list[Channel]:
    """Where the prosecutor's last filed judgment went; every channel for the first, or when none of those is left."""
    filed = Report.objects.filter(prosecutor=user).exclude(state=Report.State.DRAFT)
    last = filed.filter(channels__isnull=False).order_by("-pk").first()
    chosen = list(Channel.objects.usable().filter(pk__in=last.channels.all())) if last else []
    return chosen or list(Channel.objects.usable())


def _this_minute() -> Any:
    return timezone.now().replace(second=0, microsecond=0)


def _focus_of(initiative: Initiative | None) -> Any:
    mapping = initiative.mappings.select_related("focus_area").first() if initiative else None
    return mapping.focus_area if mapping else None


def _numbers(case: Case, report: Report) -> list[int]:
    """Those who were charged before in the same case keep their numbers."""
    last = case.reports.exclude(pk=report.pk).order_by("-pk").first()
    return list(last.defendants.values_list("number", flat=True)) if last else [1]


@transaction.atomic
def save(forms: Any, *, by: Any, version: int, window: str = "", number: int = 0) -> Report:
    """Keep what the form says, as far as it is whole. Newer when another window saved after ``version``.

    The same window may repeat itself: its answer may have been lost on the way. It may not overtake itself.
    """
    report = Report.objects.select_for_update().get(pk=forms.report.pk)
    ensure_editable(report, by)
    same = window != "" and report.saved_in == window
    if same and number <= report.saved_number:
        raise Newer
    if not same and report.version != version:
        raise Newer
    forms.keep()
    report = Report.objects.get(pk=report.pk)
    report.deadline = _deadline(report)
    report.save(update_fields=["deadline"])
    Report.objects.filter(pk=report.pk).update(version=F("version") + 1, saved_in=window, saved_number=number)
    report.refresh_from_db()
    return report


def ensure_editable(report: Report, user: Any) -> None:
    if not may_report(user) or user.pk not in (report.prosecutor_id, report.deputy_id):
        raise PermissionDenied
    if report.state not in EDITABLE:
        raise PermissionDenied(_("It is filed. Open it again to change the facts."))


def _deadline(report: Report) -> Any:
    start = report.deadline_start or (timezone.localdate(report.pronounced_at) if report.pronounced_at else None)
    return deadlines.appeal_deadline(start) if start else None


def reopen(report: Report, *, by: Any) -> None:
    """The facts are to be changed: nothing that was approved of them goes out meanwhile."""
    if not may_report(by) or user_has_no_part(report, by):
        raise PermissionDenied
    Report.objects.filter(pk=report.pk, state=Report.State.FILED).update(state=Report.State.RETURNED)
    report.refresh_from_db()


def user_has_no_part(report: Report, user: Any) -> bool:
    return user.pk not in (report.prosecutor_id, report.deputy_id)
