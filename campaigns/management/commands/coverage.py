"""The same figures as the coverage page, for scripts: `coverage --from 2026-10-01 --to 2026-12-31 --format json`."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from campaigns.coverage import Period, dossier, report
from campaigns.coverage.periods import quarter_of
from campaigns.models import Strategy


def day(text: str) -> date:
    return date.fromisoformat(text)


class Command(BaseCommand):
    help = "Tells what was covered of the strategy. Both days are included; the default is the current quarter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=day, metavar="YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=day, metavar="YYYY-MM-DD")
        parser.add_argument("--strategy", type=int, metavar="YEAR", help="the default is the one in force")
        parser.add_argument("--format", choices=["json", "csv", "text"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        quarter = quarter_of(timezone.localdate(now))
        period = Period(options["first"] or quarter.first, options["last"] or quarter.last)
        if period.first > period.last:
            raise CommandError(f"The period ends ({period.last}) before it begins ({period.first}).")
        strategy = Strategy.objects.in_force()
        if options["strategy"]:
            strategy = Strategy.objects.filter(year=options["strategy"]).first()
            if strategy is None:
                raise CommandError(f"No strategy of {options['strategy']} is loaded.")
        found = dossier.gather(strategy, period, now)
        written = {"json": report.as_json, "csv": report.as_csv, "text": report.as_text}
        self.stdout.write(written[options["format"]](found))
