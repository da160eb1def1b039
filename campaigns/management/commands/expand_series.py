"""The slots of every series, 90 days ahead: what the worker does at night, without a broker."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from campaigns import series


class Command(BaseCommand):
    help = "Makes the slots of every running series for the next 90 days. Again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{series.expand_all(timezone.now())} new slots.")
