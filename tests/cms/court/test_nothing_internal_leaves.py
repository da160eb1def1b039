"""Every way by which what is typed in an internal field could leave, walked with a word in each that nobody misses."""

import io
import logging

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from campaigns.coverage.periods import quarter_of
from cms import guards
from cms import mail as letters
from cms.court.models import Case, Defendant, Report, Restriction
from cms.measures.court import figures
from cms.models import CourtResult
from publishing import sending
from publishing.models import Delivery, EvidenceRecord, State
from tests.cms.court import cases
from tests.cms.court.desk import CONVICTED, told
from tests.cms.court.markers import INTERNAL_ANSWERS, MARK, TYPED, rows_outside_the_desk, tables_with_a_marker
from tests.newsroom import body, walk

pytestmark = pytest.mark.django_db
BAN = {"restrictions_answer": "some", "r1-kind": "photo", "r1-whom": "other", "r1-state": "active"}


@pytest.fixture
def journey(telephone, square, cast, settings, tmp_path, caplog, monkeypatch, django_capture_on_commit_callbacks):
    """From the form to the public, everything said on the way kept: log, letters, answers of the server."""
    guards.install()
    settings.MEDIA_ROOT = tmp_path / "media"
    handed_over = []
    monkeypatch.setattr(letters, "_hand_over", handed_over.append)
    caplog.set_level(logging.DEBUG)
    with django_capture_on_commit_callbacks(execute=True):
        telephone.begin()
        answer = telephone.file(square.unit, **{**CONVICTED, **INTERNAL_ANSWERS, **BAN, "quote_approved": ""})
        assert answer.status_code == 422  # a quotation that nobody approved
        answer = telephone.file(square.unit, **{**CONVICTED, **INTERNAL_ANSWERS, **BAN, "quote": "", "quoted": ""})
        assert answer.status_code == 302, told(answer)
        report = telephone.report
        page = cases.signed(CourtResult.objects.get(pk=report.page_id), cast)
        Delivery.objects.filter(state=State.SCHEDULED).update(due_at=timezone.now(), next_at=timezone.now())
        for _channel in range(3):
            sending.send_due()
    return report, CourtResult.objects.get(pk=page.pk), handed_over, caplog


def test_the_markers_are_in_the_desk_and_the_result_is_out(journey):
    report, page, _letters, _log = journey
    assert page.live
    assert report.not_to_be_said == TYPED["not_to_be_said"]
    assert report.case.police_number == TYPED["police_number"]
    assert Defendant.objects.get(report=report).sections == TYPED["t1-sections"]
    assert Restriction.objects.get(case=report.case).scope == TYPED["r1-scope"]
    assert Delivery.objects.filter(state=State.DELIVERED).count() == 3


def test_no_other_table_holds_one_neither_revisions_evidence_index_log_nor_outbox(journey):
    tables = {table for table, _text in rows_outside_the_desk()}
    assert {"wagtailcore_revision", "wagtailcore_pagelogentry", Delivery._meta.db_table} <= tables
    assert EvidenceRecord._meta.db_table in tables
    assert tables_with_a_marker() == []


def test_the_public_finds_none_in_pages_feeds_search_or_sitemap(journey):
    answers = walk(Client())
    assert len(answers) > 8
    assert any("31-årig" in body(answer) for answer in answers.values() if answer.status_code == 200)
    assert [address for address, answer in answers.items() if MARK.casefold() in body(answer)] == []
    found = Client().get("/soeg/", {"q": TYPED["police_number"]})
    assert journey[1].slug not in body(found)


def test_there_is_no_api_of_pages():
    assert not [app for app in settings.INSTALLED_APPS if app.startswith("wagtail.api")]


def test_letters_and_log_tell_none(journey):
    _report, _page, handed_over, log = journey
    assert handed_over or mail.outbox, "No letter was written, so nothing was tested."
    assert MARK not in str(handed_over) + str([message.body for message in mail.outbox])
    records = log.get_records("setup")
    assert records
    assert MARK not in "".join(record.getMessage() + str(record.__dict__) for record in records)


def test_previews_of_every_channel_show_none(journey, telephone):
    report, page, _letters, _log = journey
    content = page.get_latest_revision_as_object()
    for mode, _label in content.preview_modes:
        answer = content.make_preview_request(preview_mode=mode)
        assert MARK not in answer.content.decode(), mode
    telephone.client.post(reverse("court:reopen", args=[report.key]))
    assert MARK not in telephone.client.get(reverse("court:shown", args=[report.key])).content.decode()


def test_what_the_script_is_answered_holds_none(telephone):
    report = telephone.begin()
    data = {**telephone.fields(), **CONVICTED, **INTERNAL_ANSWERS, **BAN, "window": "a" * 32, "number": "1"}
    answer = telephone.client.post(reverse("court:save", args=[report.key]), data)
    assert answer.status_code == 200
    assert MARK not in answer.content.decode()


ADMIN = ("writer", "editor", "planner", "duty", "management", "archive", "channels", "admin")


def test_nobody_else_in_the_house_finds_one(journey, cast, subtests):
    page, delivery = journey[1], Delivery.objects.first()
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_explore", args=[page.get_parent().pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:history", args=[page.pk]),
        reverse("wagtailadmin_pages:usage", args=[page.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("approval:look", args=[page.pk]),
        reverse("text_check", args=[page.pk]),
        reverse("publishing_desk:deliveries"),
        reverse("publishing_desk:delivery", args=[delivery.pk]),
        reverse("publishing_desk:needs_you"),
        reverse("court_desk:cases"),
        reverse("court:index"),
        reverse("campaigns_coverage:index"),
    ]
    for who in ADMIN:
        client = Client()
        client.force_login(getattr(cast, who))
        for address in addresses:
            with subtests.test(who=who, address=address):
                assert MARK not in client.get(address, follow=True).content.decode()


def test_exports_hold_none(journey):
    for name, options in (("outbox", ["--json"]), ("coverage", ["--from", "2020-01-01", "--to", "2030-01-01"])):
        out = io.StringIO()
        call_command(name, *options, stdout=out)
        assert out.getvalue()
        assert MARK not in out.getvalue()


def test_the_figures_of_coverage_count_the_result_and_say_nothing_of_it(journey):
    found = {figure.key: figure for figure in figures(quarter_of(timezone.localdate()), timezone.now())}
    assert [found[f"court_{key}"].value for key in ("submitted", "approved", "sent", "declined")] == [1, 1, 1, 0]
    assert (found["court_acquittals"].value, found["court_acquittals"].of) == (0, 1)
    assert found["court_hours"].of == 1
    for form in ("json", "csv"):
        out = io.StringIO()
        call_command("coverage", "--format", form, stdout=out)
        assert "court_submitted" in out.getvalue()
        assert MARK not in out.getvalue()


def test_a_page_has_no_road_to_its_report(journey):
    """The reference index, relations and copies start from the page; none of them may lead to the desk."""
    _report, page, _letters, _log = journey
    internal = (Case, Report, Defendant, Restriction)
    for relation in page._meta.get_fields(include_hidden=False):
        related = getattr(relation, "related_model", None)
        assert related is None or not issubclass(related, internal), relation
    assert MARK not in str(page.get_latest_revision().content)
