"""Elections and closed times: told where a time is chosen, at the approval and at the send, and never why."""

import unicodedata
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from campaigns import free_time, planning, windows
from campaigns.models import ClosedPeriod, Placement
from campaigns.topics import Topic, names_any, words_of
from campaigns.windows import BLOCK, WARN, Item, Window
from cms import guards, overriding, publication
from cms.models import Post
from publishing import needs, sending
from publishing.models import Channel, Delivery, EvidenceRecord, State
from tests.cast import approve, draft, place, submit
from tests.cms.pageform import filled

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # ten o'clock in Copenhagen
HOUR = timedelta(hours=1)
SECRET = ("Natsværmer", "Ransagning på Amager")


def window(mode=BLOCK, **fields):
    return Window(1, NOW, NOW + 2 * HOUR, mode, **fields)


def test_a_window_that_names_nothing_concerns_everything_within_it():
    item = Item(Topic(kind="post"), "x")
    assert windows.against(item, NOW, [window()]) == [window()]
    assert windows.against(item, NOW + 2 * HOUR, [window()]) == []
    assert windows.against(item, NOW - HOUR, [window()]) == []
    assert windows.against(Item(Topic(operational=True), "x"), NOW, [window()]) == []


@pytest.mark.parametrize(
    ("fields", "meant"),
    [
        ({"words": ("hash*",)}, True),
        ({"words": ("hash",)}, False),
        ({"focus_areas": frozenset({"trivsel"})}, True),
        ({"focus_areas": frozenset({"andet"}), "words": ("hash*",)}, True),  # one topic is enough
        ({"initiatives": frozenset({"1132"})}, True),
        ({"words": ("hash*",), "channels": frozenset({"bluesky"})}, False),  # but each narrowing must fit
        ({"words": ("hash*",), "kinds": frozenset({"story"})}, False),
        ({"units": frozenset({"lokal"}), "kinds": frozenset({"post"})}, True),
    ],
)
def test_topics_are_any_and_narrowings_all(fields, meant):
    topic = Topic("post", "trivsel", frozenset({"1132"}), "lokal", "Beslaglagt HASHEN i nat")
    assert bool(windows.against(Item(topic, "x"), NOW, [window(**fields)])) is meant


some = st.frozensets(st.sampled_from("abc"))


@given(some, some, some, some, st.sampled_from("abc "), st.sampled_from("abc "), st.booleans())
def test_to_narrow_a_window_never_makes_it_concern_more(areas, kinds, units, channels, area, unit, operational):
    item = Item(Topic("a", area.strip(), frozenset(), unit.strip(), "", operational), "a")
    wide, narrow = window(focus_areas=areas), window(focus_areas=areas, kinds=kinds, units=units, channels=channels)
    if windows.concerns(narrow, item):
        assert windows.concerns(wide, item)


def test_words_are_met_as_words_whatever_their_case():
    words = words_of("Black Week, netsvindel*,\nmc")
    assert words == ("Black Week", "netsvindel*", "mc")
    assert names_any("Pas på i black  week!", words) and names_any("Netsvindlere? Nej, netsvindelen.", words)
    assert names_any(unicodedata.normalize("NFD", "En hård nat på Åen."), ("hård*",))  # as a Mac writes it
    assert names_any("Pas på net\u00adsvin\u200bdel.", words)
    assert names_any("En hård nat.", (unicodedata.normalize("NFD", "hård"),))
    assert not names_any("Mcdonalds og netsvind", words) and not names_any("Alt", ())


def test_what_blocks_comes_first_and_no_sentence_tells_a_name_that_is_not_open():
    found = windows.against(Item(Topic(), "x"), NOW, [window(WARN, name="Valg"), window()])
    assert [one.blocks for one in found] == [True, False]
    assert "Valg" in windows.sentence(found[1])


def test_the_nearest_free_time_is_after_the_closed_one_however_long_that_is(db):
    channel = Channel(name="X", slug="x")
    shut = Window(1, NOW - HOUR, NOW + timedelta(days=20), BLOCK)
    assert free_time.nearest(channel, NOW, [], NOW, [shut]) == shut.end
    warns = Window(2, NOW - HOUR, NOW + HOUR, WARN)
    assert free_time.nearest(channel, NOW, [], NOW, [warns]) == NOW


