"""Tagging content: an initiative is found by number or words, and its unit tells it from its namesake."""

import json

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from campaigns import years
from campaigns.models import Campaign, FocusArea, Unit
from cms.models import Story, StoryIndex
from tests import cast as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def results(as_user, loaded):
    def get(**query):
        return as_user("writer").get(reverse("initiative_chooser:choose_results"), query).context["results"].object_list

    return get


def test_the_chooser_finds_by_number_prefix_and_words(results):
    assert [row.number for row in results(q="1132")] == ["1132"]
    assert [row.number for row in results(q="120")][:3] == ["1200", "1202", "1203"]
    assert [row.number for row in results(q="narkohandel")] == ["1118"]
    assert [row.number for row in results(q="drug dealing tips")] == ["1116"]


def test_namesakes_are_told_apart_by_their_unit_and_a_misprint_by_its_reading(as_user, loaded):
    client = as_user("writer")
    page = client.get(reverse("initiative_chooser:choose_results"), {"q": "1191"}).content.decode()
    assert "Specialenheden" in page
    assert "Administrationen" in page
    page = client.get(reverse("initiative_chooser:choose"), {"q": "10951"}).json()["html"]
    assert "1095)" in page


def test_what_is_chosen_says_number_title_and_unit(as_user, initiative):
    row = initiative("1191", "specialenheden")
    client = as_user("writer")
    chosen = client.get(reverse("initiative_chooser:chosen", args=[row.pk])).json()["result"]
    assert chosen["title"] == f"{row} · Specialenheden"
    several = client.get(reverse("initiative_chooser:chosen_multiple"), {"id": [row.pk, initiative("1132").pk]})
    assert len(json.loads(several.content)["result"]) == 2


def test_what_is_in_force_is_offered_first_and_other_years_on_request(results, loaded, cast, initiative):
    other = years.prepare(loaded, year=2024, title="Strategi 2024", carried=[initiative("1132").pk], by=cast.editor)
    assert {row.strategy_id for row in results(q="1132")} == {loaded.pk}
    assert {row.strategy_id for row in results(q="1132", strategy=other.pk)} == {other.pk}
    assert {row.strategy_id for row in results(q="1132", strategy="")} == {loaded.pk, other.pk}


def test_an_outsider_chooses_nothing(as_user, loaded, refused):
    assert refused(as_user("outsider").get(reverse("initiative_chooser:choose_results")))


def test_the_story_form_chooses_several_initiatives_at_once(as_user, loaded):
    page = as_user("writer").get(reverse("wagtailadmin_pages:add", args=["cms", "story", StoryIndex.objects.get().pk]))
    html = page.content.decode()
    assert reverse("initiative_chooser:choose") in html
    assert "initiative_tags-OPEN_MODAL" in html
    assert reverse("campaign_chooser:choose") in html


def test_what_was_chosen_is_saved_with_the_story(as_user, initiative):
    chosen = [{"initiative": initiative(number).pk, "id": ""} for number in ("1132", "1118")]
    data = nested_form_data(
        {
            "title": "En aften på gaden", "slug": "en-aften", "summary": "Følg med.", "social_image": "",
            "social_image_alt": "", "focus_area": FocusArea.objects.get(key="borgervendt-kommunikation").pk,
            "owner_unit": Unit.objects.get(key="lokalpolitienheden").pk, "campaign": "", "language": "da",
            "review_date": "", "journal_number": "", "purpose": "", "body": streamfield([]),
            "initiative_tags": inline_formset(chosen),
            "variants": inline_formset([]), "mentions": inline_formset([]), "more_images": inline_formset([]),
            "parts": inline_formset([]),
            "placements": inline_formset([]), "comments": inline_formset([]),
        }
    )  # fmt: skip
    url = reverse("wagtailadmin_pages:add", args=["cms", "story", StoryIndex.objects.get().pk])
    response = as_user("writer").post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    story = Story.objects.get().get_latest_revision_as_object()
    assert [tag.initiative.number for tag in story.initiative_tags.all()] == ["1132", "1118"]
    assert story.owner_unit.key == "lokalpolitienheden"


def test_focus_areas_and_units_are_grouped_by_what_is_above_them(as_user, loaded, cast):
    years.prepare(loaded, year=2024, title="Strategi 2024", carried=[], by=cast.editor)
    page = people.draft(by=cast.writer)
    html = as_user("writer").get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    first, other = html.index('label="Tættere på borgerne"'), html.index('label="2024 · Tættere på borgerne"')
    assert first < other
    assert 'label="Anklagemyndighed"' in html


def test_a_campaign_is_found_by_words_and_made_by_who_may(as_user, loaded):
    Campaign.objects.create(title="Lys på", starts_on="2026-10-01", ends_on="2027-02-28")
    url = reverse("campaign_chooser:choose_results")
    assert len(as_user("writer").get(url, {"q": "LYS"}).context["results"].object_list) == 1
    assert len(as_user("writer").get(url, {"q": "mørke"}).context["results"].object_list) == 0
    data = {"title": "Sommer", "starts_on": "2027-06-01", "ends_on": "2027-08-31"}
    as_user("writer").post(reverse("campaign_chooser:create"), data)
    assert not Campaign.objects.filter(title="Sommer").exists()
    as_user("planner").post(reverse("campaign_chooser:create"), data)
    assert Campaign.objects.filter(title="Sommer").exists()
