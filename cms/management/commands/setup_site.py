"""A new installation: page tree, roles, workflows."""

from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.core.management import BaseCommand, CommandError

from cms import site_setup


class Command(BaseCommand):
    help = "Makes the page tree, the roles and the approval workflows; again is harmless."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--hostname", help="the public name of the site; again, with another, it moves there")
        parser.add_argument("--port", type=int, default=443, help="as it stands in public addresses; 443 if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        hostname, port = options["hostname"], options["port"]
        if hostname is not None and not is_hostname(hostname):
            raise CommandError(f"--hostname {hostname}: write the name alone, such as nyheder.example.org.")
        if not 1 <= port <= 65535:
            raise CommandError(f"--port {port}: a port is a number from 1 to 65535.")
        newsroom = site_setup.ensure(hostname=hostname or "localhost", port=port)
        if hostname is not None:
            site_setup.move(hostname, port)
        self.stdout.write(f"Ready: {newsroom.full_url or newsroom.title}")


def is_hostname(text: str) -> bool:
    """No scheme, port or path beside it: all of them would stand in every public address."""
    try:
        return bool(text) and text == text.strip() and urlsplit(f"//{text}").hostname == text.lower()
    except ValueError:
        return False
