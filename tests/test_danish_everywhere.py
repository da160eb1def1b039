"""Every page that anybody can get to, read as every role in Danish: no English, no English dates.

The demo is the site that is walked, for it shows every state.
"""

import re
from urllib.parse import urljoin, urlsplit

import polib
import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.utils import translation
from wagtail.images import get_image_model

from campaigns.models import Initiative
from cms.demo import people
from cms.models import Story
from tests.reading_pages import Reading, menu
from tests.test_danish import CATALOGUES

pytestmark = pytest.mark.django_db

# A sentence is English when two of these stand in it; none of them is a Danish word.
ENGLISH = {
    *(
        "the",
        "and",
        "with",
        "this",
        "that",
        "your",
        "you",
        "from",
        "have",
        "which",
        "are",
        "been",
        "not",
        "what",
        "who",
    ),
    *("will", "can", "its", "was"),
}
DATES = re.compile(
    r"\b(?:January|February|March|May|June|July|October|December)\b \d|\b\d{1,2}(?::\d\d)? ?[ap]\.?m\.?\b"
    r"|\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:day|nesday|sday|urday)?, "
)
# What a GET would do or fetch instead of showing a page, and what is the language's own business.
NOT_WALKED = ("/admin/logout", "/admin/api/", "/admin/jsi18n", "/media/", "/static/", "/documents/", "/django-admin/")
A_KIND_OF_PAGE = 2  # pages that differ in a number only are read this often, by the first who get there
# Written into Wagtail's own templates and classes without a translation; and a word that is Danish too.
NOT_OURS = {"Search", "Actions", "None", "Pause"}


@pytest.fixture(scope="module")
def msgids():
    """Our English, and Wagtail's, as far as its Danish is another word."""
    found = set()
    for path in CATALOGUES:
        for entry in polib.pofile(str(path)):
            for text in filter(None, (entry.msgid, entry.msgid_plural)):
                plain = " ".join(re.sub(r"<[^>]+>", " ", text).split())
                if "%(" not in plain and "{" not in plain and len(plain) > 3 and text != entry.msgstr:
                    found.add(plain)
    danish = {entry.msgstr for path in CATALOGUES for entry in polib.pofile(str(path))}
    return found - danish - NOT_OURS


def shape(path):
    """Pages of one shape differ in numbers and keys only."""
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|\d+", "N", path)


def walk(client, start, shapes, most=400):
    """Address to words, of every kind of page that this person gets to by menus and links.

    ``shapes`` counts what was read by whoever walked before; everybody's own front page is read in any case.
    """
    waiting, read = [start], {}
    while waiting and len(read) < most:
        address = waiting.pop(0)
        path = urlsplit(address).path
        if address in read or path.startswith(NOT_WALKED):
            continue
        if address != start and shapes.get(shape(path), 0) >= A_KIND_OF_PAGE:
            continue
        shapes[shape(path)] = shapes.get(shape(path), 0) + 1
        answer = client.get(address, follow=True)
        if not answer.headers.get("Content-Type", "").startswith("text/html"):
            continue
        html = answer.content.decode()
        reading, (labels, links) = Reading(html), menu(html)
        read[address] = [*reading.words, *labels]
        waiting += [urljoin(address, link).split("#")[0] for link in (*links, *reading.links)]
    return read


def leaks(words, msgids, spared):
    for said in words:
        plain = " ".join(said.split())
        few = {word.lower() for word in re.findall(r"[A-Za-z]+", plain)} & ENGLISH
        if not any(part in plain for part in spared) and (plain in msgids or len(few) >= 2 or DATES.search(plain)):
            yield plain


def test_whoever_looks_reads_danish_on_every_page(client, demo, msgids):
    written = [story.get_latest_revision_as_object() for story in Story.objects.filter(language="en")]
    english = [(story.title, story.summary, story.social_image_alt) for story in written]
    spared = {text.rstrip(".") for row in english for text in row if text} | {"English"}
    spared |= set(get_image_model().objects.filter(title__contains=" with ").values_list("title", flat=True))
    spared |= set(Initiative.objects.exclude(title_en="").values_list("title_en", flat=True))
    spared |= set(Permission.objects.values_list("name", flat=True))  # Django writes them in the database
    shapes, found = {}, {}
    for username in [None, *(person.username for person in people.CAST)]:
        client.logout()
        if username:
            client.force_login(get_user_model().objects.get(username=username))
        with translation.override("da"):
            read = walk(client, "/admin/" if username else "/", shapes)
        said = {address: sorted(set(leaks(words, msgids, spared))) for address, words in read.items()}
        found |= {(username, address): words for address, words in said.items() if words}
    assert not found
    assert len(shapes) > 80


def test_a_leak_would_be_seen(msgids):
    html = '<p lang="da">Gem <b title="The time has passed.">x</b></p><p lang="en">Save the draft and go</p>'
    assert list(leaks(Reading(html).words, {"The time has passed."}, set())) == ["The time has passed."]
    assert list(leaks(Reading("<p>You have not been here.</p>").words, set(), set()))
    assert list(leaks(Reading("<td>Nov. 24, 2026, 3 p.m.</td>").words, set(), set()))
    assert "Not Found" not in msgids and len(msgids) > 500
