"""The only way from internal to public: what may be said about the judgment of one report.

A court's restriction is stricter than any tick: under a ban on naming only the court, the offence, the outcome and
the sentence are left, because a person is often identified by the sum of harmless details.
"""

from collections.abc import Iterable, Set

from django.utils import timezone

from cms.court.facts import Defendant, Facts, Sanction
from cms.court.models import Defendant as Accused
from cms.court.models import Report
from cms.court.models import Sanction as Part
from cms.court.vocabulary import Court, Relation, RestrictionKind, Sex

NO_NARRATIVE = {
    RestrictionKind.CLOSED_DOORS.value,
    RestrictionKind.DOUBLY_CLOSED.value,
    RestrictionKind.REPORTING.value,
}
CLOSE = {Relation.FAMILY.value, Relation.PARTNER.value}  # naming the one names the other


def public_facts(report: Report) -> Facts:
    """What may be said, and nothing else. ValueError while the day or an outcome is missing."""
    if report.pronounced_at is None:
        raise ValueError("The day of the judgment is missing.")
    accused = list(report.defendants.prefetch_related("sanctions"))
    if not accused or not all(person.outcome for person in accused):
        raise ValueError("An outcome is missing.")
    in_force = kinds_in_force(report)
    banned = RestrictionKind.NAME.value in in_force
    anonymous = banned or any(person.minor for person in accused)
    result_only = bool(in_force & NO_NARRATIVE)
    told = not anonymous and not result_only
    return Facts(
        court=court_name(report),
        instance=report.instance,
        judged_on=timezone.localdate(report.pronounced_at),
        defendants=tuple(_defendant(person, anonymous=anonymous, in_force=in_force) for person in accused),
        anonymous=anonymous,
        result_only=result_only,
        place="" if anonymous else report.place.strip(),
        period="" if anonymous else report.period.strip(),
        said=tuple(_said(report.said)) if told else (),
        advice=report.advice.strip(),
        contact=report.contact.strip(),
        quote=report.quote.strip() if told and report.quote_approved else "",
        quoted=report.quoted.strip() if told and report.quote_approved else "",
    )


def kinds_in_force(report: Report) -> set[str]:
    """Registered on the case, or said on the form and registered when it is filed."""
    registered = report.case.restrictions.in_force().values_list("kind", flat=True)
    return {*registered, *(str(row["kind"]) for row in report.restriction_rows.values())}


def court_name(report: Report) -> str:
    if report.court == Court.OTHER.value:
        return report.other_court.strip()
    return str(Court(report.court).label)


def _said(lines: Iterable[dict[str, object]]) -> Iterable[str]:
    """Only what was said in open court."""
    for line in lines:
        text = str(line.get("text", "")).strip()
        if text and line.get("open") is True:
            yield text


def _defendant(person: Accused, *, anonymous: bool, in_force: Set[str]) -> Defendant:
    described = not anonymous and person.relation not in CLOSE and not person.company
    return Defendant(
        outcome=person.outcome,
        offences=() if RestrictionKind.DOUBLY_CLOSED.value in in_force else tuple(person.offences),
        acquitted_of=() if RestrictionKind.DOUBLY_CLOSED.value in in_force else tuple(person.acquitted_of),
        sanctions=tuple(_sanction(part) for part in person.sanctions.all()),
        age=person.age if described and person.age_public else None,
        minor=person.minor and RestrictionKind.NAME.value not in in_force,
        sex=person.sex if described and person.sex_public else Sex.UNSAID.value,
        company=person.company,
        plea=person.plea if not anonymous and person.plea_public else "",
        stance=person.stance,
        prosecution=person.prosecution,
        finality=person.finality,
    )


def _sanction(part: Part) -> Sanction:
    return Sanction(
        kind=part.kind,
        years=part.years,
        months=part.months,
        days=part.days,
        hours=part.hours,
        amount=part.amount,
        for_good=part.for_good,
        what=part.what.strip(),
    )
