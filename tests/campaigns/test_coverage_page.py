"""The coverage page: every number leads to its stories, and says the same as the module and the file."""

import csv
import io
import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from campaigns import clock, mapping, years
from campaigns.coverage import Fate, cover, findings, reading
from campaigns.coverage.periods import quarter, quarter_of, whole_year
from campaigns.models import FocusArea, FocusMapping, Placement, Strategy, Unit
from cms.models import CommunicationInitiative, Post, Story
from publishing.models import Channel
from tests import cast as people
from tests.cast import deletion_before_it_was_refused

pytestmark = pytest.mark.django_db
INDEX = "campaigns_coverage:index"


@pytest.fixture
def frozen():
    with time_machine.travel(datetime(2026, 11, 24, 9, 0, tzinfo=clock.COPENHAGEN), tick=False) as traveller:
        yield traveller


@pytest.fixture
def channels(frozen, cast, loaded, scripted_kinds):
    real = Channel.objects.create(kind="scripted", name="Rigtig", slug="real")
    dry = Channel.objects.create(kind="scripted", name="Prøve", slug="dry", dry_run=True)
    return {"real": real, "dry": dry}


@pytest.fixture
def tell(cast, initiative, frozen):
    """One story: approved and, unless it shall stay planned or a draft, sent."""

    def make(title, *channels, area="borgervendt-kommunikation", numbers=(), upto="sent", cls=Post, **fields):
        chosen = FocusArea.objects.filter(key=area).first()
        page = people.draft(cls, by=cast.writer, title=title, summary=title, focus_area=chosen, **fields)
        page.initiative_tags = [CommunicationInitiative(initiative=initiative(number)) for number in numbers]
        page.save_revision(user=cast.writer)
        for channel in channels:
            people.place(page, channel, due=timezone.now() + timedelta(hours=1))
        if upto != "draft":
            people.approve(people.submit(cls.objects.get(pk=page.pk), by=cast.writer), by=cast.editor)
        if upto == "sent":
            frozen.shift(timedelta(hours=2))
            call_command("send_due", verbosity=0)
        return page

    return make


@pytest.fixture
def told(tell, channels):
    tell("Ude", channels["real"], channels["dry"], numbers=("1132",))
    tell("Prøvet", channels["dry"])
    tell("Foreslået", channels["real"], area="", numbers=("1189",))
    tell("Planlagt", channels["real"], upto="planned")
    tell("Kladde", channels["real"], upto="draft")


@pytest.fixture
def page(as_user):
    def get(user="management", view=INDEX, **query):
        return as_user(user).get(reverse(view), query)

    return get


def row(response, key):
    area = FocusArea.objects.get(key=key, goal__strategy=response.context["strategy"])
    return next(line for line in response.context["table"].rows if line.row.area.id == area.pk)


def test_who_may_see_coverage_does_and_nobody_else(page, loaded, refused, cast):
    for key in ("management", "writer", "editor", "planner"):
        assert page(key).status_code == 200
        assert "/admin/coverage/" in page(key).content.decode()
    for key in ("outsider", "legal", "prosecutor", "archive", "duty"):
        assert refused(page(key))
        assert refused(page(key, "campaigns_coverage:stories"))
        assert refused(page(key, format="csv"))


def test_the_current_quarter_is_shown_with_words_and_shapes(page, told):
    response = page()
    line = row(response, "borgervendt-kommunikation")
    said = {(part.badge.key, part.count) for part in line.total.parts}
    assert said == {("fate-sent", 1), ("fate-planned", 1), ("fate-prepared", 1), ("mark-dry", 1)}
    proposed = row(response, "borgerinddragelse").total.parts
    assert [(part.mark, part.count, part.badge.shape) for part in proposed] == [("proposed", 1, "▒")]
    html = response.content.decode()
    for shape in "■▨○▒▲":
        assert shape in html
    assert [month.name for month in response.context["table"].months] == ["oktober", "november", "december"]


def test_a_confirmed_mapping_makes_a_proposal_count(page, told, cast):
    mapping.decide(
        FocusMapping.objects.filter(initiative__number="1189"), FocusMapping.Status.CONFIRMED, by=cast.editor
    )
    line = row(page(), "borgerinddragelse")
    assert [(part.badge.key, part.count) for part in line.total.parts] == [("fate-sent", 1)]
    assert (line.row.relevant, line.row.covered) == (1, 1)


def test_every_number_opens_exactly_its_stories(page, told, as_user):
    html = page().content.decode()
    links = re.findall(r'class="coverage-part" data-fate="[^"]+" href="([^"]+)"><strong>(\d+)</strong>', html)
    assert len(links) >= 10
    client = as_user("management")
    for url, count in links:
        assert len(client.get(unescape(url)).context["rows"]) == int(count), url


