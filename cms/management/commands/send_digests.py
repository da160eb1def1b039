"""Letters about what waits, without a worker."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from cms import digests


class Command(BaseCommand):
    help = "Sends the letters about what waits that are due now; again is harmless."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{digests.send_due(timezone.now())} sent")
