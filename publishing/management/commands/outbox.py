"""What is where, and why."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.db.models import Count
from django.utils import timezone

from publishing import health
from publishing.models import Delivery, StopOrder
from publishing.models.delivery import FINAL


class Command(BaseCommand):
    help = "Shows what is in the outbox and why; --json for machines."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="health too; for a monitor (health.ok)")
        parser.add_argument("--all", action="store_true", help="also what is finished")
        parser.add_argument("--limit", type=int, default=200, metavar="N", help="the first N by time; 200 if not given")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["limit"] < 0:
            raise CommandError(f"--limit {options['limit']}: a number of rows is 0 or more.")
        rows = Delivery.objects.select_related("channel").order_by("due_at")
        if not options["all"]:
            rows = rows.exclude(state__in=FINAL)
        items: list[dict[str, Any]] = [
            {
                "key": str(row.key),
                "channel": row.channel.name,
                "headline": row.headline,
                "state": row.state,
                "due_at": row.due_at.isoformat(),
                "why": row.state_reason,
                "attempts": row.attempt_number,
            }
            for row in rows[: options["limit"]]
        ]
        states = dict(Delivery.objects.order_by().values_list("state").annotate(Count("pk")))
        stops: list[dict[str, Any]] = [
            {"id": o.pk, "scope": o.scope, "reason": o.reason, "by": o.by_name} for o in StopOrder.objects.in_force()
        ]
        if options["json"]:
            whole = {"states": states, "stops": stops, "deliveries": items, "health": health.report(timezone.now())}
            self.stdout.write(json.dumps(whole, default=str, ensure_ascii=False, indent=1))
            return
        for stop in stops:
            self.stdout.write(f"STOPPED {stop['scope']}: {stop['reason']} ({stop['by'] or 'system'})")
        for item in items:
            line = f"{item['due_at'][:16]}  {item['state']:<15} {item['channel']:<20} {item['headline'][:50]}"
            self.stdout.write(f"{line}  {item['why']}".rstrip())
        self.stdout.write(
            ", ".join(f"{state} {count}" for state, count in sorted(states.items())) or "The outbox is empty."
        )
