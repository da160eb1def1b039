"""The coverage of 1,000,000 placements and 100,000 stories over four years: page, front page, and closing its months;
what stands beside it, and a selection of it, before anybody has counted them ahead and afterwards.

PostgreSQL only: the rows are written by it. Each story goes out twice on each of five channels within two days.
"""

import resource
import statistics
import time
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns.coverage import Selection, closing, dossier, ended, meanwhile, reading, running
from campaigns.coverage.ledger import Ledger
from campaigns.coverage.periods import quarter_of, whole_year
from campaigns.models import CoverageSnapshot, Placement, Strategy, Unit
from cms import roles
from publishing.models import Channel, Delivery
from tests.benchmarks import coverage_rows


def coverage(rounds=7):
    now = timezone.now()
    begun = time.perf_counter()
    coverage_rows.fill(now, _manager())
    filled, begun = time.perf_counter() - begun, time.perf_counter()
    done = closing.close_due(now)
    closed, begun = time.perf_counter() - begun, time.perf_counter()
    corrected = closing.close_due(now + timedelta(seconds=1)).corrected
    compared = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    strategy, today = Strategy.objects.in_force(), timezone.localdate(now)

    def table(period, selection=Selection()):  # noqa: B008 (frozen)
        return dossier.table(Ledger(strategy, timezone.now()), period, selection)[0]

    unit, channel = Unit.objects.first().pk, Channel.objects.first().pk
    selections = {
        "unit": Selection(unit=unit),
        "channel": Selection(channel=channel),
        "kind": Selection(kind="post"),
        "several": Selection(unit=unit, channel=channel, kind="post"),
    }

    live = _median(3, lambda: table(quarter_of(today)))  # nobody has counted what is open yet
    begun = time.perf_counter()
    assert running.count(timezone.now())
    kept = time.perf_counter() - begun
    begun = time.perf_counter()
    ended.sections(quarter_of(today), timezone.now())
    counted_beside = time.perf_counter() - begun
    begun = time.perf_counter()
    assert meanwhile.count(timezone.now())
    kept_beside = time.perf_counter() - begun
    found = {
        "kept": kept,
        "counted_beside": counted_beside,
        "kept_beside": kept_beside,
        "selections": {
            name: _median(rounds, lambda part=part: table(quarter_of(today), part)) for name, part in selections.items()
        },
        "live": live,
        "figure": _median(rounds, lambda: table(quarter_of(today))),
        "year": _median(rounds, lambda: table(whole_year(today.year))),
    }
    with CaptureQueriesContext(connection) as captured:
        counted = table(quarter_of(today)).total.total.counted.total()
    queries = len(captured)  # the next request forgets them
    client = Client(raise_request_exception=True, headers={"host": "localhost"}, SERVER_PORT="443")
    client.force_login(_manager())
    for name, address in {
        "page": reverse("campaigns_coverage:index"),
        "beside": reverse("campaigns_coverage:beside"),
        "beside_year": f"{reverse('campaigns_coverage:beside')}?year={today.year}",
        "selected": f"{reverse('campaigns_coverage:beside')}?year={today.year}&unit={unit}&channel={channel}",
        "front": reverse("wagtailadmin_home"),
        "other": reverse("campaigns_coverage:definitions"),
    }.items():
        running.count(timezone.now())  # as the clock does every minute
        client.get(address, secure=True)
        found[name] = _median(rounds, lambda address=address: client.get(address, secure=True))
    return {
        **found,
        "placements": Placement.objects.count(), "deliveries": Delivery.objects.count(),
        "months": CoverageSnapshot.objects.count(), "counted": counted, "queries": queries,
        "filled": filled, "closed": closed, "closings": len(done.closed), "compared": compared, "corrected": corrected,
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000,
        "plans": _plans(strategy, now),
    }  # fmt: skip


def _median(rounds, what):
    spent = []
    for _round in range(rounds):
        begun = time.perf_counter()
        what()
        spent.append(time.perf_counter() - begun)
    return statistics.median(spent)


def _manager():
    user, _new = get_user_model().objects.get_or_create(username="management")
    user.groups.add(roles.ensure()["management"])
    return user


def _plans(strategy, now):
    """How the slowest questions of the open month find their rows."""
    with CaptureQueriesContext(connection) as captured:
        reading.read(strategy, now, since=Ledger(strategy, now).since)
    slow = sorted(captured.captured_queries, key=lambda query: -float(query["time"]))[:4]
    with connection.cursor() as cursor:
        plans = []
        for query in slow:
            if query["sql"].lstrip().upper().startswith("SELECT"):
                cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF) {query['sql']}")
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
    return plans
