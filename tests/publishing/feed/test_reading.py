"""What another system reads: three documents that are valid, pages, changes since, keys and embargoes."""

import json
from dataclasses import replace
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
import time_machine
from django.utils import timezone

from publishing.feed import asking, items, keys
from publishing.models import Feed, FeedItem, FeedKey

ATOM, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"


def get(client, name="articles.json", headers=None, **query):
    return client.get(f"/live/live/{name}", query, headers=headers or {})


def ids(response):
    return [item["id"] for item in response.json()["items"]]


def check_json_feed(data):
    """What the specification asks for, in words of its own: jsonfeed.org/version/1.1."""
    assert data["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(data["title"], str)
    for address in ("home_page_url", "feed_url"):
        assert data[address].startswith("http")
    for item in data["items"]:
        assert isinstance(item["id"], str)
        assert isinstance(item.get("content_html", item.get("content_text")), str)
        assert all(one["url"] and one["mime_type"] for one in item.get("attachments", []))
        assert all(isinstance(tag, str) for tag in item.get("tags", []))
    assert all(hub["type"] and hub["url"] for hub in data.get("hubs", []))
    known = {"version", "title", "home_page_url", "feed_url", "next_url", "hubs", "items"}
    assert all(name in known or name.startswith("_") for name in data)


def test_the_article_carries_everything(feed, article, deliver, client):
    delivery = deliver(article)
    [found] = get(client).json()["items"]
    assert found["id"] == f"urn:uuid:{delivery.key}"
    assert (found["status"], found["version"], found["visibility"]) == ("current", 1, "public")
    assert (found["title"], found["summary"], found["language"]) == (article.title, article.summary, "da")
    assert found["body"]["html"] == article.html
    assert found["body"]["text"] == "Husk lys (https://politi.example/mere?a=1&b=2) på cyklen."
    assert found["links"] == ["https://politi.example/lys", "https://politi.example/mere?a=1&b=2"]
    assert (found["units"], found["themes"], found["places"]) == (["Færdsel"], ["Tryghed"], [])
    [image], [media] = found["images"], article.media
    assert (image["alt"], image["sha256"], image["bytes"], image["width"]) == (media.alt, media.sha256, media.size, 64)
    answer = client.get("/" + image["url"].split("/", 3)[3])
    assert (answer.content, answer["Content-Type"]) == (media.read(), "image/jpeg")
    assert client.get("/" + found["item_url"].split("/", 3)[3]).json() == found


def test_place_and_credit_stand_in_all_three_documents(feed, article, deliver, client):
    [media] = article.media
    deliver(replace(article, media=(replace(media, credit="Ida Opdigtet"),), extra={"place": "Nørrebro"}))
    [found] = get(client).json()["items"]
    assert (found["places"], found["images"][0]["credit"]) == (["Nørrebro"], "Ida Opdigtet")
    [item] = get(client, "feed.json").json()["items"]
    assert item["tags"] == item["_pejlemaerke"]["places"] == ["Nørrebro"]
    assert [image["credit"] for image in item["_pejlemaerke"]["images"]] == ["Ida Opdigtet"]
    entry = ElementTree.fromstring(get(client, "atom.xml").content).find(f"{ATOM}entry")
    assert entry.findtext("{http://purl.org/dc/elements/1.1/}coverage") == "Nørrebro"
    assert entry.findtext(".//{http://search.yahoo.com/mrss/}credit") == "Ida Opdigtet"


def test_a_short_post_has_a_body_too(feed, article, deliver, client):
    deliver(replace(article, html="", text="Kom <nu>\n\nTak", title=""))
    [found] = get(client).json()["items"]
    assert found["body"]["text"] == "Kom <nu>\n\nTak"
    assert found["body"]["html"].startswith("<p>Kom &lt;nu&gt;</p>")
    assert 'href="https://politi.example/lys"' in found["body"]["html"]


def test_the_json_feed_is_valid_whatever_became_of_its_items(feed, article, deliver, client):
    first = deliver(article)
    items.withdraw(first.key)
    deliver(article)
    response = get(client, "feed.json")
    data = response.json()
    check_json_feed(data)
    assert response["Content-Type"].startswith("application/feed+json")
    newest, gone = data["items"]
    assert newest["attachments"][0]["title"] == "En blå cykel"
    assert newest["tags"] == ["Tryghed", "Færdsel"]
    assert (gone["content_text"], gone["_pejlemaerke"]["status"]) == ("", "withdrawn")
    assert set(gone) == {"id", "date_published", "date_modified", "content_text", "_pejlemaerke"}


def test_a_sign_that_xml_may_not_hold_does_not_take_the_whole_feed_along(feed, article, deliver, client):
    signs = {"title": "Sat ind\x0bfra Word", "summary": "Uden\x0ctegn.", "html": "<p>Fra\x1fen PDF.</p>"}
    deliver(replace(article, **signs, extra={"place": "Nørre\x0bbro"}))
    parsed = feedparser.parse(get(client, "atom.xml").content)
    assert not parsed.bozo and [entry.title for entry in parsed.entries] == ["Sat ind fra Word"]
    assert get(client).json()["items"][0]["title"] == "Sat ind fra Word"


def test_the_atom_feed_is_valid_and_has_tombstones(feed, article, deliver, client):
    first = deliver(article)
    items.withdraw(first.key)
    second = deliver(article)
    response = get(client, "atom.xml")
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    [entry] = parsed.entries
    assert (entry.id, entry.title) == (f"urn:uuid:{second.key}", article.title)
    assert "Husk" in entry.content[0].value
    assert {link.rel for link in parsed.feed.links} >= {"self", "hub"}
    [gone] = ElementTree.fromstring(response.content).findall(f"{AT}deleted-entry")
    assert gone.get("ref") == f"urn:uuid:{first.key}"
    assert gone.get("when")


def test_an_empty_feed_is_valid(feed, client):
    check_json_feed(get(client, "feed.json").json())
    assert not feedparser.parse(get(client, "atom.xml").content).bozo


def test_a_withdrawn_item_says_so_and_its_image_is_gone(feed, article, deliver, client):
    delivery = deliver(article)
    [found] = get(client).json()["items"]
    items.withdraw(delivery.key)
    answer = client.get(f"/live/live/items/{delivery.key}.json")
    assert (answer.status_code, answer.json()["status"]) == (410, "withdrawn")
    assert client.get("/" + found["images"][0]["url"].split("/", 3)[3]).status_code == 404
    for name in ("feed.json", "atom.xml", "articles.json"):
        assert "Husk" not in get(client, name).content.decode()


def test_pages_follow_each_other_and_leave_nothing_out(feed, article, deliver, client, monkeypatch):
    monkeypatch.setattr(asking, "MOST", 2)
    keys_sent = [deliver(replace(article, title=str(number))).key for number in range(5)]
    address, seen = "/live/live/articles.json", []
    while address:
        data = client.get(address).json()
        seen += [item["id"] for item in data["items"]]
        address = data["next_url"] and "/" + data["next_url"].split("/", 3)[3]
    assert seen == [f"urn:uuid:{key}" for key in reversed(keys_sent)]
    assert b'rel="next"' in get(client, "atom.xml").content
    assert get(client, "feed.json").json()["next_url"].endswith("before=4")


def test_whoever_was_away_asks_for_the_rest_once(feed, article, deliver, client):
    first = deliver(article)
    cursor = get(client).json()["cursor"]
    assert ids(get(client, since=cursor)) == []
    second = deliver(article)
    items.replace(first.key, replace(article, title="Rettet"), press_only=False, by_key=second.key)
    answer = get(client, since=cursor)
    assert ids(answer) == [f"urn:uuid:{first.key}", f"urn:uuid:{second.key}"]
    moment = FeedItem.objects.get(key=first.key).changed_at
    assert ids(get(client, since=moment.isoformat())) == [f"urn:uuid:{first.key}"]
    assert get(client, since="yesterday").status_code == 400
    assert get(client, before="x").status_code == 400


def test_nothing_is_sent_twice_to_whoever_has_it(feed, article, deliver, client):
    deliver(article)
    for name in ("feed.json", "atom.xml", "articles.json"):
        answer = get(client, name)
        assert "Last-Modified" in answer
        again = get(client, name, headers={"If-None-Match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    deliver(article)
    assert get(client, "feed.json", headers={"If-None-Match": answer["ETag"]}).status_code == 200


def test_what_is_under_embargo_is_for_the_press_until_it_ends_and_then_news_to_all(feed, article, deliver, client, key):
    ends = timezone.now() + timedelta(hours=1)
    delivery = deliver(replace(article, embargo_until=ends))
    assert ids(get(client)) == []
    assert client.get(f"/live/live/items/{delivery.key}.json").status_code == 404
    assert "Husk" not in get(client, "atom.xml").content.decode()
    [seen] = get(client, headers=key).json()["items"]
    assert seen["embargo_until"] == ends.isoformat()
    cursor = get(client).json()["cursor"]
    with time_machine.travel(ends + timedelta(seconds=1)):
        assert items.open_to_all(timezone.now()) == 1
        assert items.open_to_all(timezone.now()) == 0
        assert ids(get(client, since=cursor)) == [f"urn:uuid:{delivery.key}"]


def test_what_is_withdrawn_before_its_embargo_ends_was_never_seen_by_the_public(feed, article, deliver, client, key):
    ends = timezone.now() + timedelta(hours=1)
    delivery = deliver(replace(article, embargo_until=ends))
    items.withdraw(delivery.key)
    with time_machine.travel(ends + timedelta(hours=1)):
        items.open_to_all(timezone.now())
        assert ids(get(client)) == []
        assert ids(get(client, headers=key)) == [f"urn:uuid:{delivery.key}"]


def test_a_press_wire_opens_to_a_key_only(feed, article, deliver, client, key, cast):
    feed.config = {"audience": "press"}
    feed.save()
    deliver(article)
    assert get(client).status_code == 401
    assert get(client, headers={"Authorization": "Bearer wrong"}).status_code == 401
    answer = get(client, headers=key)
    assert [item["visibility"] for item in answer.json()["items"]] == ["press"]
    assert "private" in answer["Cache-Control"]
    assert "Authorization" in answer["Vary"]
    row = FeedKey.objects.get()
    assert row.last_used_at is not None
    assert row.sha256 not in key["Authorization"]
    keys.take_back(row, timezone.now(), by=cast.editor)
    assert get(client, headers=key).status_code == 401


def test_a_key_is_a_password_too_for_readers_of_feeds(feed, article, deliver, client, key):
    import base64

    deliver(article)
    said = base64.b64encode(f"avis:{key['Authorization'].split()[1]}".encode()).decode()
    assert get(client, headers={"Authorization": f"Basic {said}"}).status_code == 200
    assert get(client, headers={"Authorization": "Basic !"}).status_code == 401


def test_a_key_of_another_feed_opens_nothing(feed, client, key, channel):
    FeedKey.objects.update(channel=channel)
    assert get(client, headers=key).status_code == 401


@pytest.mark.parametrize("address", ["/live/x/feed.json", "/live/scripted/feed.json", "/live/live/rss.xml"])
def test_there_is_no_other_feed(feed, channel, client, address):
    assert client.get(address).status_code == 404


def test_reading_costs_the_same_however_much_there_is(feed, article, deliver, client, django_assert_num_queries):
    Feed.objects.get_or_create(channel=feed)
    get(client)
    for _number in range(3):
        deliver(article)
    with django_assert_num_queries(5):
        json.loads(get(client).content)
