"""Bring in the plans that somebody uploaded and started, without a broker."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from campaigns.importing import landing


class Command(BaseCommand):
    help = "Brings in the plans that were uploaded and wait for a worker."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{landing.carry_on(timezone.now())} plan(s) taken up.")
