"""Whether the house keeps its own rules: journal numbers, reviews, restrictions looked at again."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from campaigns.coverage import Period
from campaigns.coverage.measures import Definition, Figure, Source, Unit, once, register
from cms.contents import KINDS
from cms.court.models import Restriction
from cms.measures.sent import first_sent
from cms.models.lifetimes import Lifetime

DEFINITIONS = {
    "compliance_journal": Definition(
        gettext_lazy("Sent without a journal number"),
        gettext_lazy("Of what the public first got in the period and is still here, how many have no journal number."),
    ),
    "compliance_reviews": Definition(
        gettext_lazy("Past their review date"),
        gettext_lazy(
            "Content that is out, whose review date has come, and that nobody has looked at since. As of now."
        ),
        momentary=True,
    ),
    "compliance_restrictions": Definition(
        gettext_lazy("Restrictions confirmed again"),
        gettext_lazy(
            "Of the court's restrictions in force now, how many were confirmed by a prosecutor in the period."
        ),
        momentary=True,
    ),
}


def figures(period: Period, now: datetime) -> Sequence[Figure]:
    numbers = once("journal numbers", period, lambda: _numbers(period))
    in_force = Restriction.objects.in_force()
    confirmed = in_force.filter(confirmed_at__date__range=(period.first, period.last)).count()
    return [
        Figure("compliance_journal", sum(1 for number in numbers if not number.strip()), Unit.SHARE, len(numbers)),
        Figure("compliance_reviews", Lifetime.objects.to_review(timezone.localdate(now)).count()),
        Figure("compliance_restrictions", confirmed, Unit.SHARE, in_force.count()),
    ]


def _numbers(period: Period) -> list[str]:
    sent = first_sent(period)
    return [
        number
        for model in KINDS
        for number in model.objects.filter(pk__in=sent).order_by().values_list("journal_number", flat=True)
    ]


def install() -> None:
    register("compliance", Source(lambda: _("Compliance"), figures, DEFINITIONS, order=40))
