"""The last day of appeal, computed. A date, never a legal conclusion: a prosecutor confirms it (R-50).

Fourteen days from the pronouncement, the service or the dispatch, whichever the prosecutor says it runs from; moved on
to the next day on which Danish courts count. Which of the three it is, and who may appeal at all, is not decided here.
"""

from collections.abc import Callable
from datetime import date, timedelta

import holidays
from django.utils.translation import gettext_lazy as _

DAYS = 14
ONE_DAY = timedelta(days=1)
# Days that are no public holidays, and on which no time runs out all the same: (month, day).
ALSO_CLOSED = frozenset({(6, 5), (12, 24), (12, 31)})
SATURDAY = 5

LABEL = _("computed - confirm")  # stands beside the date wherever it is shown


def counts_in_denmark(day: date) -> bool:
    """Whether a time can run out on this day. The library knows that Great Prayer Day was abolished from 2024."""
    if day.weekday() >= SATURDAY or (day.month, day.day) in ALSO_CLOSED:
        return False
    return day not in holidays.country_holidays("DK", years=day.year)


def appeal_deadline(start: date, counts: Callable[[date], bool] = counts_in_denmark) -> date:
    """The last day: ``start`` itself is not counted, and a last day that does not count is moved on."""
    last = start + DAYS * ONE_DAY
    while not counts(last):
        last += ONE_DAY
    return last
