"""The second step of changing the key: see Operating in the README."""

from typing import Any

from django.core.management import BaseCommand, CommandError

from cms.court import sealing
from cms.court.models import ProtectedNames
from publishing import resealing


class Command(BaseCommand):
    help = "Puts every stored secret under the first of CREDENTIALS_KEYS; again is harmless. Shows none of them."

    def handle(self, *args: Any, **options: Any) -> None:
        moved, left = resealing.everything()
        more, behind = resealing.move(ProtectedNames.objects.all(), "sealed", sealing.resealed)
        self.stdout.write(f"{moved + more} under the first key.")
        if left or behind:
            raise CommandError("Keep the older keys. Not under the first one:\n" + "\n".join([*left, *behind]))
