"""The feeds as a subscriber's program reads them, the sitemap, and what goes along when a page is shared."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone
from wagtail.models import Page

from cms.models import CourtResult
from tests.newsroom import picture

XML = ("/feeds/rss.xml", "/feeds/atom.xml", "/feeds/emne/trivsel/rss.xml", "/feeds/emne/trivsel/atom.xml")
ALL = (*XML, "/feeds/feed.json", "/feeds/emne/trivsel/feed.json")


@pytest.fixture
def stories(newsroom):
    """Two, the second with image and links, and a newer draft of the first."""
    first = newsroom.publish(title="Stien & broen <lukket>", summary="Gå udenom.", focus_area=newsroom.area)
    Page.objects.filter(pk=first.pk).update(first_published_at=timezone.now() - timedelta(days=3))
    text = [
        ("paragraph", '<p>Læs <a href="/arkiv/">arkivet</a> på torsdag.</p>'),
        ("image", {"image": picture("i-teksten.png"), "caption": "Et billede"}),
    ]
    second = newsroom.publish(
        title="Torvet er åbent",
        body=text,
        social_image=picture(),
        social_image_alt="Torvet i “sol” & vind.",
        focus_area=newsroom.area,
        owner_unit=newsroom.unit,
    )
    newsroom.change(first, title="Kladdeord")
    return first, second


@pytest.mark.parametrize("address", XML)
def test_a_reader_understands_rss_and_atom(stories, client, address):
    answer = client.get(address)
    parsed = feedparser.parse(answer.content, response_headers={"content-type": answer.headers["Content-Type"]})
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version in ("rss20", "atom10")
    assert [entry.title for entry in parsed.entries] == ["Torvet er åbent", "Stien & broen <lukket>"]
    entry = parsed.entries[0]
    assert entry.link == "http://localhost/historier/torvet-er-aabent/"
    assert entry.id == f"urn:uuid:{stories[1].translation_key}"
    assert entry.published_parsed[:5] == stories[1].first_published_at.timetuple()[:5]
    assert {tag.term for tag in entry.tags} == {"Trivsel", "Lokalpolitienheden"}
    content = entry.content[0].value
    assert "på torsdag" in content
    assert "“sol” &amp; vind" in content
    assert 'href="http://localhost/arkiv/"' in content
    assert not re.findall(r'(?:src|href)="/', content)
    assert "srcset" not in content
    [image] = entry.media_content
    assert image["url"].startswith("http://localhost/media/images/")
    assert entry.enclosures[0].type == "image/jpeg"
    assert "Torvet i “sol” & vind." in answer.content.decode().replace("&amp;", "&")
    assert parsed.feed.language == "da"
    assert client.get(image["url"]).status_code == 200


@pytest.mark.parametrize("address", ["/feeds/feed.json", "/feeds/emne/trivsel/feed.json"])
def test_json_feed_says_the_same(stories, client, address):
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    feed = json.loads(answer.content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://localhost{address}"
    assert feed["home_page_url"].startswith("http://localhost/")
    item = feed["items"][0]
    assert item["id"] == f"urn:uuid:{stories[1].translation_key}"
    assert item["url"] == "http://localhost/historier/torvet-er-aabent/"
    assert item["date_published"] == stories[1].first_published_at.isoformat()
    assert item["image"].startswith("http://localhost/media/images/")
    assert item["tags"] == ["Trivsel", "Lokalpolitienheden"]
    assert 'alt="Torvet i “sol” &amp; vind."' in item["content_html"]
    assert "Kladdeord" not in answer.content.decode()


def test_the_same_news_are_the_same_bytes_and_a_take_down_is_a_change(stories, newsroom, client):
    tags = {}
    for address in ALL:
        first = client.get(address)
        assert client.get(address).content == first.content, address
        tags[address] = {"If-None-Match": first.headers["ETag"]}
        assert client.get(address, headers=tags[address]).status_code == 304, address
    newsroom.take_down(stories[1])
    assert [client.get(address, headers=tag).status_code for address, tag in tags.items()] == [200] * len(ALL)


def test_an_id_survives_a_new_title_a_new_address_and_a_new_host(stories, newsroom, client, settings):
    before = {item["id"] for item in json.loads(client.get("/feeds/feed.json").content)["items"]}
    Page.objects.filter(pk=stories[1].pk).update(title="Nyt", slug="nyt")
    settings.ALLOWED_HOSTS = ["*"]
    items = json.loads(client.get("/feeds/feed.json", headers={"Host": "andet.example"}).content)["items"]
    assert {item["id"] for item in items} == before


def test_a_sign_that_no_feed_may_hold_does_not_take_the_others_along(newsroom, client):
    pasted = [("paragraph", "<p>Fra en\x0bPDF\x0c.</p>")]
    newsroom.publish(title="Sat ind\x0bfra Word", summary="Uden\x0c tegn.", body=pasted, focus_area=newsroom.area)
    for address in XML:
        parsed = feedparser.parse(client.get(address).content)
        assert not parsed.bozo and [entry.title for entry in parsed.entries] == ["Sat ind fra Word"], address
    assert json.loads(client.get("/feeds/feed.json").content)["items"][0]["summary"] == "Uden  tegn."


def test_an_empty_feed_is_a_feed(newsroom, client):
    for address in XML:
        assert not feedparser.parse(client.get(address).content).bozo
    assert json.loads(client.get("/feeds/feed.json").content)["items"] == []


def test_a_feed_of_a_focus_area_has_that_area_only(stories, newsroom, client):
    newsroom.publish(CourtResult, title="Dom uden emne")
    assert "Dom uden emne" in client.get("/feeds/rss.xml").content.decode()
    assert "Dom uden emne" not in client.get("/feeds/emne/trivsel/rss.xml").content.decode()
    assert client.get("/feeds/emne/ukendt/rss.xml").status_code == 404
    assert client.get("/feeds/rss/").status_code == 404


def test_readers_are_shown_the_way_to_the_feeds(stories, client):
    html = client.get("/").content.decode() + client.get("/arkiv/emne/trivsel/").content.decode()
    for address in ALL:
        assert re.search(rf'<link rel="alternate" type="application/[a-z+]+" title="[^"]+" href="{address}">', html), (
            address
        )


def test_the_sitemap_has_what_is_public_with_its_dates_and_nothing_else(stories, newsroom, client):
    newsroom.draft(title="Kladde")
    tree = ElementTree.fromstring(client.get("/sitemap.xml").content)
    space = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    found = {url.find("s:loc", space).text: url.find("s:lastmod", space) for url in tree.findall("s:url", space)}
    sections = {f"http://localhost/{path}" for path in ("", "historier/", "kampagner/", "domme/")}
    assert set(found) == sections | {page.full_url for page in stories}
    assert found[stories[1].full_url].text[:10] == timezone.localdate(stories[1].last_published_at).isoformat()
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://localhost/sitemap.xml" in robots
    assert "Disallow: /admin/" in robots


def test_a_shared_link_carries_title_words_image_and_its_alt(stories, client):
    html = client.get("/historier/torvet-er-aabent/").content.decode()

    def tag(name):
        return re.search(rf'<meta (?:property|name)="{name}" content="([^"]*)">', html)[1]

    assert '<link rel="canonical" href="http://localhost/historier/torvet-er-aabent/">' in html
    assert tag("og:title") == "Torvet er åbent"
    assert tag("og:locale") == "da_DK"
    assert tag("og:image:alt") == tag("twitter:image:alt") == "Torvet i “sol” &amp; vind."
    assert tag("twitter:card") == "summary_large_image"
    assert client.get(tag("og:image")).status_code == 200
    assert "oembed" not in html


def test_machines_read_it_as_a_news_article(stories, client):
    html = client.get("/historier/stien-broen-lukket/").content.decode()
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)[1])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "Stien & broen <lukket>"
    assert data["inLanguage"] == "da"
    assert data["publisher"]["name"] == "Københavns Politi og Anklagemyndigheden"
    assert "image" not in data
