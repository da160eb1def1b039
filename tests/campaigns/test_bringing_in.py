"""A plan from a file: what is read, what is wrong at which cell, and that it lands once, as drafts and slots."""

import io
import zipfile
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

from campaigns import clock, spreadsheets
from campaigns.importing import columns, landing, reading, template, values
from campaigns.models import Campaign, ClosedPeriod, ImportedRow, Placement, PlanImport
from cms.models import Post
from publishing.models import Channel, Delivery
from tests.cast import place

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WANTED = datetime(2026, 12, 1, 9, 30)


@pytest.mark.parametrize(
    "text",
    ["1.12.2026", "01-12-26", "1/12/2026", "1. december 2026", "tirsdag den 1. dec. 2026", "2026-12-01", "46357"],
)
def test_a_day_is_read_as_people_and_spreadsheets_write_it(text):
    assert values.day(text) == date(2026, 12, 1)


@pytest.mark.parametrize("text", ["32.12.2026", "i morgen", "1.13.2026", "29.2.2027", "12", "31.12.9999", "1.1.0206"])
def test_what_is_no_day_is_none(text):
    with pytest.raises(ValueError):
        values.day(text)


@pytest.mark.parametrize(
    ("day", "clock_text"),
    [("1.12.2026", "9.30"), ("1.12.2026 kl. 9.30", ""), ("2026-12-01 09:30", ""), ("1.12.2026", "0,3958333"),
     ("46357.3958333", ""), ("1.12.2026", "kl. 09:30")],
)  # fmt: skip
def test_day_and_time_come_in_one_cell_or_two(day, clock_text):
    assert values.moment(day, clock_text) == WANTED


def test_numbers_are_read_as_printed():
    assert [values.number(text) for text in ("1191", "1.191", "1191,0", "1191.0", "12a")] == ["1191"] * 4 + ["12a"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_csv_is_read_whatever_its_encoding_and_delimiter(encoding, delimiter):
    content = f'Titel{delimiter}Kanal\nÅben station{delimiter}"a; b, c"\n\n'.encode(encoding)
    assert reading.read("p.csv", content) == [["Titel", "Kanal"], ["Åben station", "a; b, c"]]


def test_lines_that_end_as_on_an_old_mac_are_lines():
    assert reading.read("p.csv", b"Titel;Kanal\rA;X\rB;X\r") == [["Titel", "Kanal"], ["A", "X"], ["B", "X"]]


def xlsx(*rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def test_excel_dates_times_and_numbers_are_read():
    content = xlsx(["Dato", "Tid", "Nr"], [date(2026, 12, 1), time(9, 30), 1191], [WANTED, None, 1191.0])
    assert reading.read("p.xlsx", content)[1:] == [["2026-12-01", "09:30", "1191"], ["2026-12-01 09:30", "", "1191"]]


@pytest.mark.parametrize(
    "content",
    [
        b"Titel;Kanal\n" + b"a;b\n" * 1001,
        b"Titel\n",
        b"",
        b"x" * (reading.BYTES + 1),
        b"\x00\x01",
        b"PK\x03\x04nonsense",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old",
        (";" * 41 + "\na").encode(),
        b"a" * 200_000 + b"\nb;c",
    ],
)
def test_what_cannot_be_used_is_told_in_a_sentence(content):
    with pytest.raises(reading.Unreadable) as told:
        reading.read("p", content)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "packing"])
def test_a_broken_excel_file_is_told_too(part):
    good, broken = xlsx(["Titel"], ["Lygter"]), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(good)) as before, zipfile.ZipFile(broken, "w") as after:
        for name in before.namelist():
            after.writestr(name, b"<x" if name == part else before.read(name))
    content = broken.getvalue()
    if part == "packing":
        at = good.find(b"xl/worksheets/sheet1.xml") + 29
        content = good[:at] + b"\xff" * 40 + good[at + 40 :]
    with pytest.raises(reading.Unreadable):
        reading.read("p.xlsx", content)


def test_columns_are_guessed_from_headings_in_both_languages():
    assert columns.guess(["Overskrift", "Dato", "Kl.", "Kanaler"]) == {"title": 0, "day": 1, "time": 2, "channel": 3}
    assert columns.guess(["Date", "Time", "Title", "Channel", "Row key"]) == {
        "day": 0, "time": 1, "title": 2, "channel": 3, "key": 4,
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["da", "en"])
def test_our_own_template_is_recognised_whole(language):
    from django.utils import translation

    with translation.override(language):
        guessed = columns.guess(template.heading())
    assert guessed.keys() >= {field.key for field in columns.FIELDS} - {"key"}


# --- the whole way --------------------------------------------------------------------------------------------