# --- Where a time is chosen, at the approval, at the send ----------------------------------------------------


@pytest.fixture
def november(db):
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def channel(november, scripted_kinds):
    guards.install()
    return Channel.objects.create(kind="scripted", name="X", slug="x")


@pytest.fixture
def page(cast, channel):
    found = draft(Post, by=cast.writer, title="Fund", summary="Vi fandt hash på Amager.")
    place(found, channel, due=NOW + HOUR)
    return found


def closed(mode=BLOCK, kind="blackout", **fields):
    values = {"starts_at": NOW, "ends_at": NOW + timedelta(days=2), "words": "hash*", **fields}
    return ClosedPeriod.objects.create(
        title="Aktion Natsværmer", reason="Ransagning på Amager i morgen.", kind=kind, mode=mode, **values
    )


def approved(page, cast):
    return approve(submit(page, by=cast.writer), by=cast.editor)


def silent(text):
    return not any(word in text for word in SECRET)


def test_nothing_is_moved_into_a_closed_time_and_the_way_out_is_offered(client, cast, page):
    closed(starts_at=NOW + timedelta(days=1), ends_at=NOW + timedelta(days=2))
    row = page.placements.get()
    client.force_login(cast.planner)
    answer = client.post(
        reverse("campaigns_calendar:drag", args=[row.pk]), {"day": "2026-11-25", "versions": f"{row.pk}:{row.version}"}
    )
    assert answer.status_code == 409 and silent(answer.content.decode())
    assert answer.json()["free"] == {**answer.json()["free"], "day": "2026-11-26", "time": "10:00"}
    assert Placement.objects.get().due_at == NOW + HOUR
    with pytest.raises(planning.Conflict):
        planning.move(row, due_at=NOW + timedelta(days=1, hours=3), version=row.version, by=cast.admin)


def test_what_only_warns_is_moved_and_says_so(client, cast, page):
    closed(WARN, starts_at=NOW + timedelta(days=1))
    row = page.placements.get()
    client.force_login(cast.planner)
    form = {"day": "2026-11-25", "time": "12:00", "channel": row.channel_id, f"version-{row.pk}": row.version}
    answer = client.post(reverse("campaigns_calendar:item", args=[row.pk]), form, follow=True)
    said = [str(message) for message in answer.context["messages"]]
    assert len(said) == 2 and silent(answer.content.decode())
    assert Placement.objects.get().due_at == NOW + timedelta(days=1, hours=2)


def test_the_form_of_the_content_refuses_it_by_the_words_that_stand_there_now(client, cast, page):
    closed(starts_at=NOW + timedelta(days=1), words="guld*")
    client.force_login(cast.editor)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    later = {"placements-0-due_at": "25.11.2026 12:00", "summary": "Vi fandt guldet."}
    answer = client.post(url, filled(client, url, **later))
    [errors] = [form.errors for form in answer.context["form"].formsets["placements"].forms if form.errors]
    assert "due_at" in errors and silent(str(errors))
    assert Placement.objects.get().due_at == NOW + HOUR


def test_a_plan_that_is_brought_in_is_told_at_its_cell(client, cast, channel):
    from django.core.files.uploadedfile import SimpleUploadedFile

    closed(starts_at=NOW + timedelta(days=1))
    client.force_login(cast.planner)
    csv = "Dato;Klokkeslæt;Titel;Kanal\n25.11.2026;12.00;Mere hash;X\n25.11.2026;13.00;Lygter;X\n"
    file = SimpleUploadedFile("plan.csv", csv.encode())
    answer = client.post(reverse("campaigns_calendar:bring_in"), {"file": file}, follow=True)
    html = answer.content.decode()
    assert html.count('data-import-row="stopped"') == 1 and "B2" in html and silent(html)


def test_an_approval_is_stopped_by_what_blocks(cast, page):
    closed()
    page = submit(page, by=cast.writer)
    with pytest.raises(PermissionDenied) as error:
        approve(page, by=cast.editor)
    assert silent(str(error.value))
    assert not Delivery.objects.exists()


