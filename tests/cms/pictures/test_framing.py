"""As large as the platform shows it, never larger than it was, and always of a shape that it takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cms.cropping import Box
from cms.pictures import framing

SIZES = st.tuples(st.integers(1, 9000), st.integers(1, 9000))
RATIOS = st.sampled_from([None, (0.8, 1.91), (1.0, 1.0), (0.01, 10.0), (0.75, 1.78)])


@settings(max_examples=60)
@given(SIZES, st.integers(320, 4096), st.none() | st.integers(10_000, 10_000_000))
def test_it_is_never_enlarged_and_fits(size, side, area):
    width, height = framing.scaled(size, side, area)
    assert 1 <= width <= size[0] and 1 <= height <= size[1]
    assert max(width, height) <= side
    assert area is None or width * height <= area or 1 in (width, height)


@settings(max_examples=60)
@given(SIZES, RATIOS, st.integers(320, 4096))
def test_it_has_a_shape_that_is_taken(size, ratio, side):
    left, upper, right, lower = framing.frame(size, None, ratio)
    assert 0 <= left < right <= size[0] and 0 <= upper < lower <= size[1]
    width, height = framing.scaled((right - left, lower - upper), side, None, ratio)
    if ratio and min(width, height) > 4:  # a shape of a few pixels is what it is
        assert ratio[0] <= width / height + 1e-9 and width / height <= ratio[1] + 1e-9


@pytest.mark.parametrize(
    ("size", "side", "area", "made"),
    [
        ((4032, 3024), 2000, None, (2000, 1500)),
        ((4032, 3024), 4096, 8_294_400, (3325, 2494)),
        ((8000, 2000), 4096, 8_294_400, (4096, 1024)),
        ((640, 480), 4096, 8_294_400, (640, 480)),
        ((9000, 2), 320, None, (320, 1)),
    ],
)
def test_the_largest_that_is_shown(size, side, area, made):
    assert framing.scaled(size, side, area) == made


def test_the_part_that_was_chosen_goes():
    assert framing.frame((1000, 500), Box(0.5, 0.2, 0.25, 0.4), None) == (500, 100, 750, 300)
    # A box may be a hair too wide for what the platform takes; the file is not.
    assert framing.frame((1000, 500), Box(0.1, 0.1, 0.8, 0.8), (0.8, 1.91)) == (118, 50, 882, 450)