@pytest.fixture
def november(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(november, scripted_kinds):
    return Channel.objects.create(
        kind="scripted", name="X", slug="x", quiet_from=time(22), quiet_until=time(6), minimum_gap=900
    )


def upload(client, content, name="plan.csv"):
    file = SimpleUploadedFile(name, content if isinstance(content, bytes) else content.encode())
    return client.post(reverse("campaigns_calendar:bring_in"), {"file": file})


def rows_of(client, answer):
    found = client.get(answer.url).context["rows"]
    return {row.number: row for row, _when in found}


def test_a_time_that_wants_a_second_look_is_said_and_the_row_lands(as_user, channel):
    start, end = (datetime(2026, 12, day, tzinfo=UTC) for day in (1, 3))
    ClosedPeriod.objects.create(
        title="Aktion", kind="blackout", mode="warn", words="hash*", starts_at=start, ends_at=end
    )
    client = as_user("planner")
    rows = (
        f"Titel;Dato;Tid;Kanal\nHash på Amager;2.12.2026;9.00;{channel.name}\nLygter;2.12.2026;12.00;{channel.name}\n"
    )
    answer = upload(client, rows.encode())
    found = [row for row, _time in client.get(answer.url).context["rows"]]
    assert [[doubt.cell for doubt in row.doubts] for row in found] == [["C2"], []]
    assert not any(row.faults for row in found)
    assert "△ C2" in client.get(answer.url).content.decode()


def bring_in(client, content):
    answer = upload(client, content)
    client.post(answer.url, {"start": "1"})
    landing.carry_on(NOW)
    return client.get(answer.url)


HEAD = "Titel;Tekst;Dato;Tid;Kanal;Kampagne;Initiativ;Indsatsområde;Nøgle\n"


@pytest.mark.parametrize("key", ["writer", "legal", "management", "archive", "outsider", "prosecutor"])
def test_only_who_plans_brings_in(as_user, cast, refused, channel, key):
    client = as_user(key)
    plan = PlanImport.objects.create(by=getattr(cast, key), file_name="p", cells=[["Titel"], ["a"]])
    assert refused(client.get(reverse("campaigns_calendar:bring_in")))
    assert refused(client.post(reverse("campaigns_calendar:brought", args=[plan.key]), {"start": "1"}))
    assert refused(client.get(reverse("campaigns_calendar:plan_template", args=["csv"])))
    plan.refresh_from_db()
    assert plan.state == "open"


def test_somebody_elses_plan_is_none_of_mine(as_user, cast, channel):
    plan = PlanImport.objects.create(by=cast.editor, file_name="p", cells=[["Titel"], ["a"]])
    assert as_user("planner").get(reverse("campaigns_calendar:brought", args=[plan.key])).status_code == 404


def test_every_problem_stands_at_its_cell_and_nothing_is_written(as_user, loaded, cast, channel):
    place(None, channel, due=clock.to_utc(datetime(2026, 12, 1, 12, 0)))
    client = as_user("planner")
    bad = [
        (";;1.12.2026;9.30;X;;;;", "A2"),
        ("a;;1.12.2026;9.30;Y;;;;", "E3"),
        ("b;;31.11.2026;9.30;X;;;;", "C4"),
        ("c;;1.12.2026;25.00;X;;;;", "D5"),
        ("d;;20.11.2026;9.30;X;;;;", "D6"),
        ("e;;1.12.2026;23.00;X;;;;", "D7"),
        ("f;;1.12.2026;12.10;X;;;;", "D8"),
        ("g;;2.12.2026;9.00;X;Ingen;;;", "F9"),
        ("h;;3.12.2026;9.00;X;;99999;;", "G10"),
        ("i;;3.12.2026;9.00;X;;1191;;", "G11"),
        ("j;;3.12.2026;9.00;X;;;Ingen;", "H12"),
        ("k;;3.12.2026;;X;;;;", "D13"),
        ("l;;28.3.2027;2.30;X;;;;", "D14"),
        ("m;;4.12.2026;9.00;X;;;;", ""),
        ("n;;4.12.2026;9.10;X;;;;", "D16"),
        ("o;" + "x" * 501 + ";5.12.2026;9.00;X;;;;", "B17"),
        ("p;;31.11.2026;25.00;X;;;;", "C18 D18"),
    ]
    found = rows_of(client, upload(client, HEAD + "\n".join(line for line, _cell in bad)))
    for number, (_line, cell) in enumerate(bad, 2):
        assert [fault.cell for fault in found[number].faults] == cell.split(), found[number]
    assert Placement.objects.count() == 1
    assert not Post.objects.exists()


def test_it_lands_as_drafts_and_slots_and_never_as_scheduled(as_user, loaded, cast, channel):
    Channel.objects.create(kind="scripted", name="Mastodon", slug="m")
    campaign = Campaign.objects.create(title="Lys på", starts_on=date(2026, 10, 1), ends_on=date(2027, 2, 1))
    client = as_user("planner")
    answer = bring_in(
        client,
        HEAD
        + "Lygter;Husk lygter.;1.12.2026;9.30;X, Mastodon;Lys på;;Borgerinddragelse;\n"
        + "Fredagsopslag;;4.12.2026;15.00;X;;;;\n"
        + "Uden tid;Noget.;;;X;;;;\n"
        + "Galt;;4.12.2026;15.00;Y;;;;\n",
    )
    post = Post.objects.get(title="Lygter")
    assert (post.summary, post.owner, post.live, post.campaign) == ("Husk lygter.", cast.planner, False, campaign)
    assert post.focus_area.name_da == "Borgerinddragelse"
    assert [row.user for row in post.revisions.all()] == [cast.planner]
    due = clock.to_utc(WANTED)
    assert {(row.channel.slug, row.due_at) for row in post.placements.all()} == {("x", due), ("m", due)}
    slot = Placement.objects.get(page=None)
    assert (slot.note, slot.wall_time) == ("Fredagsopslag", "2026-12-04T15:00:00")
    assert Placement.objects.get(page__title="Uden tid").due_at is None
    assert not Delivery.objects.exists()
    plan = PlanImport.objects.get()
    assert (plan.state, plan.landed, plan.looked_at) == ("done", 3, 4)
    assert [(row["number"], row["title"]) for row in answer.context["left"]] == [(5, "Galt")]


def test_the_second_time_says_what_is_there_and_doubles_nothing(as_user, cast, channel):
    client = as_user("planner")
    place(None, channel, due=clock.to_utc(datetime(2026, 12, 9, 12, 0)), note="Stod der")
    content = (
        HEAD + "Lygter;Husk lygter.;1.12.2026;9.30;X;;;;\nPlads;;2.12.2026;9.30;X;;;;7\n"
        "Stod der;;9.12.2026;12.00;X;;;;\n"
    )
    bring_in(client, content)
    assert (Placement.objects.count(), ImportedRow.objects.count()) == (3, 2)
    answer = upload(client, content.replace("2.12.2026;9.30", "3.12.2026;9.30") + "Ny;;8.12.2026;9.30;X;;;;\n")
    assert {number: row.status.value for number, row in rows_of(client, answer).items()} == {
        2: "there", 3: "differs", 4: "there", 5: "new",
    }  # fmt: skip
    client.post(answer.url, {"start": "1"})
    landing.carry_on(NOW)
    assert landing.carry_on(NOW) == 0
    assert Placement.objects.count() == 4


def test_a_worker_that_was_killed_halfway_is_followed_by_one_that_brings_in_the_rest(as_user, channel, monkeypatch):
    client = as_user("planner")
    answer = upload(client, HEAD + "".join(f"Nr. {n};;{n}.12.2026;9.30;X;;;;\n" for n in range(1, 5)))
    client.post(answer.url, {"start": "1"})
    real, calls = landing._land, []

    def dies(plan, row):
        calls.append(row)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(plan, row)

    monkeypatch.setattr(landing, "_land", dies)
    with pytest.raises(KeyboardInterrupt):
        landing.carry_on(NOW)
    monkeypatch.setattr(landing, "_land", real)
    assert (landing.carry_on(NOW), Placement.objects.count()) == (0, 2)
    assert (landing.carry_on(NOW + landing.LOST_AFTER + timedelta(minutes=1)), Placement.objects.count()) == (1, 4)


def test_a_column_that_nobody_could_guess_is_chosen_and_nothing_is_lost(as_user, channel):
    client = as_user("planner")
    answer = upload(client, "Hvad;Hvornår;Hvor\nLygter;1.12.2026 9.30;X\n")
    page = client.get(answer.url)
    assert [field.key for field in page.context["missing"]] == ["title", "channel"]
    refused = client.post(answer.url, {"title": "0", "channel": "0"})
    assert refused.status_code == 422
    client.post(answer.url, {"title": "0", "day": "1", "channel": "2"})
    [row] = rows_of(client, answer).values()
    assert (row.title, row.due_at, row.faults) == ("Lygter", clock.to_utc(WANTED), [])


def test_a_file_that_cannot_be_read_says_why_at_the_field(as_user, channel):
    answer = upload(as_user("planner"), b"\x00")
    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]
    assert not PlanImport.objects.exists()


def test_nothing_that_leaves_is_run_by_a_spreadsheet():
    written = spreadsheets.as_csv(["a"], [["=1+1"], ["@x"], ["-3"], [5]]).decode("utf-8-sig")
    assert written.split("\r\n") == ["a", "'=1+1", "'@x", "'-3", "5", ""]
    assert reading.read("p.csv", written.encode())[1] == ["=1+1"]  # and comes back as it was
    assert b"<f>" not in spreadsheets.as_xlsx("t", ["a"], [["=1+1"]], [5])


def test_a_sign_that_no_spreadsheet_may_hold_does_not_keep_the_plan_from_leaving():
    written = spreadsheets.as_xlsx("t", ["a"], [["Sat ind\x0bfra Word"]], [5])
    assert reading.read("p.xlsx", written)[1] == ["Sat ind fra Word"]
