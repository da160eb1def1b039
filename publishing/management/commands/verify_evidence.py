"""Prove that no evidence was changed or removed."""

from typing import Any

from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from publishing import evidence
from publishing.models import EvidenceBlock, EvidenceRecord


class Command(BaseCommand):
    help = "Recomputes the whole chain of evidence; exits 1 and names every fault if it does not hold."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = evidence.verify(timezone.now())
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"{len(faults)} fault(s): the evidence does not hold.")
        self.stdout.write(
            f"{EvidenceRecord.objects.count()} records in {EvidenceBlock.objects.count()} blocks: the chain holds."
        )
