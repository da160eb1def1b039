"""Remove the protected names of cases that are over; beat does the same every hour."""

from typing import Any

from django.core.management import BaseCommand

from cms.court import protecting


class Command(BaseCommand):
    help = "Removes the lists of protected names whose case is closed or has no restriction in force any more."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{protecting.purge_what_is_over()} removed")
