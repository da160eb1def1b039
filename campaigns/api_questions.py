"""What another system asks of the figures: a period, a dimension and a strategy, or a sentence about what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from campaigns.coverage import Dimension, Period
from campaigns.coverage.periods import quarter, quarter_of, whole_year
from campaigns.models import Strategy

YEARS = range(2000, 2100)


class Unclear(Exception):
    """Said to whoever asks; it repeats nothing of what they sent."""


@dataclass(frozen=True)
class Question:
    period: Period
    by: Dimension
    strategy: Strategy | None

    @classmethod
    def of(cls, query: Mapping[str, str], now: datetime) -> "Question":
        """This quarter of the strategy in force by focus area, for whoever asks for nothing."""
        if query.get("by", "area") not in list(Dimension):
            raise Unclear(f"by is one of {', '.join(Dimension)}.")
        strategy = Strategy.objects.in_force()
        if "strategy" in query:
            strategy = Strategy.objects.filter(year=_number(query, "strategy", YEARS)).first()
            if strategy is None:
                raise Unclear("There is no strategy of that year.")
        return cls(_period(query, now), Dimension(query.get("by", "area")), strategy)


def _period(query: Mapping[str, str], now: datetime) -> Period:
    if "quarter" in query and "month" in query:
        raise Unclear("Ask for a quarter or for a month, not for both.")
    if "year" not in query:
        if "quarter" in query or "month" in query:
            raise Unclear("Say which year, too.")
        return quarter_of(timezone.localdate(now))
    year = _number(query, "year", YEARS)
    if "month" in query:
        return Period.of_month((year, _number(query, "month", range(1, 13))))
    return quarter(year, _number(query, "quarter", range(1, 5))) if "quarter" in query else whole_year(year)


def _number(query: Mapping[str, str], name: str, among: range) -> int:
    text = query[name]
    if not (text.isascii() and text.isdecimal() and len(text) < 5 and int(text) in among):
        raise Unclear(f"{name} is a number from {among[0]} to {among[-1]}.")
    return int(text)
