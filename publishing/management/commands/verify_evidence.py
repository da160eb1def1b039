"""Prove that no evidence was changed or removed: of the whole chain, or of an export."""

import json
import zipfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from publishing import evidence, proofs
from publishing.models import EvidenceBlock, EvidenceRecord


class Command(BaseCommand):
    help = "Recomputes the whole chain of evidence; exits 1 and names every fault if it does not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--export", metavar="FILE", help="check an export (ZIP) or its beviskaede.json instead")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["export"]:
            return self.check_export(Path(options["export"]))
        faults = evidence.verify(timezone.now())
        self.tell(faults)
        self.stdout.write(
            f"{EvidenceRecord.objects.count()} records in {EvidenceBlock.objects.count()} blocks: the chain holds."
        )
        return None

    def check_export(self, file: Path) -> None:
        """Needs no database: whoever was handed the file can check it."""
        try:
            data = _read(file)
            faults = list(proofs.faults(data))
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
        except (AttributeError, KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise CommandError(f"{file} is no export of evidence, or was damaged.") from error
        self.tell(faults)
        self.stdout.write(f"{len(data['records'])} records in {len(data['blocks'])} blocks: the export holds.")

    def tell(self, faults: list[str]) -> None:
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} fault(s): the evidence does not hold.")


def _read(file: Path) -> Any:
    if zipfile.is_zipfile(file):
        with zipfile.ZipFile(file) as archive:
            return json.loads(archive.read(proofs.FILE))
    return json.loads(file.read_text(encoding="utf-8"))
