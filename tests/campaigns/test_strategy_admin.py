"""The strategy in the admin: everybody finds, editors manage, and a decision says who and when."""

import csv
import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from wagtail.models import ModelLogEntry

from campaigns import years
from campaigns.models import Campaign, FocusArea, FocusMapping, Goal, Initiative, ManualFigure, Strategy, Unit
from cms.models import CommunicationInitiative
from tests import cast as people

LISTINGS = ["initiative", "focusmapping", "focusarea", "goal", "unit", "pillar", "strategy", "campaign"]


def numbers(response):
    return [row.number for row in response.context["object_list"]]


@pytest.fixture
def listing(as_user, loaded):
    def get(user="editor", model="initiative", **query):
        return as_user(user).get(reverse(f"{model}:index"), query)

    return get


@pytest.mark.parametrize("model", LISTINGS)
def test_editors_and_readers_see_every_listing_and_an_outsider_none(listing, refused, model):
    assert listing(model=model).status_code == 200
    assert listing("management", model=model).status_code == 200
    assert refused(listing("outsider", model=model))


@pytest.mark.parametrize("model", [name for name in LISTINGS if name != "campaign"])
def test_only_editors_change_the_strategy(as_user, loaded, refused, model):

    row = apps.get_model("campaigns", model).objects.first()
    for url in (reverse(f"{model}:edit", args=[row.pk]), reverse(f"{model}:add")):
        for key in ("writer", "planner", "management", "legal"):
            assert refused(as_user(key).get(url)), (key, url)
        assert as_user("editor").get(url).status_code == 200
    assert as_user("writer").get(reverse(f"{model}:inspect", args=[row.pk])).status_code == 200


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1132", ["1132"]),
        ("1191", ["1191", "1191"]),
        ("109", ["1092", "1094", "10951", "1096", "1098"]),
        ("1095", ["10951"]),
        ("rytteri", ["1098", "1100"]),
        ("mounted police nightlife", ["1100"]),
        ("ÅBEN kommunikation", ["1132"]),
        ("kommunikation specialenheden", ["1094", "1203"]),
        ("zeppelin", []),
    ],
)
def test_search_is_by_number_or_words_in_either_language(listing, text, expected):
    assert numbers(listing(q=text)) == expected


def test_an_exact_number_comes_first(loaded):
    Initiative.objects.filter(number="1092").update(number="113")
    assert Initiative.objects.matching("113")[0].number == "113"


def test_filters_narrow_the_listing(listing, initiative):
    unit = Unit.objects.get(key="efterforskningsenheden")
    area = FocusArea.objects.get(key="borgervendt-kommunikation")
    assert numbers(listing(unit=unit.pk)) == ["1185", "1186", "1187"]
    assert len(numbers(listing(pillar=unit.pillar_id))) == 50
    assert numbers(listing(goal="null")) == ["1185", "1186", "1187"]
    assert numbers(listing(focus_area=area.pk)) == ["1094", "1118", "1132", "1161", "1196", "1203"]
    assert numbers(listing(suitable="undecided", unit=unit.pk)) == ["1186"]
    assert numbers(listing(mapping="none")) == ["1186"]
    FocusMapping.objects.filter(initiative__number="1132").update(status="confirmed")
    assert numbers(listing(mapping="confirmed")) == ["1132"]
    anomaly = loaded_anomaly("A03")
    assert numbers(listing(anomaly=anomaly.pk)) == ["1191", "1191"]
    assert len(numbers(listing(anomaly="open", unit=unit.pk))) == 3


def loaded_anomaly(code):
    return Strategy.objects.get().anomalies.get(code=code)


def test_a_filter_that_is_not_a_choice_breaks_nothing(listing):
    assert listing(anomaly="x", unit="y", strategy="z", suitable="q").status_code == 200


def test_the_listing_shows_the_likely_reading_beside_the_printed_number(listing):
    page = listing(q="10951").content.decode()
    assert "10951" in page
    assert "1095)" in page


@pytest.mark.parametrize("model", ["initiative", "focusmapping"])
def test_a_listing_takes_as_many_queries_for_one_row_as_for_fifty(listing, model):
    def queries(text):
        with CaptureQueriesContext(connection) as captured:
            response = listing(model=model, q=text)
        return len(response.context["object_list"]), len(captured)

    queries("1132")  # what is cached by the process is cached now
    (one, few), (many, same) = queries("1132"), queries("1")
    assert (one, many) == (1, 50)
    assert same == few


def test_the_csv_export_holds_what_is_filtered_and_no_formula(listing, initiative):
    Initiative.objects.filter(number="1132").update(title_da="=HYPERLINK(0)")
    response = listing(export="csv", q="113")
    rows = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"))
    assert [row[1] for row in rows[1:]] == ["1130", "1132", "1133", "1134", "1136"]
    assert rows[2][3] == "'=HYPERLINK(0)"


