"""Exports: everything of a period or a case, provable, and nothing internal where it does not belong."""

import io
import json
import zipfile
from datetime import timedelta

import hypothesis
import pytest
from django.apps import apps
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies

from cms.after import exporting, filing
from cms.after.exporting import packing
from cms.court.models import Case, Defendant, Report, Restriction
from cms.models import CourtResult, Export, Post, Story
from publishing import evidence, proofs
from publishing.models import EvidenceRecord
from tests import cast as people
from tests.newsroom import picture

RESULT = "En 33-årig mand er idømt to måneders fængsel. Dommen er ikke endelig."
SECRETS = ("Sagen om kælderen", "0100-12345", "SS 1-234/2026", "Må aldrig siges", "Vidne to bag døren", "Intern note")


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    for name in ("exports", "outbox"):
        settings.STORAGES = {
            **settings.STORAGES,
            name: {**settings.STORAGES[name], "OPTIONS": {"location": tmp_path / name}},
        }
    Export._meta.get_field("file").storage = storages["exports"]


@pytest.fixture
def case(cast, out):
    """A case with something internal in every place, and its result on air."""
    page = out(CourtResult, title="Dom i kældersag", summary=RESULT)
    case = Case.objects.create(
        nickname=SECRETS[0], police_number=SECRETS[1], court_number=SECRETS[2], owner=cast.prosecutor
    )
    report = Report.objects.create(
        case=case, prosecutor=cast.prosecutor, page=page, not_to_be_said=SECRETS[3], pending_note=SECRETS[5]
    )
    Defendant.objects.create(report=report, number=1, age=33, sections="straffelovens § 276")
    Restriction.objects.create(
        case=case, kind="name", state="lifted", protects=SECRETS[4], registered_by=cast.prosecutor
    )
    return case


def period(cast, **more):
    today = timezone.localdate()
    export = exporting.ask_period(today - timedelta(days=1), today, drafts=more.pop("drafts", False), by=cast.archive)
    return built(export)


def built(export):
    exporting.build_waiting(timezone.now())
    export.refresh_from_db()
    assert export.state == Export.State.READY
    return export


def contents(export):
    with export.file.open("rb") as file:
        archive = zipfile.ZipFile(io.BytesIO(file.read()))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_period_holds_text_times_approvers_receipts_pictures_and_an_index(cast, out):
    out(title="Blå lygter på broen", social_image=picture(), social_image_alt="Et torv.")
    files = contents(period(cast))
    [name] = [name for name in files if name.endswith("opslag.json")]
    item = json.loads(files[name])
    assert item["titel"] == "Blå lygter på broen"
    assert item["godkendelser"][0]["af"] == "Editor"
    assert {row["kanal"] for row in item["afsendelser"]} == {"Website", "Scripted"}
    assert all(row["kvittering"]["id"] and row["sendt"] for row in item["afsendelser"])
    assert item["dato_og_tema"].endswith("Blå lygter på broen")
    assert files[name.replace("opslag.json", "opslag.pdf")].startswith(b"%PDF")
    assert "Blå lygter på broen" in files["indeks.csv"].decode("utf-8-sig")
    assert "beviskaede.json" in files["LAES-MIG.txt"].decode()


def test_nothing_internal_of_a_case_is_in_what_the_archive_gets(cast, case):
    everything = b"\n".join(contents(period(cast, drafts=True)).values()).decode("utf-8", "ignore")
    assert "Dom i kældersag" in everything
    for secret in (*SECRETS, "straffelovens", str(case.key)):
        assert secret not in everything, secret


@hypothesis.settings(max_examples=15, suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture])
@hypothesis.given(words=strategies.lists(strategies.text('qxzw0123æøå <&";', min_size=8, max_size=40), min_size=12))
def test_whatever_stands_in_the_internal_tables_the_archive_gets_none_of_it(cast, case, words):
    """Every column of text of every internal table is filled, and every file of the export is read."""
    secrets = _fill_internal_tables(words)
    with pytest.MonkeyPatch.context() as patch:  # a PDF is packed: its words are looked at before
        patch.setattr(packing.snapshots, "of_item", lambda item, header: json.dumps(item, ensure_ascii=False).encode())
        files = contents(period(cast, drafts=True))
    everything = "\n".join(body.decode("utf-8", "ignore") for body in files.values())
    assert "Dom i kældersag" in everything
    assert not [secret for secret in secrets if secret in everything]


def _fill_internal_tables(words):
    secrets, number = set(), 0
    for model in apps.get_app_config("cms").get_models():
        if not model.__module__.startswith("cms.court.models"):
            continue
        for field in model._meta.concrete_fields:
            free = isinstance(field, models.CharField | models.TextField) and not field.choices and not field.unique
            if free and (field.max_length or 99) >= 40:
                number += 1
                secret = f"{words[number % len(words)][:28]}#{number}"
                if model.objects.update(**{field.name: secret}):
                    secrets.add(secret)
    assert len(secrets) > 5
    return secrets


def test_the_evidence_in_it_can_be_checked_by_itself(cast, out, tmp_path, capsys):
    out()
    export = period(cast)
    file = tmp_path / "export.zip"
    with export.file.open("rb") as content:
        file.write_bytes(content.read())
    call_command("verify_evidence", "--export", str(file))
    data = json.loads(contents(export)["beviskaede.json"])
    assert len(data["records"]) > 5
    assert all(item["block"] for item in data["records"])
    data["records"][2]["payload"]["reason"] = "noget andet"
    changed = tmp_path / "beviskaede.json"
    changed.write_text(json.dumps(data))
    with pytest.raises(CommandError):
        call_command("verify_evidence", "--export", str(changed))


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 13])
def test_every_record_finds_its_way_to_the_root_and_no_other_does(db, size):
    for number in range(size):
        evidence.record("test", subject=f"page:{number}")
    evidence.seal()
    data = proofs.take_out(EvidenceRecord.objects.all())
    assert list(proofs.faults(data)) == []
    for item in data["records"]:
        item["sha256"], kept = "0" * 64, item["sha256"]
        assert list(proofs.faults(data)) != []
        item["sha256"] = kept
    data["blocks"][0]["root"] = "0" * 64
    assert list(proofs.faults(data)) != []


