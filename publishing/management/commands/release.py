"""Lift a stop from the command line. Sends nothing."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError

from publishing import stopping
from publishing.models import Delivery, StopOrder
from publishing.scheduling import NotPossible


class Command(BaseCommand):
    help = "Lifts a stop order; what it held waits for a person, or is named with --delivery to go now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("stop", nargs="?", type=int, help="number of the stop order; all in force when left out")
        parser.add_argument(
            "--delivery", action="append", default=[], metavar="KEY", type=UUID, help="a held delivery to send now"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        orders = StopOrder.objects.in_force()
        if options["stop"] is not None:
            orders = orders.filter(pk=options["stop"])
            if not orders:
                raise CommandError(f"No stop order {options['stop']} is in force.")
        if not options["delivery"] or options["stop"] is not None:
            for order in orders:
                stopping.lift(order, by=None)
                self.stdout.write(f"Lifted stop {order.pk} ({order.scope}). It sends nothing by itself.")
        for key in options["delivery"]:
            delivery = Delivery.objects.filter(key=key).first()
            if delivery is None:
                raise CommandError(f"There is no delivery {key}.")
            try:
                stopping.release(delivery, by=None)
            except NotPossible as error:
                raise CommandError(f"{key}: {error.summary}") from error
            self.stdout.write(f"Released {key}.")
        self.stdout.write(f"{Delivery.objects.held().count()} held, {Delivery.objects.missed().count()} missed.")