def test_what_warns_needs_somebody_who_did_not_write_it_and_a_reason(cast, page):
    closed(WARN)
    [found] = [item for item in publication.findings(page) if item.finding.check == "C-30"]
    with pytest.raises(PermissionDenied):
        approve(submit(page, by=cast.writer), by=cast.editor)
    with pytest.raises(PermissionDenied):
        overriding.override(page, found, by=cast.writer, reason="Jeg synes det")
    overriding.override(page, found, by=cast.editor, reason="Det er fakta")
    approve(type(page).objects.get(pk=page.pk), by=cast.editor)
    Delivery.objects.update(due_at=NOW, next_at=NOW)
    with time_machine.travel(NOW + HOUR, tick=False):
        sending.send_due()
    assert Delivery.objects.get().state == State.DELIVERED


@pytest.mark.parametrize("mode", [BLOCK, WARN])
def test_what_was_closed_after_the_approval_is_held_and_nothing_says_why(client, cast, page, mode, caplog):
    approved(page, cast)
    closed(mode)
    with time_machine.travel(NOW + HOUR, tick=False):
        sending.send_due()
        delivery = Delivery.objects.get()
        assert delivery.state == State.HELD and silent(delivery.state_reason) and delivery.state_reason
        payloads = [str(row.payload) for row in EvidenceRecord.objects.all()]
        assert any("closed" in text for text in payloads) and all(map(silent, [*payloads, caplog.text]))
        told = [str(group.rows) for group in needs.groups(cast.duty)]
        assert told and all(map(silent, told))
        client.force_login(cast.archive)
        for url in (
            reverse("publishing_desk:delivery", args=[delivery.pk]),
            reverse("campaigns_calendar:item", args=[page.placements.get().pk]),
            reverse("publishing_desk:deliveries"),
        ):
            answer = client.get(url)
            assert answer.status_code == 200 and silent(answer.content.decode())


def test_a_channel_or_an_area_that_gets_another_key_stays_closed(cast, page, channel, newsroom):
    page.focus_area = newsroom.area
    page.save_revision(user=cast.writer)
    approved(page, cast)
    row = closed(words="", channels=["x"], focus_areas=["trivsel"], units=["lokalpolitienheden"])
    channel.slug = "x-nyt"
    channel.save()
    newsroom.area.key = "trivsel-2"
    newsroom.area.save()
    newsroom.unit.key = "lokalt"
    newsroom.unit.save()
    row.refresh_from_db()
    assert (row.focus_areas, row.units) == (["trivsel", "trivsel-2"], ["lokalpolitienheden", "lokalt"])
    ClosedPeriod.objects.update(units=[])
    with time_machine.travel(NOW + HOUR, tick=False):
        sending.send_due()
    assert Delivery.objects.get().state == State.HELD


def test_what_is_operational_goes_all_the_same(cast, channel):
    found = draft(Post, by=cast.writer, title="Fund", summary="Vi fandt hash.", operational=True)
    place(found, channel, due=NOW + HOUR)
    closed()
    approved(found, cast)
    with time_machine.travel(NOW + HOUR, tick=False):
        sending.send_due()
    assert Delivery.objects.get().state == State.DELIVERED


def test_while_an_election_is_on_the_words_of_politics_want_a_second_person(cast, channel):
    found = draft(Post, by=cast.writer, title="Besøg", summary="Justitsministeren kom forbi.")
    place(found, channel, due=NOW + HOUR)
    assert not [item for item in publication.findings(found) if item.finding.check == "C-30"]
    closed(WARN, kind="election", words="noget andet")
    [item] = [item for item in publication.findings(found) if item.finding.check == "C-30"]
    assert item.stops and item.excerpt == "Justitsministeren"


def test_whoever_closes_a_time_sees_what_that_meets(client, cast, page, channel):
    other = draft(Post, by=cast.writer, title="Lygter", summary="Husk lygter.")
    place(other, channel, due=NOW + HOUR)
    client.force_login(cast.editor)
    answer = client.get(reverse("closedperiod:inspect", args=[closed().pk]))
    assert [title for _row, title, _badge in answer.context["touched"]] == ["Fund"]
