"""The public pages: what they show, to whom they send what, and what they never do."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError
from django.template.loader import get_template
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from cms.models import CourtResult
from cms.views import errors
from tests.newsroom import body, walk

LIMIT = 100_000  # bytes of a page without its images
NOT_THERE = (
    "/findes-ikke/",
    "/findes-ikke.php",
    "/historier/?side=9",
    "/arkiv/2026/13/",
    "/arkiv/1/1/",
    "/arkiv/9999/12/",
    "/arkiv/emne/ukendt/",
    "/arkiv/enhed/ukendt/",
    "/feeds/emne/ukendt/rss.xml",
)


def test_every_public_page_is_light_strict_and_leaves_nothing_behind(full, client):
    answers = walk(client)
    assert len([answer for answer in answers.values() if answer.status_code == 200]) > 25
    style = Path(finders.find("cms/newsroom.css")).stat().st_size + Path(finders.find("cms/mark.svg")).stat().st_size
    assert answers.pop("/favicon.ico").headers["Location"] == "/static/cms/mark.svg"
    for address, answer in answers.items():
        assert answer.status_code == 200, address
        assert "Set-Cookie" not in answer.headers, address
        assert not answer.cookies, address
        assert "Vary" not in answer.headers, address
        assert "public" in answer.headers["Cache-Control"], address
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        policy = answer.headers["Content-Security-Policy"]
        assert "unsafe" not in policy, address
        assert len(answer.content) + style < LIMIT, address
        assert not re.search(r"<script(?! type=\"application/ld\+json\")|<style|\sstyle=|\son\w+=", html), address
        assert html.count("<h1") == html.count("<main") == html.count('class="skip"') == 1, address
        outside = set(re.findall(r'(?:href|src)="(https?://[^"]+)"', html))
        assert {url for url in outside if not url.startswith("http://localhost")} <= {"https://politi.dk"}, address


def test_a_story_shows_all_that_belongs_to_it(full, client):
    html = client.get(full.story.url).content.decode()
    assert '<html lang="da">' in html
    assert 'alt="Torvet i sol."' in html
    images = [tag for tag in re.findall(r"<img [^>]*>", html) if "/media/" in tag]
    assert len(images) == 3  # its own, one in the text, one of what is related
    assert all(re.search(r'\bwidth="\d+"', tag) and re.search(r'\bheight="\d+"', tag) for tag in images)
    assert 'srcset="/media/images/' in html
    for words in (full.area.name, full.unit.name, "tel:112", "tel:114", "https://politi.dk", 'id="related"'):
        assert words in html
    assert "Internt navn" not in html  # what a campaign is called among colleagues


def test_dates_are_as_danes_write_them(square, client):
    Page.objects.filter(pk=square.story.pk).update(first_published_at=datetime(2026, 11, 24, 13, 30, tzinfo=UTC))
    assert (
        '<time datetime="2026-11-24T13:30:00+00:00">24. november 2026 kl. 14.30</time>'
        in client.get(square.story.url).content.decode()
    )


def test_an_english_story_has_an_english_page_whoever_asks(full, client):
    answer = client.get(full.english.url, headers={"Accept-Language": "da"})
    html = answer.content.decode()
    assert '<html lang="en">' in html
    assert "What you can do" in html
    assert "Well-being" in html
    assert 'lang="en"' in client.get("/").content.decode()  # where it is listed among Danish ones
    danish = client.get(full.story.url, headers={"Accept-Language": "en"}).content.decode()
    assert '<html lang="da">' in danish


def test_a_campaign_page_shows_what_of_it_is_on_the_website(full, client):
    html = client.get(full.campaign_page.url).content.decode()
    assert 'id="campaign"' in html
    assert "Torvet er åbent" in html
    assert "Internt navn" not in html


@pytest.mark.parametrize(("appeal", "sentence"), [("open", "appealed"), ("appealed", "appealed"), ("final", "final")])
def test_a_judgment_always_says_where_the_case_stands(newsroom, client, appeal, sentence):
    page = newsroom.publish(CourtResult, title="To års fængsel", appeal=appeal, judged_on="2026-11-20")
    for address in (page.url, "/", "/domme/", "/feeds/rss.xml"):
        assert str(page.notice()) in client.get(address).content.decode(), address
    html = client.get(page.url).content.decode()
    assert "Københavns Byret" in html
    assert "20. november 2026" in html


@pytest.mark.parametrize(
    ("body", "led"), [("<p>En mand er dømt. Han</p><p>ankede.</p>", False), ("<p>Andet.</p>", True)]
)
def test_a_judgment_whose_text_begins_with_its_summary_says_it_once(newsroom, client, body, led):
    page = newsroom.publish(
        CourtResult, title="Dømt", summary="En mand er dømt. Han ankede.", body=[("paragraph", body)]
    )
    assert (b'class="lead"' in client.get(page.url).content) is led


def test_the_front_page_of_an_empty_newsroom_says_what_will_be_there(newsroom, client):
    html = client.get("/").content.decode()
    assert "/feeds/rss.xml" in html
    assert 'class="wrap empty"' in html
    assert client.get("/historier/").status_code == client.get("/arkiv/").status_code == 200


def test_whoever_has_the_page_already_gets_no_second_copy(square, client):
    for address in (
        square.story.url,
        "/",
        "/arkiv/",
        "/feeds/atom.xml",
        "/feeds/feed.json",
        "/sitemap.xml",
        "/soeg/?q=torv",
    ):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b""), address


def test_a_take_down_is_seen_at_once_by_those_who_have_a_copy(square, client):
    tag = client.get(square.story.url).headers["ETag"]
    front = client.get("/").headers["ETag"]
    square.take_down(square.story)
    assert client.get(square.story.url, headers={"If-None-Match": tag}).status_code == 410
    assert client.get("/", headers={"If-None-Match": front}).status_code == 200


def test_staff_gets_the_same_page_as_everybody(square, client):
    everybody = client.get(square.story.url).content
    client.force_login(square.cast.admin)
    answer = client.get(square.story.url)
    assert answer.content == everybody
    assert not answer.cookies


@pytest.mark.parametrize("debug", [True, False])
def test_what_is_not_there_is_said_in_danish_with_a_way_on(newsroom, client, settings, debug):
    settings.DEBUG = debug
    for address in NOT_THERE:
        answer = client.get(address)
        assert answer.status_code == 404, address
        assert 'lang="da"' in answer.content.decode(), address
        assert 'role="search"' in answer.content.decode(), address
        assert "no-store" in answer.headers["Cache-Control"], address


def test_the_page_for_a_fault_needs_no_database(rf):
    answer = errors.server_error(rf.get("/"))  # without a fixture pytest lets nobody near the database
    assert answer.status_code == 500
    assert "112" in answer.content.decode()


def test_a_database_that_is_away_is_503_and_says_when_to_come_back(newsroom, monkeypatch):
    def away(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr("cms.public.site_of", away)
    monkeypatch.setattr("wagtail.models.Site.find_for_request", away)
    answer = Client(raise_request_exception=False).get("/")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")
    assert "connection refused" not in body(answer)


def test_a_forged_form_is_told_what_to_do(newsroom):
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/_util/login/", {"username": "x"})
    assert answer.status_code == 403
    assert 'lang="da"' in answer.content.decode()


def test_every_error_page_can_be_shown(newsroom, rf):
    for view, status in ((errors.bad_request, 400), (errors.forbidden, 403), (errors.gone, 410)):
        answer = view(rf.get("/"))
        assert answer.status_code == status
        assert "<h1>" in answer.content.decode()
    assert get_template("cms/errors/expired.html")


def test_an_update_says_so(square, client):
    """One time more than on the day itself."""
    before = client.get(square.story.url).content.decode().count("<time ")
    Page.objects.filter(pk=square.story.pk).update(first_published_at=timezone.now() - timedelta(days=2))
    assert client.get(square.story.url).content.decode().count("<time ") == before + 1
