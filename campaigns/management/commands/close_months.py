"""Months close without a broker: `close_months`. Harmless to repeat."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from campaigns.coverage import closing, ended


class Command(BaseCommand):
    help = "Stores the coverage of what has ended, what was missed too, and notes what has changed since."

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        done = closing.close_due(now)
        ended.close_due(now)
        months = ", ".join(f"{year}-{month:02}" for year, month in done.closed)
        self.stdout.write(f"{months or 'nothing'} closed, {done.corrected} corrections noted")