def test_a_focus_area_that_nobody_told_about_shows_what_there_is_to_tell(told, as_user):
    silent = FocusArea.objects.get(key="sagsbehandling")
    found = as_user("editor").get(reverse("campaigns_coverage:stories"), {"year": 2026, "area": silent.pk})
    serving = [topic for topic, _suitable in found.context["serving"]]
    assert serving
    assert all(silent.pk in topic.confirmed | topic.proposed for topic in serving)
    words = found.content.decode()
    assert reverse("initiative:inspect", args=[serving[0].id]) in words
    assert reverse("campaigns_coverage:draft", args=["area", silent.pk]) in words
    assert (
        reverse("campaigns_coverage:draft", args=["area", silent.pk])
        not in (
            as_user("management").get(reverse("campaigns_coverage:stories"), {"year": 2026, "area": silent.pk})
        ).content.decode()
    )


def test_what_is_found_of_a_selection_is_said_of_the_selection(page, told):
    def finding(**query):
        return unescape(page(**query).content.decode().split('class="coverage-finding">')[1].split("</p>")[0])

    assert finding(kind="post").startswith("Opslag: ")
    assert not finding().startswith("Opslag: ")


def test_the_first_glance_says_the_figures_of_the_table(page, told):
    shown = page(year=2026, quarter=4)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", shown.content.decode().split("coverage-glance")[1])).split())
    assert str(len(shown.context["gaps"])) in words.split("coverage-legend")[0]
    assert all(name in words for name in shown.context["gap_areas"])


def test_an_initiatives_number_opens_its_stories(page, told, as_user):
    (item,) = [item for item in page().context["topics"] if item["row"].topic.number == "1132"]
    rows = as_user("management").get(item["url"]).context["rows"]
    assert [one["story"].title for one in rows] == ["Ude"]
    assert as_user("management").get(rows[0]["url"]).status_code == 200


def test_a_story_opens_for_whoever_asks_in_the_editor_or_else_in_the_plan(page, told, as_user):
    post = Post.objects.get(title="Ude")

    def opened(user):
        (row,) = page(user, view="campaigns_coverage:stories", fate="sent", mark="counted").context["rows"]
        assert as_user(user).get(row["url"]).status_code == 200
        return row["url"]

    assert opened("editor") == reverse("wagtailadmin_pages:edit", args=[post.pk])
    assert opened("management") in [
        reverse("campaigns_calendar:item", args=[one.pk]) for one in Placement.objects.filter(page=post)
    ]


def test_a_story_that_was_deleted_is_still_told_without_a_link(page, told):
    with deletion_before_it_was_refused():
        Post.objects.get(title="Ude").delete()
    rows = page(view="campaigns_coverage:stories", fate="sent", mark="counted").context["rows"]
    assert [(one["story"].title, one["url"], one["gone"]) for one in rows] == [("Ude", "", True)]


@pytest.mark.parametrize(
    "query",
    [
        {"year": "x"}, {"year": "2026", "quarter": "9"}, {"strategy": "x"}, {"unit": "9999"}, {"channel": "-1"},
        {"kind": "<script>"}, {"year": "99999999999999999999"},
    ],
)  # fmt: skip
def test_nonsense_in_the_address_is_said_at_its_field_or_ignored(page, loaded, query):
    response = page(**query)
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_nonsense_behind_a_number_breaks_nothing(page, told):
    wrong = {
        "month": ["2026-99", "0000-01"],
        "area": ["x", "²"],
        "topic": ["99999", "²"],
        "initiative": ["²"],
        "fate": ["lost"],
        "mark": ["?"],
    }
    for name, values in wrong.items():
        for value in values:
            assert page(view="campaigns_coverage:stories", **{name: value}).status_code == 200, (name, value)


def test_a_selection_shows_only_what_was_asked_for_and_no_target(page, told, tell, channels):
    unit = Unit.objects.get(key="hr")
    FocusArea.objects.update(target_per_quarter=6)
    tell("Fra HR", channels["real"], owner_unit=unit)
    everything, only = page(), page(year="2026", quarter="4", unit=unit.pk)
    assert row(everything, "borgervendt-kommunikation").row.target == 6
    line = row(only, "borgervendt-kommunikation")
    assert (line.row.target, line.row.total.counted) == (None, {Fate.SENT: 1})
    by_channel = page(year="2026", quarter="4", channel=channels["dry"].pk)
    assert not by_channel.context["table"].total.row.total.counted
    tell("En historie", channels["real"], cls=Story)
    by_kind = page(year="2026", quarter="4", kind="story")
    assert by_kind.context["found"].total.total.counted == {Fate.SENT: 1}
    assert dict(by_kind.context["form"].fields["kind"].choices)["post"] == "Opslag"


