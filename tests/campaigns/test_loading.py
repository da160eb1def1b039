"""The bundled strategy is complete, and loading it never undoes what an editor decided."""

import json
from collections import Counter

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from campaigns import loading
from campaigns.models import Anomaly, FocusArea, FocusMapping, Goal, Initiative, Pillar, Strategy, Unit

pytestmark = pytest.mark.django_db


def test_the_2023_strategy_is_complete(loaded):
    assert Initiative.objects.count() == 81
    assert Initiative.objects.values("number").distinct().count() == 80
    assert [pillar.name_da for pillar in Pillar.objects.all()] == ["Politi", "Anklagemyndighed", "Administration"]
    assert [goal.name_da for goal in Goal.objects.all()] == ["Tættere på borgerne", "Sund drift"]
    assert Anomaly.objects.count() == 18
    assert Strategy.objects.get().status == Strategy.Status.CURRENT


def test_the_focus_areas_have_their_mottos(loaded):
    assert {area.name_da: area.motto_da for area in FocusArea.objects.all()} == {
        "Borgerinddragelse": "Vi lytter, samarbejder og handler",
        "I øjenhøjde med borgerne": "Vi sætter os i borgernes sted",
        "Borgervendt kommunikation": "Vi synliggør vores arbejde",
        "Sagsbehandling": "Vi optimerer vores sagsbehandling",
        "Bæredygtig opgaveløsning": "Vi balancerer kompetencer, opgaver og ressourcer",
        "Trivsel": "Vi fokuserer på vores rammer og redskaber",
    }
    assert all(area.name_en and area.motto_en for area in FocusArea.objects.all())


def test_every_unit_is_there_and_the_two_pillars_that_own_initiatives_themselves(loaded):
    """Twelve units; the document puts the initiatives of two pillars on the pillar and not on a unit."""
    whole = {"anklagemyndigheden", "administrationssoejlen"}
    assert Unit.objects.exclude(key__in=whole).count() == 12
    counts = Counter(Initiative.objects.values_list("unit__key", flat=True))
    assert counts == {
        "beredskabsenheden": 14,
        "efterforskningsenheden": 3,
        "lokalpolitienheden": 20,
        "specialenheden": 20,
        "anklagemyndigheden": 7,
        "administrationssoejlen": 17,
    }


def test_goals_and_suitability_are_as_the_extraction_has_them(loaded):
    assert Counter(Initiative.objects.values_list("goal__key", flat=True)) == {
        "taettere-paa-borgerne": 32,
        "sund-drift": 46,
        None: 3,
    }
    assert set(Initiative.objects.filter(goal=None).values_list("number", flat=True)) == {"1185", "1186", "1187"}
    assert Counter(Initiative.objects.values_list("suitable", flat=True)) == {"yes": 33, "undecided": 11, "no": 37}


def test_every_mapping_is_a_proposal_with_a_confidence(loaded):
    assert not FocusMapping.objects.exclude(status="proposed").exists()
    assert Counter(FocusMapping.objects.values_list("confidence", flat=True)) == {"high": 48, "medium": 20, "low": 12}
    assert [row.number for row in Initiative.objects.filter(mappings=None)] == ["1186"]


def test_numbers_stand_as_printed_with_the_likely_reading_beside(loaded):
    assert dict(Initiative.objects.exclude(likely_number="").values_list("number", "likely_number")) == {
        "10951": "1095",
        "11051": "1105",
    }
    with translation.override("en"):
        assert str(Initiative.objects.get(number="10951")).startswith("10951 (probably 1095) ")
    units = Initiative.objects.filter(number="1191").values_list("unit__key", flat=True)
    assert set(units) == {"specialenheden", "administrationssoejlen"}


def test_every_initiative_has_short_titles_of_our_own_in_both_languages(loaded):
    """No title is a stretch of the document, whose sentences are not ours."""
    for initiative in Initiative.objects.all():
        for title in (initiative.title_da, initiative.title_en):
            assert 0 < len(title.split()) <= 9, initiative
            assert not title.lower().startswith(("vi ", "we ")), initiative
            assert initiative.number not in title


def test_an_anomaly_says_what_is_printed_and_touches_only_its_own_initiatives(loaded):
    assert all(row.description_en and row.proposal_da and row.proposal_en for row in Anomaly.objects.all())
    assert Anomaly.objects.get(code="A02").printed == "11051 1140, 1158"
    assert [row.unit.key for row in Anomaly.objects.get(code="A10").initiatives.filter(number="1191")] == [
        "specialenheden"
    ]
    assert Anomaly.objects.get(code="A03").initiatives.count() == 2
    assert Anomaly.objects.get(code="A06").initiatives.count() == 30


def test_names_that_an_editor_changed_are_kept_too(loaded):
    FocusArea.objects.filter(key="trivsel").update(name_da="Trivsel og helbred", target_per_quarter=4)
    lines = loading.load()
    assert [str(line) for line in lines if line.what != "unchanged"] == [
        "kept      focusarea trivsel (edited: name_da)"
    ]
    assert FocusArea.objects.get(key="trivsel").target_per_quarter == 4


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


def test_a_predecessor_that_is_not_loaded_is_a_fault(loaded, tmp_path):
    data = json.loads(loading.BUNDLED.read_text())
    item = {**data["initiatives"][0], "number": "2174", "carried_from": [2023, "hr", "1174"]}
    data |= {"year": 2024, "title": "Strategi 2024", "initiatives": [item], "anomalies": []}
    path = tmp_path / "2024.json"
    path.write_text(json.dumps(data))
    with pytest.raises(loading.Invalid, match="Initiative 2174 continues 1174 of hr in 2023, which is not loaded"):
        loading.load(path)
    assert not Strategy.objects.filter(year=2024).exists()


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
