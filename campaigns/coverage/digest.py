"""The coverage of the month before, by e-mail to whoever subscribed, on the first working morning of the month."""

from datetime import date, datetime, time, timedelta

import holidays
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from campaigns.clock import COPENHAGEN
from campaigns.coverage import dossier
from campaigns.coverage.facts import Fate, Period
from campaigns.coverage.measures import Figure, Section
from campaigns.models import CoverageSubscription, Strategy

MORNING = time(7)


def first_working_morning(day: date) -> datetime:
    """Of the month of ``day``: neither weekend nor Danish public holiday."""
    closed, found = holidays.country_holidays("DK", years=day.year), day.replace(day=1)
    while found.weekday() >= 5 or found in closed:
        found += timedelta(days=1)
    return datetime.combine(found, MORNING, COPENHAGEN)


def month_before(day: date) -> Period:
    last = day.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


def send_due(now: datetime) -> int:
    """To each once a month, however often it is run; later when the morning was missed. How many were sent."""
    today = now.astimezone(COPENHAGEN).date()
    if now < first_working_morning(today):
        return 0
    period = month_before(today)
    key = f"{period.first:%Y-%m}"
    waiting = CoverageSubscription.objects.exclude(sent_for=key).filter(user__is_active=True).exclude(user__email="")
    waiting = waiting.filter(since__lt=first_working_morning(today))
    people = [row for row in waiting.select_related("user") if row.user.has_perm("campaigns.view_coverage")]
    if not people:
        return 0
    with override("da"):
        subject, body, shown = letter(period, now)
    sent = 0
    for row in people:
        with transaction.atomic():
            mine = CoverageSubscription.objects.filter(pk=row.pk).exclude(sent_for=key).update(sent_for=key)
            if mine:
                message = EmailMultiAlternatives(subject, body, to=[row.user.email])
                message.attach_alternative(shown, "text/html")
                message.send()
                sent += 1
    return sent


def letter(period: Period, now: datetime) -> tuple[str, str, str]:
    """Subject, text, and the same to look at, in the language that is active."""
    report = dossier.gather(Strategy.objects.in_force(), period, now)
    rows = [(row.area.name, row.total.counted[Fate.SENT], row) for row in report.found.areas if row.area]
    width = max((len(name) for name, _sent, _row in rows), default=0)
    context = {
        "report": report,
        "month": timezone.make_aware(datetime.combine(period.first, MORNING), COPENHAGEN),
        "rows": rows,
        "aligned": [(name.ljust(width), sent) for name, sent, _row in rows],
        "sections": [_told(section) for section in report.sections],
        "sent": report.found.total.total.counted[Fate.SENT],
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("campaigns_coverage:index"),
    }
    said = render_to_string("campaigns/notices/coverage.txt", context).strip()
    subject, _line, body = said.partition("\n")
    subject = subject.strip()
    shown = render_to_string(
        "campaigns/notices/coverage.html", {**context, "subject": subject, "language": get_language()}
    )
    return subject, body.strip() + "\n", shown


def _told(section: Section) -> tuple[str, list[Figure], list[str]]:
    """What is known by itself, and the names of what is not: said once, not line by line."""
    known = [one for one in section.figures if one.known]
    return section.heading, known, [one.label for one in section.figures if not one.known]
