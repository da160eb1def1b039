"""Ask the platforms how posts do, in this process, without a broker."""

from typing import Any

from django.core.management import BaseCommand
from django.utils import timezone

from publishing import metrics


class Command(BaseCommand):
    help = "Asks for the figures that are due. Needs no broker, and never keeps a post waiting."

    def handle(self, *args: Any, **options: Any) -> None:
        asked = sum(metrics.collect(channel_id) for channel_id in metrics.channels(timezone.now()))
        if options["verbosity"] > 0:
            self.stdout.write(f"Asked about {asked} post(s).")
