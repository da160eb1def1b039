"""What is still missing before a report can be filed: pure questions, each with the field it is about."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from cms.court.models import Defendant, Report
from cms.court.parts import JUDGED, NEEDED, SENTENCED
from cms.court.vocabulary import CaseType, Court, Outcome, Stance

YOUNGEST = 15  # the age of criminal responsibility


@dataclass(frozen=True)
class Missing:
    field: str  # its name on the page
    sentence: str


def missing(report: Report) -> list[Missing]:
    people = list(report.defendants.prefetch_related("sanctions"))
    return [
        *_judgment(report),
        *(gap for person in people for gap in _defendant(person, report, alone=len(people) == 1)),
        *_around(report),
    ]


def _judgment(report: Report) -> Iterator[Missing]:
    if not report.case.police_number:
        yield Missing("police_number", _("The police case number is missing."))
    if not report.case.court_number:
        yield Missing("court_number", _("The court's case number is missing."))
    if report.unit_id is None:
        yield Missing("unit", _("Choose your unit."))
    if report.court == Court.OTHER and not report.other_court:
        yield Missing("other_court", _("Which court was it?"))
    if report.pronounced_at is None:
        yield Missing("pronounced_at", _("When was the judgment pronounced?"))


def _defendant(person: Defendant, report: Report, *, alone: bool) -> Iterator[Missing]:
    who = "" if alone else _(" (defendant %(number)s)") % {"number": person.number}

    def gap(field: str, sentence: str) -> Missing:
        return Missing(f"t{person.number}-{field}", f"{sentence[:-1]}{who}{sentence[-1]}")  # “... dommen (tiltalt 1)?”

    if person.age is None and not person.company:
        yield gap("age", _("The age is missing: it decides what may be said."))
    if person.minor and min(age for age in (person.age, person.age_then) if age is not None) < YOUNGEST:
        yield gap("age", _("Nobody under 15 is told of in public."))
    if not person.outcome:
        yield gap("outcome", _("Choose the outcome."))
    elif not (person.offences or person.acquitted_of):
        yield gap("offences", _("What was the case about? Write it in plain words."))
    if person.outcome == Outcome.PARTLY_ACQUITTED and not person.acquitted_of:
        yield gap("acquitted_of", _("Of what was the defendant acquitted?"))
    if person.outcome in SENTENCED:
        yield from (gap(*found) for found in _sentence(person))
    if person.outcome in JUDGED and report.case_type != CaseType.DEFAULT:
        if person.stance == Stance.UNKNOWN:
            yield gap("stance", _("What does the defendant say to the judgment?"))
        if person.prosecution == Stance.UNKNOWN:
            yield gap("prosecution", _("What does the prosecution say to the judgment?"))


def _sentence(person: Defendant) -> Iterator[tuple[str, str]]:
    parts = list(person.sanctions.all())
    if not parts:
        yield "sanction_kinds", _("Choose the sentence.")
    for part in parts:
        needed = NEEDED.get(part.kind, ())
        if needed and not any(getattr(part, name) for name in needed):
            words = {"sanction": part.get_kind_display()}
            yield f"{part.kind}_{needed[0]}", _("How much, how long or what: %(sanction)s.") % words


def _around(report: Report) -> Iterator[Missing]:
    if not report.restrictions_answer:
        yield Missing("restrictions_answer", _("Say whether there are restrictions."))
    elif report.restrictions_answer == Report.Restrictions.SOME and not (
        report.restriction_rows or report.case.restrictions.exists()
    ):
        yield Missing("restrictions_answer", _("Say which restriction there is."))
    if report.restrictions_answer == Report.Restrictions.NONE and report.case.restrictions.in_force().exists():
        yield Missing("restrictions_answer", _("A restriction is registered on this case. Have it lifted there first."))
    if report.quote and not (report.quoted and report.quote_approved):
        yield Missing("quote_approved", _("Who is quoted, and did they approve it?"))
    for name, label in Report.Told.choices:
        if getattr(report, f"{name}_told_at") is None and name not in report.not_relevant:
            yield Missing(f"{name}_told", _("When was this told to %(who)s? Or is it not relevant?") % {"who": label})
    if not report.channels.exists():
        yield Missing("channels", _("Choose at least one channel."))
