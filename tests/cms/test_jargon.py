"""Difficult words are the editors' own list: what they add is advised on, what they delete is not."""

import pytest
from django.urls import reverse

from cms import publication
from cms.models import Jargon, Post
from cms.rules import jargon
from tests.cast import draft

pytestmark = pytest.mark.django_db


def advised(page):
    return [found.finding.suggestion for found in publication.findings(page) if found.finding.check == "C-47"]


@pytest.fixture
def post(cast):
    return draft(Post, by=cast.writer, title="Til orientering", summary="Der er truffet afgørelse om påtaleopgivelsen.")


def test_a_new_site_begins_with_the_list_of_the_rules(cast):
    assert Jargon.objects.count() == len(jargon.PLAIN)
    assert Jargon.objects.begin() == 0  # and it is not made again


def test_an_editor_adds_and_deletes_words(cast, client, post):
    assert advised(post) == ["anklagemyndigheden har opgivet sagen"]
    client.force_login(cast.editor)
    new = {"words": "truffet afgørelse, orientering*", "plain": "besluttet"}
    assert client.post(reverse("jargon:add"), new).status_code == 302
    assert set(advised(post)) == {"anklagemyndigheden har opgivet sagen", "besluttet"}
    word = Jargon.objects.get(words__startswith="påtale")
    client.post(reverse("jargon:delete", args=[word.pk]))
    assert set(advised(post)) == {"besluttet"}


@pytest.mark.parametrize("words", ["*", "a", "tiltale, *"])
def test_what_would_match_everything_is_refused_with_a_sentence(cast, client, words):
    client.force_login(cast.editor)
    answer = client.post(reverse("jargon:add"), {"words": words, "plain": "noget"})
    assert answer.status_code == 200 and "mindst to bogstaver" in answer.content.decode()
    assert not Jargon.objects.filter(words=words).exists()


@pytest.mark.parametrize("words", ["(ab", "[x", "a\\\\d+", "§§", "x.y*"])
def test_signs_are_signs_and_no_pattern(words):
    jargon._pattern(((words, "noget"),)).search("Der står " + words)


@pytest.mark.parametrize("key", ["writer", "prosecutor", "outsider"])
def test_others_change_no_words(cast, client, key):
    client.force_login(getattr(cast, key))
    client.post(reverse("jargon:add"), {"words": "ordet", "plain": "noget"})
    assert not Jargon.objects.filter(words="ordet").exists()
