"""The publication rules over any text, from a file or a pipe."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from cms import rules
from cms.rules import facts


class Command(BaseCommand):
    help = "Prints what the publication rules find in a text: which check, how grave, and where (in characters)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default="-", help="the text (UTF-8); - or nothing reads standard input")
        parser.add_argument("--kind", choices=[kind.value for kind in rules.Kind], default=rules.Kind.POST.value)
        parser.add_argument("--context", default="{}", help='JSON, such as {"stage": "tiltalt", "plea": "naegter"}')
        parser.add_argument("--format", choices=["text", "json"], default="text")
        parser.add_argument(
            "--lines", action="store_true", help="JSON Lines in (id, kind, text, context), and out (id, findings)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        text = _read(options["file"])
        if options["lines"]:
            # Split at line feeds only: a text may hold other line separators.
            for number, line in enumerate(text.split("\n"), start=1):
                if line.strip():
                    self._write(_checked(line, number))
            return
        try:
            context = facts.read(options["kind"], facts.parse(options["context"]))
        except facts.Unusable as error:
            raise CommandError(f"--context: {error}") from error
        findings = rules.check(text, context)
        if options["format"] == "json":
            self._write([finding.as_json() for finding in findings])
            return
        for finding in findings:
            self._print(f"{finding.check}  {finding.severity}  {finding.start}-{finding.end}  {finding.message}")

    def _write(self, data: Any) -> None:
        self._print(json.dumps(data, ensure_ascii=False))

    def _print(self, line: str) -> None:
        # Beside the stream's own encoding: findings are UTF-8 wherever it runs.
        stream = getattr(self.stdout, "_out", None)
        if stream is sys.stdout and hasattr(stream, "buffer"):
            stream.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")
            stream.flush()
        else:
            self.stdout.write(line)


def _read(name: str) -> str:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
        return raw.decode("utf-8")
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{name}: not UTF-8 at byte {error.start}.") from error


def _checked(line: str, number: int) -> dict[str, Any]:
    try:
        row = facts.parse(line)
        text, context = facts.row(row)
    except facts.Unusable as error:
        raise CommandError(f"Line {number}: {error}") from error
    return {"id": row["id"], "findings": [finding.as_json() for finding in rules.check(text, context)]}
