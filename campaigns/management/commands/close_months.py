"""Months close without a broker: `close_months`. Harmless to repeat."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from campaigns.coverage import closing


class Command(BaseCommand):
    help = "Stores the coverage of each month that has ended, those that were missed too, and notes what changed since."

    def handle(self, *args: Any, **options: Any) -> None:
        done = closing.close_due(timezone.now())
        months = ", ".join(f"{year}-{month:02}" for year, month in done.closed)
        self.stdout.write(f"{months or 'nothing'} closed, {done.corrected} corrections noted")
