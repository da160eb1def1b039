"""Channels from the command line: the same verbs as the admin, and the same form behind ``add``."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from publishing import adapters, capabilities, channel_setup, channels, risk, standing, verifying
from publishing.models import Channel
from publishing.scheduling import NotPossible


class Command(BaseCommand):
    help = "Adds, lists, verifies, pauses and retires channels, and tells what each kind can carry."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
        self._add_arguments_of_add(verbs.add_parser("add", help="add a channel; no secret stands on the command line"))
        lists = verbs.add_parser("list", help="every channel and how it stands")
        lists.add_argument("--json", action="store_true")
        verify = verbs.add_parser("verify", help="ask the platforms now; exit code 1 when one is not ready")
        which = verify.add_mutually_exclusive_group(required=True)
        which.add_argument("slug", nargs="?")
        which.add_argument("--all", action="store_true", help="every channel in use that is not in dry run")
        dry_run = verbs.add_parser("dry-run", help="on: what would be sent is written down; off: it is sent for real")
        dry_run.add_argument("slug")
        dry_run.add_argument("switch", choices=["on", "off"])
        pause = verbs.add_parser("pause", help="nothing more begins; what comes due is held")
        pause.add_argument("slug")
        pause.add_argument("reason")
        verbs.add_parser("resume", help="end a pause; sends nothing of what was held").add_argument("slug")
        decide = verbs.add_parser("decide", help="record who decided that it may be used, and why")
        decide.add_argument("slug")
        decide.add_argument("--by", required=True, metavar="NAME", help="who decided: name and position")
        decide.add_argument("--on", metavar="DAY", type=date.fromisoformat, help="YYYY-MM-DD; today if not given")
        decide.add_argument("--why", required=True)
        retire = verbs.add_parser("retire", help="take out of use; its history stays")
        retire.add_argument("slug")
        retire.add_argument("--forget-access", action="store_true", help="nothing can be taken down from here any more")
        table = verbs.add_parser("capabilities", help="what each kind can carry")
        table.add_argument("--format", choices=["markdown", "json"], default="markdown")
        table.add_argument("--write", metavar="FILE", type=Path, help="put it between the marks in this file")

    def _add_arguments_of_add(self, parser: ArgumentParser) -> None:
        parser.add_argument("--kind", required=True, choices=list(adapters.KINDS))
        parser.add_argument("--name", required=True)
        parser.add_argument("--dry-run", action="store_true", help="nothing leaves the house")
        parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="any field of the form")
        parser.add_argument("--secret-env", action="append", default=[], metavar="NAME=VARIABLE")
        parser.add_argument("--secret-file", action="append", default=[], metavar="NAME=FILE")
        parser.add_argument("--secret", action="append", default=[], metavar="NAME", help="asked for, or from stdin")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['verb'].replace('-', '_')}")(options)
        except NotPossible as error:
            raise CommandError(error.summary) from error

    def do_add(self, options: dict[str, Any]) -> None:
        channel = channel_setup.add(
            options["kind"],
            {"name": options["name"], "dry_run": options["dry_run"], **channel_setup.pairs(options["set"])},
            channel_setup.secrets(options["secret_env"], options["secret_file"], options["secret"]),
        )
        self.stdout.write(f"Added {channel.slug}.")
        if channel.adapter.connects:
            self.stdout.write("Connect it in the admin: a person gives access in the browser.")

    def do_list(self, options: dict[str, Any]) -> None:
        now = timezone.now()
        rows = [_row(channel, now) for channel in standing.with_next_due()]
        if options["json"]:
            self.stdout.write(json.dumps(rows, default=str, ensure_ascii=False, indent=1))
            return
        for row in rows:
            line = f"{row['slug']:<20} {row['kind']:<10} {row['state']:<20} {row['account']:<30} {row['problem']}"
            self.stdout.write(line.rstrip())
        if not rows:
            self.stdout.write("There is no channel yet: manage.py channels add --help")

    def do_verify(self, options: dict[str, Any]) -> None:
        wanted: Iterable[Channel] = Channel.objects.usable().filter(dry_run=False)
        if not options["all"]:
            wanted = [_channel(options["slug"])]
        bad = 0
        for channel in wanted:
            found = verifying.verify(channel)
            bad += not found.ok
            self.stdout.write(f"{channel.slug}: {f'ready {found.account}'.strip() if found.ok else found.problem}")
        if bad:
            raise CommandError(f"{bad} not ready.")

    def do_dry_run(self, options: dict[str, Any]) -> None:
        channels.set_dry_run(_channel(options["slug"]), options["switch"] == "on", by=None)
        self.stdout.write(f"{options['slug']}: dry run is {options['switch']}.")

    def do_pause(self, options: dict[str, Any]) -> None:
        channels.pause(_channel(options["slug"]), reason=options["reason"], by=None)
        self.stdout.write(f"{options['slug']} is paused. What comes due on it is held.")

    def do_resume(self, options: dict[str, Any]) -> None:
        if channels.resume(_channel(options["slug"]), by=None):
            self.stdout.write(f"{options['slug']} goes on. What was held stays held.")
        else:
            self.stdout.write(f"A fault paused {options['slug']}: it goes on once a worker has verified it.")

    def do_decide(self, options: dict[str, Any]) -> None:
        day = options["on"] or timezone.localdate()
        risk.decide(_channel(options["slug"]), decided_by=options["by"], decided_on=day, why=options["why"], by=None)
        self.stdout.write(f"{options['slug']}: the decision is recorded.")

    def do_retire(self, options: dict[str, Any]) -> None:
        channels.retire(_channel(options["slug"]), forget_access=options["forget_access"], by=None)
        self.stdout.write(f"{options['slug']} is out of use. Its history stays.")

    def do_capabilities(self, options: dict[str, Any]) -> None:
        table = capabilities.as_json() if options["format"] == "json" else capabilities.markdown()
        if options["write"] is None:
            self.stdout.write(table)
            return
        try:
            changed = capabilities.write_into(options["write"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{options['write']}: {'written' if changed else 'up to date'}.")


def _channel(slug: str) -> Channel:
    channel = Channel.objects.filter(slug=slug).first()
    if channel is None:
        known = ", ".join(Channel.objects.values_list("slug", flat=True)) or "none"
        raise CommandError(f"There is no channel {slug}. There is: {known}.")
    return channel


def _row(channel: Any, now: Any) -> dict[str, Any]:
    return {
        "slug": channel.slug,
        "name": channel.name,
        "kind": channel.kind,
        "account": channel.account_name,
        "state": standing.badge(channel).key,
        "problem": standing.problem(channel, now),
        "verified_at": channel.verified_at,
        "next_due": channel.next_due,
        "access_expires_at": channel.access_expires_at,
    }