def test_drafts_are_in_it_only_when_asked_for_and_then_in_a_folder_of_their_own(cast, out):
    out()
    people.draft(by=cast.writer, title="Kun en tanke", summary="Skal måske aldrig ud.")
    assert not any(name.startswith("kladder/") for name in contents(period(cast)))
    files = contents(period(cast, drafts=True))
    drafts = {name for name in files if name.startswith("kladder/")}
    assert any("kun-en-tanke" in name for name in drafts)
    assert not any(b"Kun en tanke" in body for name, body in files.items() if name not in drafts)


def test_content_that_was_deleted_since_is_in_it_all_the_same(cast, out):
    from cms.after import removing
    from tests.cms.after.conftest import settle

    page = out(title="Slettet siden")
    removing.remove(page, cause="expired", reason="x", by=cast.duty)
    settle()
    Story.objects.get(pk=page.pk).delete()
    files = contents(period(cast))
    [name] = [name for name in files if name.endswith("opslag.json")]
    item = json.loads(files[name])
    assert (item["titel"], item["slettet"], len(item["afsendelser"])) == ("Slettet siden", True, 2)


def test_a_case_is_exported_whole_for_its_prosecutor_and_for_nobody_else(cast, case, client):
    from django.core.exceptions import PermissionDenied

    for who in (cast.archive, cast.legal, cast.admin, cast.editor):
        with pytest.raises(PermissionDenied):
            exporting.ask_case(case, by=who)
    export = built(exporting.ask_case(case, by=cast.prosecutor))
    files = contents(export)
    internal = json.loads(files["intern/sag.json"])
    assert internal["indberetninger"][0]["not_to_be_said"] == SECRETS[3]
    assert any(name.endswith("opslag.pdf") for name in files)
    outside = b"".join(body for name, body in files.items() if not name.startswith("intern/"))
    assert SECRETS[3].encode() not in outside
    url = reverse("exports:fetch", args=[export.key])
    for who in (cast.archive, cast.legal, cast.admin):
        client.force_login(who)
        assert client.get(url).status_code == 404
    client.force_login(cast.prosecutor)
    answer = client.get(url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert EvidenceRecord.objects.get(kind="export.fetched").actor == "prosecutor"


def test_the_page_is_for_the_archive_and_the_file_goes_after_its_days(cast, client, out):
    out()
    page = reverse("exports:list")
    for who in ("writer", "prosecutor", "legal", "outsider"):
        client.force_login(getattr(cast, who))
        assert client.get(page).status_code in (302, 403, 404)
    client.force_login(cast.archive)
    today = timezone.localdate()
    assert client.post(page, {"since": today, "until": today - timedelta(days=3)}).status_code == 422
    assert client.post(page, {"since": today, "until": today}).status_code == 302
    export = built(Export.objects.get())
    url = reverse("exports:fetch", args=[export.key])
    assert url in client.get(page).content.decode()
    assert client.get(url).status_code == 200
    exporting.build_waiting(timezone.now() + timedelta(days=15))
    assert client.get(url).status_code == 404
    assert Export.objects.get().state == Export.State.EXPIRED


def test_a_fault_is_told_and_the_rest_goes_on(cast, out, monkeypatch):
    today = timezone.localdate()
    broken = exporting.ask_period(today, today, drafts=False, by=cast.archive)
    monkeypatch.setattr(exporting.gathering, "sent_between", lambda start, end: [1 / 0])
    exporting.build_waiting(timezone.now())
    broken.refresh_from_db()
    assert broken.state == Export.State.FAILED


def test_what_went_out_and_is_not_filed_is_listed_until_it_has_its_number(cast, client, out, channel):
    story = out()
    post = out(Post, channels=[channel], title="Et opslag", summary="Undgå Nørreport.")
    draft = people.draft(by=cast.writer, title="Kladden")
    page = reverse("exports:not_filed")
    client.force_login(cast.archive)
    text = client.get(page).content.decode()
    assert "Cykellygter" in text and "Et opslag" in text and "Kladden" not in text
    for item in (story, post):
        client.post(reverse("exports:give_number", args=[item.pk]), {"number": "2026-0042"})
    assert not filing.not_filed().exists()
    story = Story.objects.get(pk=story.pk)
    assert story.get_latest_revision_as_object().journal_number == "2026-0042"
    assert EvidenceRecord.objects.filter(kind="content.filed").count() == 2
    client.force_login(cast.writer)
    assert client.post(reverse("exports:give_number", args=[draft.pk]), {"number": "1"}).status_code in (302, 403)


def test_a_journal_number_asks_for_no_new_approval_and_stays_through_the_next(cast, out):
    from cms import approval

    story = out()
    filing.file(story, "2026-0042", by=cast.archive)
    story = Story.objects.get(pk=story.pk)
    content = story.get_latest_revision_as_object()
    content.journal_number = "2026-0043"
    content.save_revision(user=cast.editor)
    story = Story.objects.get(pk=story.pk)
    assert approval.current(story) is not None
    assert story.journal_number == "2026-0043"
