"""A story in two languages: a page each, approved by itself, linked in the newsroom, counted once."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from campaigns.coverage import reading
from campaigns.coverage.facts import Fate
from campaigns.models import Placement
from cms import cards, entries, rendering, versions
from cms.models import CourtResult, Story
from publishing import needs
from publishing.models import Channel
from tests import cast as people


@pytest.fixture
def danish(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="Dansk kanal", slug="dansk")


@pytest.fixture
def english(db, scripted_kinds):
    return Channel.objects.create(kind="scripted", name="English channel", slug="english", language="en")


@pytest.fixture
def story(cast, danish, english):
    page = people.draft(by=cast.writer)
    people.place(page, danish)
    people.place(page, english)
    return page


@pytest.fixture
def version(story, cast):
    return versions.begin(story, "en", by=cast.writer)


def test_a_version_is_a_draft_of_its_own_and_takes_over_the_times_of_its_channels(story, version, english, danish):
    assert version.language == "en"
    assert not version.live
    assert version.translation_key == story.translation_key
    assert version.get_parent() == story.get_parent()
    assert version.get_latest_revision_as_object().summary == story.summary
    assert [row.channel for row in Placement.objects.of_page(version.pk)] == [english]
    assert [row.channel for row in Placement.objects.of_page(story.pk)] == [danish]


def test_there_is_one_version_in_each_language_and_none_of_what_the_desk_made(story, version, cast):
    with pytest.raises(PermissionDenied):
        versions.begin(story, "en", by=cast.writer)
    with pytest.raises(PermissionDenied):
        versions.begin(version, "da", by=cast.writer)
    assert not versions.can_have(CourtResult())
    assert versions.original_of(version) == story
    assert versions.original_of(story) is None


def test_a_channel_takes_the_version_that_it_speaks_and_stops_the_other(story, version, danish, english):
    now = timezone.now()
    assert versions.against(story, danish) == ""
    assert "English" in versions.against(story, english)
    assert [field for field, _sentence in rendering.problems_on(story, english, now)] == ["language"]
    assert list(rendering.problems_on(version, english, now)) == []
    english.language = ""
    assert versions.against(story, english) == "", "one that speaks any takes both"


def test_where_there_is_no_version_the_language_is_only_to_be_considered(story, english):
    assert versions.against(story, english) == ""
    assert versions.to_consider(story, english) in cards.card(story, english, timezone.now()).consider


def test_a_changed_original_flags_the_version_until_somebody_says_that_it_says_the_same(story, version, cast):
    assert not versions.is_out_of_date(version)
    story.summary = "Husk lygter."
    story.save_revision(user=cast.writer)
    assert versions.is_out_of_date(version)
    assert len(versions.warnings(version)) == 1
    assert len(versions.warnings(Story.objects.get(pk=story.pk))) == 1
    versions.confirm(version, by=cast.writer)
    assert not versions.is_out_of_date(version)
    assert not versions.is_out_of_date(story), "the original is never out of date"


def test_a_version_that_is_out_of_date_waits_for_who_owns_it_until_it_is_confirmed(story, version, cast, client):
    def waiting(user):
        return {group.key: group for group in needs.groups(user)}.get("versions")

    assert waiting(cast.writer) is None
    story.summary = "Husk lygter."
    story.save_revision(user=cast.editor)
    group = waiting(cast.writer)
    assert group.count == 1
    assert group.rows[0].url == reverse("languages", args=[version.pk])
    assert waiting(cast.editor) is None, "it is the writer's"
    client.force_login(cast.writer)
    assert group.rows[0].happened in unescape(client.get(reverse("publishing_desk:needs_you")).content.decode())
    type(cast.writer).objects.filter(pk=cast.writer.pk).update(is_active=False)
    assert waiting(cast.editor).count == 1, "of who has left it is the editors'"
    versions.confirm(version, by=cast.editor)
    assert waiting(cast.editor) is None


def test_words_that_come_back_and_an_original_that_is_gone_leave_no_version_out_of_date(story, version, cast):
    before = story.summary
    for summary, late in (("Husk lygter.", True), (before, False), ("Husk lygter.", True)):
        story.summary = summary
        story.save_revision(user=cast.writer)
        assert versions.is_out_of_date(version) is late
    Story.objects.get(pk=story.pk).delete()
    assert not versions.is_out_of_date(version)


def test_each_is_approved_by_itself_and_the_two_are_one_story_in_the_coverage(story, version, cast):
    people.approve(people.submit(story, by=cast.writer), by=cast.editor)
    found = reading.appearances(timezone.now())
    assert {one.story for one in found} == {f"page:{story.pk}"}
    assert sorted(one.fate for one in found) == sorted([Fate.PLANNED, Fate.PREPARED])
    since = timezone.now() - timedelta(days=1)
    assert {one.key for one in reading.appearances(timezone.now(), since=since)} == {one.key for one in found}


def test_the_newsroom_links_both_and_feeds_tell_them_apart(newsroom, client, rf):
    story = newsroom.publish(title="Lygter")
    version = versions.begin(story, "en", by=newsroom.cast.writer)
    assert "hreflang" not in client.get(story.url).content.decode(), "a draft is linked from nowhere"
    newsroom.change(version, title="Lights", summary="Lights on.")
    people.place(version, newsroom.website, due=timezone.now() + timedelta(hours=1))
    version = newsroom.send(newsroom.approve(Story.objects.get(pk=version.pk)))
    html = client.get(story.url).content.decode()
    assert f'rel="alternate" hreflang="en" href="{version.full_url}"' in html
    assert "Read this in English" in html
    other = client.get(version.url).content.decode()
    assert f'rel="alternate" hreflang="da" href="{story.full_url}"' in other
    request = rf.get("/")
    assert entries.entry(story, request).id == f"urn:uuid:{story.translation_key}"
    assert entries.entry(version, request).id != entries.entry(story, request).id


def test_the_page_of_languages_shows_both_and_does_what_its_buttons_say(story, cast, client):
    client.force_login(cast.writer)
    address = reverse("languages", args=[story.pk])
    assert 'name="begin" value="en"' in client.get(address).content.decode()
    client.post(address, {"page": story.pk, "begin": "en"})
    [version] = versions.siblings(story)
    story.summary = "Husk lygter."
    story.save_revision(user=cast.writer)
    assert 'name="confirm"' in client.get(address).content.decode()
    client.post(address, {"page": version.pk, "confirm": "1"})
    assert 'name="confirm"' not in client.get(address).content.decode()
    other = people.draft(by=cast.writer, title="En anden")
    assert client.post(address, {"page": other.pk, "begin": "en"}).status_code in (302, 403)
    assert versions.siblings(other) == []
    assert client.post(address, {"page": "den anden", "confirm": "1"}).status_code == 404


@pytest.mark.parametrize("who", ["outsider", "management", "prosecutor"])
def test_others_neither_see_nor_make_versions(story, cast, client, who):
    client.force_login(getattr(cast, who))
    address = reverse("languages", args=[story.pk])
    for response in (client.get(address), client.post(address, {"begin": "en"})):
        assert response.status_code in (302, 403, 404)
    assert versions.siblings(story) == []
