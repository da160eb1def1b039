"""Reports on the demo prosecutor's desk, in every state. Judgments, numbers and persons are plainly invented."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.management import call_command
from django.utils import timezone

from campaigns.models import Unit
from cms import decisions
from cms.court import filing, reporting
from cms.court.models import Report, Sanction
from cms.models import CourtResult
from publishing.models import Channel, Delivery, State


@dataclass(frozen=True)
class Judgment:
    """``ending`` is how far it goes: draft, legal, editor, back or sent."""

    nickname: str
    ending: str
    offence: str
    age: int
    sex: str
    outcome: str
    sanctions: tuple[dict[str, Any], ...] = ()
    stance: str = "considering"
    prosecution: str = "accepted"
    said: str = ""
    ban: str = ""
    note: str = ""


JUDGMENTS = (
    Judgment(
        "Prøvesag: kiosken", "sent", "røveri", 27, "man", "convicted", ({"kind": "prison", "years": 2, "months": 6},),
        said="Manden truede ekspedienten med en attrap.",
    ),
    Judgment(
        "Prøvesag: cyklerne", "editor", "tyveri", 34, "woman", "convicted",
        ({"kind": "suspended", "days": 60}, {"kind": "community_service", "hours": 80}), "accepted",
    ),
    Judgment("Prøvesag: hæleri", "legal", "hæleri", 45, "man", "acquitted", stance="accepted", prosecution="awaiting"),
    Judgment(
        "Prøvesag: værtshuset", "legal", "vold", 22, "man", "convicted", ({"kind": "prison", "days": 40},), ban="name",
    ),
    Judgment(
        "Prøvesag: webbutikken", "back", "databedrageri", 39, "man", "convicted",
        ({"kind": "prison", "months": 8}, {"kind": "confiscation", "amount": 45000}),
        note="Er det konfiskerede beløb 45.000 eller 54.000 kroner? Kontrollér domsudskriften.",
    ),
    Judgment("Prøvesag: scooteren", "draft", "vanvidskørsel", 19, "man", ""),
)  # fmt: skip


def ensure(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> Iterator[str]:
    """Make each once by the real verbs, telling what was done."""
    for number, judgment in enumerate(JUDGMENTS, start=1):
        if not Report.objects.filter(case__nickname=judgment.nickname).exists():
            report = _written(judgment, number, users["anklager"])
            report.channels.set([channels["website"], channels["x"], channels["press"]])
            _take_along(report, judgment, users)
            yield f"{judgment.nickname} ({judgment.ending})"


def _written(judgment: Judgment, number: int, by: Any) -> Report:
    report = reporting.start(by)
    report.case.nickname, report.version = judgment.nickname, 1
    report.case.police_number, report.case.court_number = f"PRØVE-{number}", f"PRØVE {number}/2026"
    report.case.save()
    report.unit = Unit.objects.filter(key="almene-sager").first()
    report.pronounced_at = timezone.now() - timedelta(hours=3)
    report.restrictions_answer = Report.Restrictions.SOME if judgment.ban else Report.Restrictions.NONE
    if judgment.ban:
        report.restriction_rows = {"1": {"kind": judgment.ban, "state": "active", "whom": "1", "imposed_on": None}}
    report.said = [{"text": judgment.said, "open": True}] if judgment.said else []
    report.not_to_be_said = "Prøvetekst: nævn ikke vejen."
    report.defence_told_at, report.not_relevant = report.pronounced_at, ["victim", "senior"]
    report.save()
    person = report.defendants.get()
    for name in ("age", "sex", "outcome", "stance", "prosecution"):
        setattr(person, name, getattr(judgment, name))
    person.offences, person.plea = [judgment.offence], "denies"
    person.save()
    for sanction in judgment.sanctions:
        Sanction.objects.create(defendant=person, **sanction)
    return report


def _take_along(report: Report, judgment: Judgment, users: Mapping[str, Any]) -> None:
    """As far as it goes."""
    if judgment.ending == "draft":
        return
    page = filing.file(report, by=users["anklager"])
    if judgment.ending == "back":
        decisions.send_back(page, by=users["jurist"], note=judgment.note)
    if judgment.ending in ("editor", "sent"):
        page = _sign(page, users["jurist"])
    if judgment.ending == "sent":
        page = _sign(page, users["redaktor"])
        now = timezone.now()
        planned = Delivery.objects.filter(placements__page_id=page.pk, state=State.SCHEDULED)
        planned.update(due_at=now, next_at=now)
        Channel.objects.update(last_begun_at=None)
        call_command("send_due", verbosity=0)


def _sign(page: CourtResult, by: Any) -> CourtResult:
    decisions.approve(page, by=by, shown=decisions.seal(page))
    return CourtResult.objects.get(pk=page.pk)