def test_a_year_has_twelve_months_and_a_past_quarter_its_own(page, told):
    assert len(page(year="2026").context["table"].months) == 12
    past = page(year="2026", quarter="3")
    assert not past.context["found"].total.total
    assert row(past, "borgervendt-kommunikation").row.last is not None, "last is whenever it was"


def test_a_small_target_shows_counts_and_no_share(page, told):
    FocusArea.objects.update(target_per_quarter=4)
    assert row(page(), "borgervendt-kommunikation").share is None
    FocusArea.objects.update(target_per_quarter=8)
    assert row(page(), "borgervendt-kommunikation").share == 13  # 1 of 8: a half goes up


def test_the_csv_says_what_the_page_says(page, told):
    response = page(year="2026", quarter="4", format="csv")
    assert response["Content-Type"].startswith("text/csv")
    assert 'filename="coverage-2026-10-01-2026-12-31.csv"' in response["Content-Disposition"]
    assert response.content.startswith(b"\xef\xbb\xbfAfsnit;")  # a Danish Excel puts it into columns by itself
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0]["Måned"] == "" and rows[0]["Navn"] == "4. kvartal 2026"
    mine = next(one for one in rows if one["Afsnit"] == "I alt" and one["Navn"] == "Borgervendt kommunikation")
    shown = row(page(), "borgervendt-kommunikation").row
    assert (int(mine["sendt"]), int(mine["planlagt"]), int(mine["prøvekørsel"])) == (
        shown.total.counted[Fate.SENT],
        shown.total.counted[Fate.PLANNED],
        shown.total.dry.total(),
    )
    assert mine["sidst"] == "24.11.2026"
    assert {"Alle", "Uden indsatsområde"} < {one["Navn"] for one in rows}
    assert "november 2026" in {one["Måned"] for one in rows}


def test_another_year_of_the_strategy_is_measured_on_its_own(page, told, loaded, cast):
    other = years.prepare(loaded, year=2027, title="Strategi 2027", carried=[], by=cast.editor)
    response = page(strategy=other.pk)
    assert response.context["strategy"] == other
    assert [line.row.total.counted for line in response.context["table"].rows] == [{}] * 6
    assert response.context["table"].without.row.total.counted[Fate.SENT] == 2
    assert page().context["strategy"] == loaded


def test_the_page_takes_the_same_queries_however_much_there_is(page, told, tell, channels):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            page()
        return len(captured)

    queries()
    few = queries()
    for number in range(3):
        tell(f"Mere {number}", channels["real"], numbers=("1118",))
    assert queries() <= few


def test_without_a_strategy_the_page_teaches(page, cast):
    response = page()
    assert response.status_code == 200
    assert "load_strategy" in response.content.decode()


def sentence(strategy=None):
    now = timezone.now()
    facts = reading.read(strategy or Strategy.objects.in_force(), now)
    period = quarter_of(timezone.localdate(now))
    with translation.override("en"):
        return findings.main_finding(cover(facts.appearances, facts.areas, facts.topics, period=period, now=now))


def test_the_sentence_at_the_top_says_the_most_important_thing(tell, channels, loaded):
    assert sentence() == "Nothing was sent in this period, and nothing is planned in it."
    keys = list(FocusArea.objects.values_list("key", flat=True))
    for key in keys[1:]:
        tell(key, channels["real"], area=key)
    assert sentence() == "Borgerinddragelse has never been told about, and nothing is planned."
    tell(keys[0], channels["real"], area=keys[0])
    assert sentence() == "6 stories were sent; 6 of 6 focus areas were told about, and none is silent."
    FocusArea.objects.filter(key="trivsel").update(target_per_quarter=4)
    assert sentence() == "Trivsel is furthest from its target: 1 sent and 0 planned of 4."


def test_long_silence_is_said_in_days(tell, channels, frozen):
    keys = list(FocusArea.objects.values_list("key", flat=True))
    tell(keys[0], channels["real"], area=keys[0])
    frozen.shift(timedelta(days=95))
    for key in keys[1:]:
        tell(key, channels["real"], area=key)
    assert sentence() == "Borgerinddragelse has been silent for 95 days, and nothing is planned."


def test_quarters_and_years_are_whole():
    assert [quarter(2026, number).quarters() for number in (1, 2, 3, 4)] == [1, 1, 1, 1]
    assert whole_year(2024).quarters() == 4
    assert (quarter(2024, 1).last - quarter(2024, 1).first).days == 90
    with pytest.raises(ValueError, match="quarter 5"):
        quarter(2026, 5)
