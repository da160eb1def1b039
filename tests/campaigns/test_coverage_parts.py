"""What is kept of each selection is what counting that selection by itself gives."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.coverage import Selection, books, keep, parts, told
from tests.campaigns.test_coverage import AREAS, TOPICS, histories, moments

UNITS, CHANNELS, KINDS = (None, 7, 8), (1, 2, 3), ("", "post", "story")
SELECTIONS = [
    Selection(channel, unit, kind, frozenset(name for name, bare in (("unit", no_unit), ("kind", no_kind)) if bare))
    for channel, unit, kind, no_unit, no_kind in product((None, *CHANNELS), UNITS, KINDS, (False, True), (False, True))
    if not (unit and no_unit) and not (kind and no_kind)
]
IDS = [area.id for area in AREAS]


@settings(max_examples=60, deadline=None)
@given(
    appearances=histories,
    now=moments,
    month=st.sampled_from([(2026, 10), (2026, 7)]),
    by=st.randoms(use_true_random=False),
)
def test_over_random_histories_each_part_is_counted_as_if_it_were_asked_for_alone(appearances, now, month, by):
    rows = [replace(one, unit=by.choice(UNITS), kind=by.choice(KINDS)) for one in appearances]
    stories = told(rows, IDS, TOPICS)
    kept, last = parts.keep_parts(stories, now), parts.last_of_parts(stories, month, now)
    for selection in SELECTIONS:
        alone, part = told(selection.of(rows), IDS, TOPICS), parts.of_selection(selection)
        if part == parts.ALL:
            assert part not in kept
            continue
        assert kept.get(part, books.Kept()) == keep(alone, now)
        assert last.get(part, books.Ends()).last == books.last_in(alone, month, now)


def test_every_part_has_a_name_of_its_own():
    names = {parts.named(parts.of_selection(one)) for one in SELECTIONS}
    assert len(names) == len(SELECTIONS)
    assert parts.named(parts.of_selection(Selection(unit=7, kind="post"))) == "unit:7 kind:post"
    assert parts.named(parts.of_selection(Selection(without=frozenset({"unit"})))) == "unit:"
    assert max(map(len, names)) < 100 and parts.named(parts.ALL) == ""
