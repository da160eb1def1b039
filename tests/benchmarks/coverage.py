"""The coverage of 1,000,000 placements and 100,000 stories over four years: page, front page, and closing its months.

PostgreSQL only: the rows are written by it. Each story goes out twice on each of five channels within two days.
"""

import resource
import statistics
import time
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from campaigns import loading
from campaigns.coverage import closing, dossier, reading, running
from campaigns.coverage.ledger import Ledger
from campaigns.coverage.periods import quarter_of, whole_year
from campaigns.models import CoverageSnapshot, FocusArea, Initiative, Placement, Strategy, Unit
from cms import roles, site_setup
from cms.models import Post, PostIndex
from publishing.models import Channel, Delivery

STORIES, TIMES, CHANNELS, MONTHS, AHEAD = 100_000, 2, 5, 47, 1


def coverage(rounds=7):
    now = timezone.now()
    begun = time.perf_counter()
    _fill(now)
    filled, begun = time.perf_counter() - begun, time.perf_counter()
    done = closing.close_due(now)
    closed, begun = time.perf_counter() - begun, time.perf_counter()
    corrected = closing.close_due(now + timedelta(seconds=1)).corrected
    compared = time.perf_counter() - begun
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    strategy, today = Strategy.objects.in_force(), timezone.localdate(now)

    def table(period):
        return dossier.table(Ledger(strategy, timezone.now()), period)[0]

    live = _median(3, lambda: table(quarter_of(today)))  # nobody has counted what is open yet
    begun = time.perf_counter()
    assert running.count(timezone.now())
    kept = time.perf_counter() - begun
    found = {
        "kept": kept,
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


def _fill(now):
    site_setup.ensure()
    loading.load()
    author = _manager()
    channels = [Channel.objects.create(kind="manual", name=name, slug=name.lower()) for name in "ABCDE"]
    section, kind = PostIndex.objects.get(), ContentType.objects.get_for_model(Post)
    start = now - timedelta(days=30.44 * MONTHS)
    apart = (timedelta(days=30.44 * (MONTHS + AHEAD)) / STORIES).total_seconds()
    names = {
        "areas": list(FocusArea.objects.values_list("pk", flat=True)),
        "units": list(Unit.objects.values_list("pk", flat=True)),
        "initiatives": list(Initiative.objects.values_list("pk", flat=True)),
        "channels": [channel.pk for channel in channels],
    }
    values = {
        **names, "stories": STORIES, "parts": TIMES * CHANNELS, "of": CHANNELS, "start": start, "apart": apart,
        "now": now, "kind": kind.pk, "path": section.path, "depth": section.depth + 2, "locale": section.locale_id,
        "owner": author.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in (PAGES, PARTS, DELIVERIES, PLACEMENTS, TAGS):
            cursor.execute(statement, values)
        for table in ("publishing_delivery", "campaigns_placement"):
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))")
        cursor.execute("ANALYZE")


FIRST_PAGE = 1_000_000
PAGES = f"""
INSERT INTO wagtailcore_page (id, path, depth, numchild, translation_key, title, slug, draft_title, live,
  has_unpublished_changes, url_path, seo_title, show_in_menus, search_description, expired, locked, content_type_id,
  locale_id, owner_id, latest_revision_created_at)
SELECT {FIRST_PAGE} + n, %(path)s || lpad(n::text, 8, '0'), %(depth)s, 0, gen_random_uuid(), 'Opslag ' || n, 'o-' || n,
  'Opslag ' || n, true, false, '/o-' || n || '/', '', false, '', false, false, %(kind)s, %(locale)s, %(owner)s, NULL
FROM generate_series(1, %(stories)s) AS n"""
PARTS = """
CREATE TEMPORARY TABLE part AS
SELECT n, k, (n - 1) * %(parts)s + k + 1 AS id, md5('p' || n || '/' || k)::uuid AS key,
  (%(channels)s::bigint[])[1 + k %% %(of)s] AS channel,
  (%(areas)s::bigint[])[1 + n %% array_length(%(areas)s::bigint[], 1)] AS area,
  (%(units)s::bigint[])[1 + n %% array_length(%(units)s::bigint[], 1)] AS unit,
  (%(initiatives)s::bigint[])[1 + n %% array_length(%(initiatives)s::bigint[], 1)] AS one,
  (%(initiatives)s::bigint[])[1 + n / 7 %% array_length(%(initiatives)s::bigint[], 1)] AS two,
  %(start)s + (n * %(apart)s + k * 17000) * interval '1 second' AS at
FROM generate_series(1, %(stories)s) AS n, generate_series(0, %(parts)s - 1) AS k"""
DELIVERIES = f"""
INSERT INTO publishing_delivery (id, key, channel_id, recipient, headline, message_json, message_sha256, labels,
  operational, due_at, withdraw_reason, state, next_at, claimed_by, attempt_number, tries, sent_at, state_reason,
  state_detail, findings, created_at)
SELECT id, gen_random_uuid(), channel, '', 'Opslag ' || n, '{{}}', '0',
  ' page:' || {FIRST_PAGE} + n || ' type:post unit:' || unit || ' focus:' || area || ' placement:' ||
  replace(key::text, '-', '') || ' initiatives:' || least(one, two) || '.' || greatest(one, two) || ' ',
  false, at, '', CASE WHEN at > %(now)s THEN 'scheduled' WHEN n %% 50 = 0 THEN 'missed' ELSE 'delivered' END,
  CASE WHEN at > %(now)s THEN at ELSE '9000-01-01' END, '', 1, 0,
  CASE WHEN at > %(now)s OR n %% 50 = 0 THEN NULL ELSE at + interval '2 seconds' END, '', '', '[]',
  at - interval '1 day'
FROM part"""
PLACEMENTS = f"""
INSERT INTO campaigns_placement (id, key, page_id, channel_id, due_at, wall_time, zone, note, version, delivery_id,
  focus_area_id, first_planned_for, created_at)
SELECT id, key, {FIRST_PAGE} + n, channel, at, '', 'Europe/Copenhagen', '', 1, id, area,
  CASE WHEN n %% 9 = 0 THEN at - interval '1 hour' ELSE at END, at - interval '1 day'
FROM part"""
TAGS = """
INSERT INTO campaigns_placementtag (placement_id, initiative_id)
SELECT id, one FROM part UNION SELECT id, two FROM part"""
