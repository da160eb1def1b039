"""The bundled strategy is complete, and loading it never undoes what an editor decided."""

import json

import pytest
from django.core.management import CommandError, call_command

from campaigns import loading
from campaigns.models import Anomaly, FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded():
    return loading.load()


def test_the_2023_strategy_is_complete(loaded):
    assert Initiative.objects.count() == 81
    assert Initiative.objects.values("number").distinct().count() == 80
    assert Pillar.objects.count() == 3
    assert Goal.objects.count() == 2
    assert FocusArea.objects.count() == 6
    assert all(area.motto_da for area in FocusArea.objects.all())
    assert Anomaly.objects.count() == 18
    assert Strategy.objects.get().status == Strategy.Status.CURRENT
    assert not FocusMapping.objects.exclude(status="proposed").exists()


def test_numbers_stand_as_printed_with_the_likely_reading_beside(loaded):
    assert Initiative.objects.get(number="10951").likely_number == "1095"
    assert Initiative.objects.get(number="11051").likely_number == "1105"
    assert Initiative.objects.filter(number="1191").count() == 2
    assert Initiative.objects.filter(goal=None).count() == 3


def test_every_initiative_has_titles_of_our_own_in_both_languages(loaded):
    for initiative in Initiative.objects.all():
        assert 0 < len(initiative.title_da.split()) <= 9, initiative
        assert initiative.title_en


def test_loading_again_changes_nothing_and_keeps_what_an_editor_decided(loaded):
    Initiative.objects.filter(number="1132").update(title_da="Min egen titel", suitable="no")
    FocusMapping.objects.filter(initiative__number="1132").update(status="rejected")
    lines = loading.load()
    assert {line.what for line in lines} == {"unchanged", "kept"}
    assert [line.thing for line in lines if line.what == "kept"] == [
        "initiative 1132 in administrationssoejlen (edited: title_da, suitable)"
    ]
    assert Initiative.objects.get(number="1132").title_da == "Min egen titel"
    assert FocusMapping.objects.filter(initiative__number="1132").count() == 1


def test_next_year_stands_beside_it_with_initiatives_carried_over(loaded, tmp_path):
    data = json.loads(loading.BUNDLED.read_text())
    item = next(item for item in data["initiatives"] if item["number"] == "1118")
    item = {**item, "number": "2118", "carried_from": [2023, item["unit"], "1118"]}
    data |= {"year": 2024, "title": "Strategi 2024", "initiatives": [item], "anomalies": []}
    path = tmp_path / "2024.json"
    path.write_text(json.dumps(data))
    loading.load(path)
    assert Initiative.objects.get(number="2118").carried_from == Initiative.objects.get(number="1118")
    assert Strategy.objects.filter(status=Strategy.Status.CURRENT).get().year == 2023
    assert Unit.objects.filter(key="lokalpolitienheden").count() == 2


def test_a_faulty_file_writes_nothing_and_says_all_that_is_wrong(tmp_path):
    data = json.loads(loading.BUNDLED.read_text())
    data["initiatives"][0]["unit"] = "nowhere"
    data["initiatives"][1]["suitable"] = "perhaps"
    path = tmp_path / "faulty.json"
    path.write_text(json.dumps(data))
    with pytest.raises(CommandError) as caught:
        call_command("load_strategy", str(path))
    assert "nowhere" in str(caught.value)
    assert "perhaps" in str(caught.value)
    assert not Strategy.objects.exists()
