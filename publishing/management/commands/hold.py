"""STOP from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from publishing import labels, stopping


class Command(BaseCommand):
    help = "Stops all sending, or that of a scope, until it is released."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reason", help="why, as everybody reads it on every page")
        parser.add_argument("--scope", default="all", help="channel:3, campaign:12 or page:40; everything if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        scope, reason = options["scope"], options["reason"].strip()
        if not reason:
            raise CommandError("Nothing is stopped: the reason is empty.")
        if not labels.knows(scope):
            known = ", ".join(value for _heading, rows in labels.choices() for value, _name in rows)
            raise CommandError(f"Nothing is stopped: there is no {scope}. There is: {known}.")
        order = stopping.hold_all(scope=scope, reason=reason, by=None)
        self.stdout.write(f"Stopped ({order.scope}). Nothing begins until: manage.py release {order.pk}")
