"""Sections, archive and search: what they list, in which order, and what they say when there is nothing."""

import re
from datetime import UTC, datetime

from django.utils import timezone
from wagtail.models import Page

from campaigns.models import FocusArea, Strategy
from cms.models import StoryIndex
from tests.newsroom import picture

TYPED = ('"', "'", '")(', "%", "%s %d", "\0", "* AND", "NEAR(", "a" * 5000, "–", "😀", "' OR 1=1 --")


def test_long_lists_come_a_page_at_a_time(newsroom, client, monkeypatch):
    monkeypatch.setattr("cms.public.PAGE_SIZE", 2)
    for number in range(5):
        newsroom.publish(title=f"Historie {number}", focus_area=newsroom.area, summary=f"Tekst {number}.")
    seen = []
    for address in ("/historier/", "/historier/?side=2", "/historier/?side=3"):
        seen += re.findall(r">(Historie \d)</a>", client.get(address).content.decode())
    assert seen == [f"Historie {number}" for number in (4, 3, 2, 1, 0)]
    assert 'rel="next" href="?side=2"' in client.get("/historier/").content.decode()
    assert 'rel="next" href="?q=historie&amp;side=2"' in client.get("/soeg/?q=historie").content.decode()
    for wrong in ("0", "4", "x", ""):
        assert client.get(f"/historier/?side={wrong}").status_code == 404


def test_the_archive_has_each_focus_area_unit_and_month_with_its_number(full, client):
    html = client.get("/arkiv/").content.decode()
    assert '/arkiv/emne/trivsel/">Trivsel</a> <span class="number">4<' in html
    assert '/arkiv/enhed/lokalpolitienheden/">Lokalpolitienheden</a> <span class="number">4<' in html
    now = timezone.localtime()
    assert f"/arkiv/{now.year}/{now.month:02}/" in html
    assert "borgerinddragelse" not in html  # nothing there yet
    for address in ("/arkiv/emne/trivsel/", "/arkiv/enhed/lokalpolitienheden/", f"/arkiv/{now.year}/{now.month:02}/"):
        page = client.get(address).content.decode()
        assert "Torvet er åbent" in page
        assert "To års fængsel" in page
    assert client.get("/arkiv/emne/borgerinddragelse/").status_code == 200  # known, and empty


def test_months_are_those_of_copenhagen(square, client):
    midnight = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past midnight on 1 July
    Page.objects.filter(pk=square.story.pk).update(first_published_at=midnight)
    assert "Torvet er åbent" in client.get("/arkiv/2026/07/").content.decode()
    assert client.get("/arkiv/2026/06/").status_code == 404
    assert "/arkiv/2026/07/" in client.get("/arkiv/").content.decode()


def test_focus_areas_of_a_strategy_in_preparation_are_not_public(square, client):
    strategy = Strategy.objects.create(year=2027, title="Næste", status="draft")
    goal = strategy.goals.create(key="nyt", name_da="Nyt")
    FocusArea.objects.create(goal=goal, key="hemmelig", name_da="Hemmelig")
    assert client.get("/arkiv/emne/hemmelig/").status_code == 404
    assert client.get("/feeds/emne/hemmelig/rss.xml").status_code == 404


def test_the_cost_of_a_list_does_not_grow_with_it(newsroom, client, django_assert_max_num_queries):
    for number in range(8):
        newsroom.publish(title=f"Historie {number}", social_image=picture(f"{number}.png"), social_image_alt="Et torv.")
    client.get("/")  # sizes are made at the first look
    with django_assert_max_num_queries(35):
        client.get("/")


# --- Search ---------------------------------------------------------------------------------------------------


def found(client, words):
    return re.findall(r'<h2><a href="[^"]+">([^<]+)</a>', client.get("/soeg/", {"q": words}).content.decode())


def test_search_finds_words_of_title_summary_and_text_and_parts_of_words(full, client):
    assert found(client, "torvet") == ["Torvet er åbent"]
    assert found(client, "velkomne") == ["Torvet er åbent"]
    assert found(client, "torsdag") == ["Torvet er åbent"]
    assert found(client, "fængs") == ["To års fængsel"]
    assert found(client, "torvet fængsel") == []


def test_whatever_is_typed_is_answered(square, client):
    for words in TYPED:
        assert client.get("/soeg/", {"q": words}).status_code == 200, words


def test_what_was_typed_stays_and_is_never_markup(square, client):
    html = client.get("/soeg/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in html
    assert 'value="&lt;script&gt;alert(1)&lt;/script&gt;"' in html


def test_an_empty_and_a_fruitless_search_help(square, client):
    for address in ("/soeg/", "/soeg/?q=", "/soeg/?q=findesikke"):
        html = client.get(address).content.decode()
        assert "/arkiv/emne/trivsel/" in html, address
    assert "politi.dk" in html


def test_search_is_of_what_is_approved_after_a_newer_draft(square, client):
    square.change(square.story, title="Kladdeord", summary="Kladdeord")
    assert found(client, "kladdeord") == []
    assert found(client, "torvet") == ["Torvet er åbent"]


def test_a_section_that_is_taken_off_is_in_no_menu(square, client):
    StoryIndex.objects.get().unpublish()
    assert 'href="/historier/"' not in client.get("/").content.decode()
