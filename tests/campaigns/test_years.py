"""From one year to the next: a draft beside the old, initiatives carried over, one strategy in force."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns import mapping, years
from campaigns.models import FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit
from tests import cast as people

pytestmark = pytest.mark.django_db


@pytest.fixture
def carried(initiative):
    return [initiative("1132"), initiative("1191", "specialenheden"), initiative("1186")]


@pytest.fixture
def draft(loaded, carried, cast):
    mapping.decide(carried[0].mappings.all(), FocusMapping.Status.CONFIRMED, by=cast.editor)
    mapping.decide(carried[1].mappings.all(), FocusMapping.Status.REJECTED, by=cast.editor)
    FocusArea.objects.filter(key="trivsel").update(target_per_quarter=3)
    ids = [row.pk for row in carried]
    return years.prepare(loaded, year=2024, title="Strategi 2024", carried=ids, by=cast.editor)


def test_the_structure_is_copied_whole(draft, loaded):
    assert draft.status == Strategy.Status.DRAFT
    for model, path in (
        (Goal, "strategy"),
        (FocusArea, "goal__strategy"),
        (Pillar, "strategy"),
        (Unit, "pillar__strategy"),
    ):
        old, new = (
            model.objects.filter(**{path: row}).values_list("key", "name_da", "order") for row in (loaded, draft)
        )
        assert list(old) == list(new)
    assert FocusArea.objects.get(goal__strategy=draft, key="trivsel").target_per_quarter == 3


def test_each_initiative_knows_its_predecessor_and_stands_in_the_new_structure(draft, carried):
    rows = draft.initiatives.all()
    assert {row.carried_from for row in rows} == set(carried)
    for row in rows:
        assert row.unit.pillar.strategy == draft
        assert row.unit.key == row.carried_from.unit.key
        assert row.goal is None or row.goal.strategy == draft
        assert (row.number, row.title_da, row.suitable) == (
            row.carried_from.number,
            row.carried_from.title_da,
            row.carried_from.suitable,
        )


def test_mappings_are_proposals_again_and_rejected_ones_stay_behind(draft):
    (row,) = FocusMapping.objects.filter(initiative__strategy=draft)
    assert (row.initiative.number, row.status, row.confidence, row.decided_by) == ("1132", "proposed", "high", None)
    assert row.focus_area.goal.strategy == draft


def test_the_old_year_is_as_it_was(draft, loaded):
    assert loaded.initiatives.count() == 81
    assert FocusMapping.objects.filter(initiative__strategy=loaded).count() == 80
    assert Strategy.objects.in_force() == loaded


def test_one_strategy_is_in_force_and_the_one_before_is_past(draft, loaded, cast):
    assert years.put_in_force(draft, by=cast.editor)
    assert not years.put_in_force(draft, by=cast.editor)
    assert list(Strategy.objects.values_list("year", "status")) == [(2024, "current"), (2023, "past")]
    with pytest.raises(IntegrityError), transaction.atomic():
        Strategy.objects.filter(pk=loaded.pk).update(status="current")
    actions = set(ModelLogEntry.objects.values_list("action", flat=True))
    assert {"campaigns.strategy_prepared", "campaigns.strategy_in_force", "campaigns.strategy_past"} <= actions


def test_only_a_draft_is_thrown_away_and_only_when_nothing_is_tagged_with_it(draft, loaded, cast):
    with pytest.raises(ValueError, match="draft"):
        years.discard(loaded, by=cast.editor)
    years.discard(draft, by=cast.editor)
    assert list(Strategy.objects.all()) == [loaded]
    assert Initiative.objects.count() == 81


def test_in_the_admin_a_tagged_draft_stays_and_the_editor_is_told(draft, as_user, cast):
    people.draft(by=cast.writer, focus_area=FocusArea.objects.filter(goal__strategy=draft).first())
    as_user("editor").post(reverse("strategy:delete", args=[draft.pk]))
    draft.refresh_from_db()
    assert draft.initiatives.count() == 3


def test_in_the_admin_what_is_in_force_is_not_deleted(loaded, as_user):
    as_user("editor").post(reverse("strategy:delete", args=[loaded.pk]))
    assert Strategy.objects.filter(pk=loaded.pk).exists()


def test_every_verb_asks_for_permission(loaded, draft, cast):
    for verb in (
        lambda: years.prepare(loaded, year=2025, title="X", carried=[], by=cast.planner),
        lambda: years.put_in_force(draft, by=cast.planner),
        lambda: years.discard(draft, by=cast.planner),
    ):
        with pytest.raises(PermissionDenied):
            verb()


def url(strategy):
    return reverse("strategy:next_year", args=[strategy.pk])


def test_the_page_proposes_the_year_after_with_everything_ticked(loaded, as_user):
    page = as_user("editor").get(url(loaded))
    assert page.context["form"]["year"].value() == 2024
    assert page.context["form"]["title"].value() == "Strategi 2024"
    assert page.content.decode().count(" checked") == 81


def test_the_page_makes_a_draft_with_what_was_ticked(loaded, as_user, initiative):
    ids = [initiative("1132").pk, initiative("1118").pk]
    data = {"year": 2024, "title": "Strategi 2024", "initiatives": ids}
    response = as_user("editor").post(url(loaded), data)
    strategy = Strategy.objects.get(year=2024)
    assert response.url == f"{reverse('initiative:index')}?strategy={strategy.pk}"
    assert {row.number for row in strategy.initiatives.all()} == {"1132", "1118"}


def test_a_year_that_is_taken_is_said_and_what_was_ticked_stays(loaded, as_user, initiative):
    data = {"year": 2023, "title": "Min titel", "initiatives": [initiative("1132").pk]}
    response = as_user("editor").post(url(loaded), data)
    page = response.content.decode()
    assert "2023" in response.context["form"].errors["year"][0]
    assert "Min titel" in page
    assert page.count(" checked") == 1


def test_a_button_puts_a_draft_in_force(draft, as_user, refused):
    address = reverse("strategy:in_force", args=[draft.pk])
    assert refused(as_user("planner").post(address))
    as_user("editor").post(address)
    assert Strategy.objects.in_force() == draft
    assert refused(as_user("planner").get(url(draft)))


def test_with_two_years_the_listings_still_tell_them_apart(draft, as_user, initiative):
    client = as_user("editor")
    response = client.get(reverse("initiative:index"), {"q": "1132"})
    assert [row.strategy.year for row in response.context["object_list"]] == [2024, 2023]
    only = client.get(reverse("initiative:index"), {"strategy": draft.pk})
    assert len(only.context["object_list"]) == 3
    assert client.get(reverse("focusmapping:index"), {"strategy": draft.pk}).status_code == 200
