"""The monthly letter without a broker: `send_coverage`. Harmless to repeat."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from campaigns.coverage import digest


class Command(BaseCommand):
    help = (
        "Sends the coverage of the month before to whoever subscribed and has not got it, from its first working day."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{digest.send_due(timezone.now())} letters")
