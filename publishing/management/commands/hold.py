"""STOP from the command line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from publishing import stopping


class Command(BaseCommand):
    help = "Stops all sending, or that of a scope (channel:3, campaign:12), until it is released."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reason")
        parser.add_argument("--scope", default="all")

    def handle(self, *args: Any, **options: Any) -> None:
        order = stopping.hold_all(scope=options["scope"], reason=options["reason"], by=None)
        self.stdout.write(f"Stopped ({order.scope}). Nothing begins until: manage.py release {order.pk}")
