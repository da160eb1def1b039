"""Send what is due, in this process, without a broker."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from publishing import evidence, sending


class Command(BaseCommand):
    help = "Sends everything that is due, reads it back and seals the evidence. Needs no broker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loop", action="store_true", help="go on, looking every tenth of a second")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            channels = sending.send_due()
            evidence.seal()
            if not options["loop"]:
                if options["verbosity"] > 0:
                    self.stdout.write(f"Looked at {channels} channel(s).")
                return
            time.sleep(0.1)
