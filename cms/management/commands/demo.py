"""From a fresh clone to a running product: `uv run manage.py demo`."""

import os
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.utils import translation

from campaigns import loading
from cms import roles, site_setup, supervisor
from cms.demo import (
    after,
    cases,
    channels,
    closed,
    composed,
    content,
    effect,
    feeds,
    people,
    plans,
    release,
    repeats,
    reports,
    strategy,
    year,
)


class Command(BaseCommand):
    help = "Sets up a demo database and runs web, worker and beat; Ctrl-C stops all three."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prepare-only", action="store_true", help="set up, but start nothing")
        parser.add_argument("--reset", action="store_true", help="empty the demo database first")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--host", default="127.0.0.1")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        self.refuse_unless_demo()
        if not options["prepare_only"]:
            self.refuse_busy_port(host, port)
        if options["reset"]:
            self.say("Emptying the demo database ...")
            call_command("flush", verbosity=0, interactive=False)
        self.prepare(port)
        if options["prepare_only"]:
            return
        connection.close()
        os.environ.setdefault("BASE_URL", f"http://localhost:{port}")  # where a platform sends a person back to
        self.say(f"\nRunning at http://{host}:{port}/admin/ - the public newsroom at http://{host}:{port}/")
        self.say("Stop with Ctrl-C.")
        supervisor.run(supervisor.embedded_commands(host, port), self.say)

    def prepare(self, port: int) -> None:
        """Everything a visitor needs; what is there already stays as it is."""
        self.say("Preparing the database ...")
        call_command("migrate", verbosity=0)
        self.say("Making the page tree, the roles and the workflows ...")
        site_setup.ensure(port=port)
        self.say("Loading the strategy of 2023 ...")
        lines = loading.load()
        self.say(f"  {sum(line.what == 'created' for line in lines)} rows new, {len(lines)} looked at")
        with translation.override("da"):
            found = channels.ensure()
            self.say("Making channels: " + ", ".join(channel.name for channel in found.values()))
            users = people.ensure(roles.ensure())
            feeds.ensure(users, found["live"])
            for line in strategy.ensure(users):
                self.say(f"  {line}")
            self.say("Taking sample content down the road ...")
            for line in (*content.ensure(users, found), *composed.ensure(users), *reports.ensure(users, found)):
                self.say(f"  {line}")
            for line in release.ensure(users, found):
                self.say(f"  {line}")
            for line in (*repeats.ensure(users, found), *plans.ensure(users, found)):
                self.say(f"  {line}")
            for line in after.ensure(users):
                self.say(f"  {line}")
            for line in (*cases.ensure(users), *effect.ensure(users), *year.ensure(users), *closed.ensure(users)):
                self.say(f"  {line}")
        self.say("People (user name, password, what they do):")
        for person in people.CAST:
            self.say(f"  {person.username:<12} {people.PASSWORD}   {person.job}")

    def refuse_busy_port(self, host: str, port: int) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OverflowError as error:
                raise CommandError(f"--port {port}: a port is a number from 1 to 65535.") from error
            except OSError as error:
                raise CommandError(f"Port {port} on {host} is in use. Choose another with --port.") from error

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def refuse_unless_demo(self) -> None:
        """The passwords are known to all: never beside real users, never with DEBUG off."""
        if not settings.DEBUG:
            raise CommandError("The demo has known passwords: it refuses to run with DEBUG off.")
        user = get_user_model()
        if user._meta.db_table in connection.introspection.table_names():
            cast = [person.username for person in people.CAST]
            if user.objects.exclude(username__in=cast).exists():
                raise CommandError("This database has users of its own: it is not a demo database.")
