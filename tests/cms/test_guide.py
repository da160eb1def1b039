"""The guide is part of the product: a page a job, for whoever may log in."""

import re
from html import unescape
from pathlib import Path

import polib
import pytest
import wagtail
from django.urls import reverse

from cms.views.guide import TOPICS
from tests.test_danish import ROOT, texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_each_topic_has_a_page_and_leads_to_the_others(client, cast, topic):
    client.force_login(cast.prosecutor)
    index = client.get(reverse("guide:index")).content.decode()
    address = reverse("guide:page", args=[topic.slug])
    page = client.get(address).content.decode()
    assert f'href="{address}"' in index
    assert "guide__lead" in page and page.count("<h2>") >= 2
    assert f'href="{address}" aria-current="page"' in page


def test_what_has_no_page_is_not_found_and_strangers_are_asked_to_log_in(client, cast):
    address = reverse("guide:page", args=["findes-ikke"])
    assert client.get(address).status_code == 302
    client.force_login(cast.outsider)
    assert client.get(reverse("guide:index")).status_code == 302
    client.force_login(cast.writer)
    assert client.get(address).status_code == 404


def test_the_help_menu_leads_to_our_guide_and_not_to_pages_in_english(client, cast):
    client.force_login(cast.writer)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert reverse("guide:index") in home
    assert "guide.wagtail.org" not in home and "docs.wagtail.org" not in home


SAYINGS = {  # what stands in italics and is no word of the screens
    "Black Week begynder om 3 uger; der er ikke planlagt noget om netsvindel.",  # an example
    "−1 sendt",  # another
    "plads", "livefeed",  # words that are explained
    "Mest kompatibel",  # on the telephone
}  # fmt: skip


def danish():
    """Every whole sentence and word of the interface, ours and Wagtail's."""
    catalogues = [*ROOT.glob("*/*locale/da/*/*.mo"), *Path(wagtail.__file__).parent.glob("**/locale/da/*/django.mo")]
    assert len(catalogues) > 10
    said = (text for path in catalogues for entry in polib.mofile(str(path)) for text in texts(entry))
    return {plain(text) for text in said}


def plain(text):
    return unescape(text).replace("\xa0", " ").strip(" .").lower()


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.slug)
def test_the_words_it_quotes_are_those_of_the_screens(topic):
    quoted = re.findall(r"<em>(.*?)</em>", (ROOT / f"templates/help/{topic.slug}.html").read_text())
    said = danish()
    parts = {part for quote in quoted if quote not in SAYINGS for part in quote.split(" &gt; ")}
    assert not [part for part in parts if plain(part) not in said]
