"""Load a strategy: the bundled one of 2023, or a file of the same form."""

from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from campaigns import loading


class Command(BaseCommand):
    help = "Loads a strategy from JSON (default: the bundled 2023 strategy). Harmless to repeat; overwrites no edit."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            lines = loading.load(options["file"])
        except loading.Invalid as error:
            raise CommandError("Nothing was loaded.\n" + "\n".join(error.faults)) from error
        if options["verbosity"] > 0:
            for line in lines:
                self.stdout.write(str(line))
        total = Counter(line.what for line in lines)
        self.stdout.write(", ".join(f"{count} {what}" for what, count in sorted(total.items())))
