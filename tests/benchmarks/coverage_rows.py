"""1,000,000 placements of 100,000 stories over four years, written by PostgreSQL itself, with what was approved, sent,
received and measured of each.
"""

from datetime import timedelta

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.models import Page

from campaigns import loading
from campaigns.models import FocusArea, Initiative, Unit
from cms import site_setup
from cms.models import Post, PostIndex
from publishing.models import Channel

STORIES, TIMES, CHANNELS, MONTHS, AHEAD = 100_000, 2, 5, 47, 1


def fill(now, author):
    site_setup.ensure()
    loading.load()
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
        "now": now, "kind": kind.pk, "page": ContentType.objects.get_for_model(Page).pk, "words": WORDS,
        "path": section.path, "depth": section.depth + 2, "locale": section.locale_id, "owner": author.pk,
    }  # fmt: skip
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
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
POSTS = f"""
INSERT INTO cms_post (page_ptr_id, summary, social_image_alt, language, journal_number, purpose, operational, link_url,
  feed_audience, image_credit, place_name)
SELECT {FIRST_PAGE} + n, '', '', 'da', CASE WHEN n %% 3 = 0 THEN '' ELSE '0100-' || n END, '', false, '', '', '', ''
FROM generate_series(1, %(stories)s) AS n"""
REVISIONS = f"""
INSERT INTO wagtailcore_revision (id, created_at, content, object_id, content_type_id, base_content_type_id, object_str)
SELECT {FIRST_PAGE} + n, min(at) - (10 + n %% 90) * interval '1 hour', '{{}}', ({FIRST_PAGE} + n)::text, %(kind)s,
  %(page)s, ''
FROM part GROUP BY n"""
# What was approved for each channel: some 60 words, and a picture in every second.
WORDS = (
    "Politiet i København har i aften anholdt to mænd i en sag om indbrud i kælderrum på Nørrebro. Har du set noget "
    "mistænkeligt i området mellem klokken 20 og 23, så ring til os på 114 og fortæl, hvad du så. "
)
APPROVALS = f"""
INSERT INTO cms_approval (page_id, revision_id, fingerprint, way, at, reason, review_note, files, messages, corrections,
  parts, by_id)
SELECT {FIRST_PAGE} + n, {FIRST_PAGE} + n, md5(n::text), 'workflow', min(at) - (1 + n %% 9) * interval '1 hour', '', '',
  '{{}}', jsonb_object_agg(channel, jsonb_build_object(
    'text', repeat(%(words)s, 2) || n, 'link', 'https://example.org/' || n, 'title', 'Opslag ' || n, 'summary', '',
    'html', '', 'language', 'da', 'extra', '{{}}'::jsonb, 'embargo_until', NULL, 'revision', {FIRST_PAGE} + n,
    'media', CASE WHEN n %% 2 = 0 THEN '[]'::jsonb ELSE jsonb_build_array(jsonb_build_object(
      'sha256', md5(n::text) || md5('m' || n), 'mime', 'image/jpeg', 'size', 200000, 'width', 1200, 'height', 800,
      'filename', n || '.jpg', 'alt', CASE WHEN n %% 7 = 0 THEN '' ELSE 'To betjente på gaden' END,
      'decorative', false)) END)), '{{}}', '{{}}', %(owner)s
FROM part GROUP BY n"""
RECEIPTS = """
INSERT INTO publishing_receipt (id, remote_id, permalink, details, sent_at, read_back, read_back_problems, delivery_id)
SELECT id, 'r' || id, '', '{}', at + interval '2 seconds', 'good', '[]', id
FROM part WHERE at <= %(now)s AND n %% 50 <> 0"""
# Collected of two channels in five: most figures of a post come in its first days.
METRICS = """
INSERT INTO publishing_metricsnapshot (receipt_id, at, figures)
SELECT id, at + power(3, s) * interval '1 hour', jsonb_build_object('impressions', 100 * (s + 1) + n %% 900,
  'likes', s + n %% 40, 'reposts', s, 'link_clicks', n %% 12)
FROM part, generate_series(0, 5) AS s
WHERE k %% %(of)s < 2 AND n %% 50 <> 0 AND at + power(3, s) * interval '1 hour' <= %(now)s"""
STATEMENTS = (
    PAGES, PARTS, DELIVERIES, PLACEMENTS, TAGS, POSTS, REVISIONS, APPROVALS, RECEIPTS, METRICS,
)  # fmt: skip
