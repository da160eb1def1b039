"""A new installation: page tree, roles, workflows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand

from cms import site_setup


class Command(BaseCommand):
    help = "Makes the page tree, the roles and the approval workflows; again is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hostname", default="localhost", help="the public name of the site")
        parser.add_argument("--port", type=int, default=443, help="as it stands in public addresses")

    def handle(self, *args: Any, **options: Any) -> None:
        newsroom = site_setup.ensure(hostname=options["hostname"], port=options["port"])
        self.stdout.write(f"Ready: {newsroom.full_url or newsroom.title}")
