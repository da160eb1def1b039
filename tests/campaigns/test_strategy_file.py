"""A file is checked entry by entry: each fault says its line and what to mend, and nothing odd in it makes us fall."""

import copy
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.strategy_file import BUNDLED, Invalid, check, lines_of, read

TEXT = BUNDLED.read_text(encoding="utf-8")
DATA = json.loads(TEXT)


def faults(**changes):
    data = copy.deepcopy(DATA)
    data["initiatives"] = data["initiatives"][:2]
    data["anomalies"] = []
    data["initiatives"][1] |= changes
    return list(check(data))


def test_the_bundled_file_has_no_fault():
    assert list(check(DATA, TEXT)) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": "11x4"}, "has the number '11x4'; it must be digits only, as printed."),
        ({"number": ""}, "needs number."),
        ({"likely_number": "1164?"}, "has the likely_number '1164?'; it must be digits only, as printed."),
        ({"unit": "rideskolen"}, "names the unknown unit 'rideskolen'."),
        ({"goal": "vind"}, "names the unknown goal 'vind'."),
        ({"focus_area": "vejr"}, "names the unknown focus area 'vejr'."),
        ({"confidence": "sure"}, "has confidence 'sure'; it must be high, medium or low."),
        ({"suitable": "perhaps"}, "has suitable 'perhaps'; it must be yes, no or undecided."),
        ({"title_da": "x" * 201}, "has a title_da of 201 characters; 200 are possible."),
        ({"titel": "x"}, "has the unknown field 'titel'."),
        ({"carried_from": "1164"}, "has carried_from '1164'; it must be [year, unit, number]."),
        ({"number": "1174"}, "stands twice in beredskabsenheden."),
    ],
)
def test_each_fault_of_an_initiative_is_named(changes, sentence):
    found = faults(**changes)
    assert len(found) == 1
    assert found[0].endswith(sentence)


def test_a_fault_says_its_line(tmp_path):
    broken = TEXT.replace('"unit": "specialenheden",', '"unit": "rytteriet",', 1)
    path = tmp_path / "strategy.json"
    path.write_text(broken, encoding="utf-8")
    with pytest.raises(Invalid) as caught:
        read(path)
    (fault,) = [fault for fault in caught.value.faults if fault.startswith("Line ")][:1]
    line = int(fault.removeprefix("Line ").partition(",")[0])
    assert broken.splitlines()[line - 1].strip() == "{"
    assert "rytteriet" in "".join(broken.splitlines()[line : line + 5])


def test_lines_are_those_of_the_file():
    lines = lines_of(TEXT, "anomalies")
    assert len(lines) == 18
    assert lines_of(TEXT, "nothing") == []


def test_what_is_not_json_is_said_so(tmp_path):
    path = tmp_path / "strategy.json"
    path.write_text("year: 2024")
    with pytest.raises(Invalid, match="cannot be read"):
        read(path)


junk = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.lists(st.integers(), max_size=2))


@settings(max_examples=60, deadline=None)
@given(path=st.lists(st.integers(0, 30), min_size=1, max_size=5), value=junk)
def test_whatever_stands_in_the_file_is_a_fault_or_fine_but_never_a_crash(path, value):
    data = copy.deepcopy(DATA)
    place = data
    for step in path[:-1]:
        keys = list(place) if isinstance(place, dict) else range(len(place))
        below = place[keys[step % len(keys)]] if len(keys) else None
        if not isinstance(below, dict | list) or not below:
            break
        place = below
    keys = list(place) if isinstance(place, dict) else range(len(place))
    place[keys[path[-1] % len(keys)]] = value
    assert all(isinstance(fault, str) for fault in check(data, TEXT))
