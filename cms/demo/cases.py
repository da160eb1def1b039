"""Sample cases of the prosecutor, plainly invented: one with a requested ban and an open question, one on appeal."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.court import restricting, standing
from cms.court.finality import Event
from cms.court.models import Case, Defendant, Report, Sanction
from cms.court.vocabulary import Outcome, Plea, RestrictionKind, SanctionKind, Sex, Stance
from cms.models import CourtResult


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """Each case once. Its judgment is one of the sample texts, where that is there."""
    prosecutor = users["anklager"]
    if Case.objects.filter(owner=prosecutor, nickname__in=["Kældersagen", "Kiosksagen"]).exists():
        return
    today = timezone.localdate()
    cellar = _case(prosecutor, "Kældersagen", "indbrud i kælderrum", "indbrud", age=33, months=8, days_ago=4)
    restricting.request(cellar, kind=RestrictionKind.NAME, by=prosecutor, on=today, defendant_number=1)
    yield f"{cellar}: navneforbud begæret, tidligere opslag venter på en beslutning"
    kiosk = _case(prosecutor, "Kiosksagen", "røveri mod kiosk", "røveri", age=24, years=2, days_ago=0)
    standing.register(kiosk, 1, Event.APPEALED, by=prosecutor, on=today)
    Defendant.objects.filter(report__case=kiosk).update(stance=Stance.APPEALED_SENTENCE)
    yield f"{kiosk}: anket til landsretten"


def _case(prosecutor: Any, name: str, headline: str, offence: str, *, age: int, days_ago: int, **term: int) -> Case:
    now = timezone.now()
    case = Case.objects.create(nickname=name, owner=prosecutor)
    report = Report.objects.create(
        case=case,
        page=CourtResult.objects.filter(title__icontains=headline).first(),
        prosecutor=prosecutor,
        state=Report.State.FILED,
        pronounced_at=now - timedelta(days=days_ago, hours=3),
        confirmed_at=now,
    )
    person = report.defendants.create(
        number=1, age=age, sex=Sex.MAN, plea=Plea.DENIES, outcome=Outcome.CONVICTED, offences=[offence]
    )
    Sanction.objects.create(defendant=person, kind=SanctionKind.PRISON, **term)
    return case