def test_the_csv_of_campaigns_guards_what_they_point_to_as_well(listing):
    area = FocusArea.objects.first()
    FocusArea.objects.filter(pk=area.pk).update(name_da="@SUM(1)")
    Campaign.objects.create(title="+1", starts_on="2026-10-01", ends_on="2026-10-02", focus_area=area)
    response = listing("planner", "campaign", export="csv")
    row = list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig")), delimiter=";"))[1]
    assert row[0] == "'+1"
    assert "'@SUM(1)" in row


def test_what_was_entered_leaves_in_words_at_our_time_and_in_columns(listing, cast):
    with time_machine.travel(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), tick=False):
        ManualFigure.objects.create(
            measure="calls", first="2026-10-01", last="2026-10-31", value="11840", source="-Ærø", by=cast.editor
        )
    written = b"".join(listing("management", "manualfigure", export="csv").streaming_content)
    row = list(csv.reader(io.StringIO(written.decode("utf-8-sig")), delimiter=";"))[1]
    assert written.startswith(b"\xef\xbb\xbf")
    assert row == ["Opkald til 114", "2026-10-01", "2026-10-31", "", "", "11840", "", "'-Ærø", "2026-11-24 10:30"]
    response = listing("management", "manualfigure", export="xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert (sheet["A2"].value, sheet["I2"].value) == ("Opkald til 114", datetime(2026, 11, 24, 10, 30))


def test_the_xlsx_export_opens(listing):
    response = listing(export="xlsx", q="10951")
    sheet = load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    rows = [[cell.value for cell in row] for row in sheet.rows]
    assert rows[1][1:3] == ["10951", "1095"]


def test_an_initiative_leads_on_to_its_mappings_anomalies_and_stories(as_user, initiative):
    row = initiative("10951")
    page = as_user("management").get(reverse("initiative:inspect", args=[row.pk])).content.decode()
    assert row.mappings.get().focus_area.name_da in page
    assert f"{reverse('anomalies:index')}?strategy={row.strategy_id}#A01" in page
    usage = reverse("initiative:usage", args=[row.pk])
    assert usage not in page  # a closed door for whoever only reads
    editors = as_user("editor")
    assert usage in editors.get(reverse("initiative:inspect", args=[row.pk])).content.decode()
    assert editors.get(usage).status_code == 200
    stories = f"{reverse('campaigns_coverage:stories')}?topic={row.pk}"
    assert stories in page
    assert stories not in as_user("legal").get(reverse("initiative:inspect", args=[row.pk])).content.decode()


def form_of(client, url, **changes):
    form = client.get(url).context["form"]
    data = {field.html_name: "" if field.value() is None else field.value() for field in form}
    return client.post(url, data | changes)


def test_an_editor_changes_an_initiative(as_user, initiative):
    row = initiative("1118")
    response = form_of(as_user("editor"), reverse("initiative:edit", args=[row.pk]), title_da="Min titel")
    assert response.status_code == 302
    row.refresh_from_db()
    assert row.title_da == "Min titel"


@pytest.mark.parametrize(
    ("changes", "field"), [({"number": "11x"}, "number"), ({"number": ""}, "number"), ({"number": "1116"}, "number")]
)
def test_a_wrong_number_is_explained_at_its_field(as_user, initiative, changes, field):
    url = reverse("initiative:edit", args=[initiative("1118").pk])
    response = form_of(as_user("editor"), url, title_da="Det, jeg skrev", **changes)
    assert response.status_code == 200
    assert len(response.context["form"].errors[field]) == 1
    assert "Det, jeg skrev" in response.content.decode()


def test_an_initiative_cannot_have_a_unit_or_goal_of_another_year(as_user, loaded, initiative, cast):

    other = years.prepare(loaded, year=2024, title="Strategi 2024", carried=[], by=cast.editor)
    goal, unit = other.goals.first(), Unit.objects.filter(pillar__strategy=other).first()
    url = reverse("initiative:edit", args=[initiative("1118").pk])
    errors = form_of(as_user("editor"), url, goal=goal.pk, unit=unit.pk).context["form"].errors
    assert set(errors) >= {"goal", "unit"}


def decide(client, row, status):
    return client.post(
        reverse("focusmapping:decide", args=[row.pk]), {"status": status, "next": "/admin/focusmapping/?p=2"}
    )


def test_one_click_confirms_a_mapping_with_who_and_when(as_user, initiative, cast):
    row = initiative("1132").mappings.get()
    response = decide(as_user("editor"), row, "confirmed")
    assert response.url == "/admin/focusmapping/?p=2"
    row.refresh_from_db()
    assert (row.status, row.decided_by) == ("confirmed", cast.editor)
    assert row.decided_at is not None
    entry = ModelLogEntry.objects.get(action="campaigns.mapping_confirmed")
    assert (entry.user, entry.object_id) == (cast.editor, str(row.pk))


def test_a_decision_is_logged_once_and_can_be_taken_back(as_user, initiative):
    row = initiative("1132").mappings.get()
    client = as_user("editor")
    for status in ("rejected", "rejected", "proposed"):
        decide(client, row, status)
    row.refresh_from_db()
    assert (row.status, row.decided_by, row.decided_at) == ("proposed", None, None)
    actions = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["campaigns.mapping_rejected", "campaigns.mapping_reopened"]


def test_who_may_not_decide_sees_no_button_and_changes_nothing(as_user, initiative, refused):
    row = initiative("1132").mappings.get()
    for key in ("outsider", "writer", "management", "planner"):
        assert refused(decide(as_user(key), row, "confirmed"))
    row.refresh_from_db()
    assert row.status == "proposed"
    page = as_user("writer").get(reverse("focusmapping:index")).content.decode()
    assert "/decide/" not in page
    assert "data-bulk-action-checkbox" not in page


def test_the_way_back_after_a_decision_stays_in_the_house(as_user, initiative):
    row = initiative("1132").mappings.get()
    url = reverse("focusmapping:decide", args=[row.pk])
    response = as_user("editor").post(url, {"status": "confirmed", "next": "https://elsewhere.example.org/"})
    assert response.url == reverse("focusmapping:index")


def bulk(client, action, query):
    return client.post(f"{reverse('wagtail_bulk_action', args=['campaigns', 'focusmapping', action])}?{query}")


def test_many_are_confirmed_at_once_after_being_shown(as_user, initiative, cast):
    rows = [initiative(number).mappings.get() for number in ("1132", "1118", "1196")]
    query = "&".join(f"id={row.pk}" for row in rows[:2])
    client = as_user("editor")
    shown = client.get(f"{reverse('wagtail_bulk_action', args=['campaigns', 'focusmapping', 'confirm'])}?{query}")
    assert all(str(row.initiative) in shown.content.decode() for row in rows[:2])
    assert not FocusMapping.objects.filter(status="confirmed").exists()
    bulk(client, "confirm", query)
    assert set(FocusMapping.objects.filter(status="confirmed", decided_by=cast.editor)) == set(rows[:2])
    assert ModelLogEntry.objects.filter(action="campaigns.mapping_confirmed").count() == 2


def test_everything_in_the_listing_means_as_it_was_filtered(as_user, loaded):
    area = FocusArea.objects.get(key="trivsel")
    listing = f"/admin/focusmapping/%3Ffocus_area%3D{area.pk}%26confidence%3Dhigh"
    bulk(as_user("editor"), "confirm", f"id=all&next={listing}")
    confirmed = FocusMapping.objects.filter(status="confirmed")
    assert confirmed.count() == FocusMapping.objects.filter(focus_area=area, confidence="high").count() > 0
    assert not confirmed.exclude(focus_area=area).exists()


def test_bulk_decisions_of_who_may_not_change_nothing(as_user, initiative):
    row = initiative("1132").mappings.get()
    bulk(as_user("writer"), "confirm", f"id={row.pk}")
    row.refresh_from_db()
    assert row.status == "proposed"


def test_a_mapping_made_by_hand_says_who_decided(as_user, initiative, cast):
    area = FocusArea.objects.get(key="baeredygtig-opgaveloesning")
    data = {"initiative": initiative("1186").pk, "focus_area": area.pk, "status": "confirmed"}
    assert as_user("editor").post(reverse("focusmapping:add"), data).status_code == 302
    row = initiative("1186").mappings.get()
    assert (row.decided_by, row.status) == (cast.editor, "confirmed")


def test_what_content_is_tagged_with_is_not_deleted(as_user, initiative, cast):
    page = people.draft(by=cast.writer)
    CommunicationInitiative.objects.create(page=page, initiative=initiative("1132"))
    url = reverse("initiative:delete", args=[initiative("1132").pk])
    as_user("editor").post(url)
    assert initiative("1132")


def test_a_goal_in_use_is_not_deleted_and_the_editor_is_told(as_user, initiative, loaded, cast):
    people.draft(by=cast.writer, focus_area=FocusArea.objects.first())
    response = as_user("editor").post(reverse("goal:delete", args=[Goal.objects.first().pk]), follow=True)
    assert Goal.objects.count() == 2
    assert list(response.context["messages"]) or response.status_code in (302, 403)


def test_a_campaign_is_made_in_the_admin_and_cannot_end_before_it_starts(as_user, loaded):
    client = as_user("planner")
    data = {"title": "Lys på", "starts_on": "2026-10-01", "ends_on": "2026-09-01", "objective": "", "audience": ""}
    data |= {"key_messages": "", "focus_area": "", "owner": ""}
    data |= {f"{rows}-{forms}_FORMS": 0 for rows in ("initiative_tags", "targets") for forms in ("TOTAL", "INITIAL")}
    response = client.post(reverse("campaign:add"), data)
    assert list(response.context["form"].errors) == ["ends_on"]
    assert len(response.context["form"].errors["ends_on"]) == 1
    assert client.post(reverse("campaign:add"), data | {"ends_on": "2027-02-28"}).status_code == 302
    assert Campaign.objects.get().title == "Lys på"
