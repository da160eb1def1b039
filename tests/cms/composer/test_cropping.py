"""Which part of a picture a channel shows."""

from types import SimpleNamespace

import pytest
from wagtail.images.rect import Rect

from cms import cropping
from cms.cropping import Box
from publishing.adapters.base import Limits

TALL_TO_WIDE = Limits(images=1, image_ratio=(0.8, 1.91))


def image(width, height, focus=None):
    return SimpleNamespace(pk=7, width=width, height=height, get_focal_point=lambda: focus)


def version(*box):
    return SimpleNamespace(crops={"7": list(box)} if box else {})


def test_a_picture_that_is_taken_as_it_is_goes_whole():
    assert cropping.box_for(None, image(1000, 1000), TALL_TO_WIDE) is None
    assert cropping.box_for(version(), image(1000, 1250), TALL_TO_WIDE) is None
    assert cropping.box_for(None, image(4000, 100), Limits(images=1)) is None, "no ratio is asked for"


def test_one_that_is_too_wide_is_cut_round_its_focal_point():
    focus = Rect.from_point(3500, 500, 10, 10)
    box = cropping.box_for(None, image(4000, 1000, focus), TALL_TO_WIDE)
    assert box.ratio(4000, 1000) == pytest.approx(1.91)
    assert box.x <= 3500 / 4000 <= box.x + box.width
    assert box.x + box.width == pytest.approx(1), "as near to the middle of it as the picture allows"


def test_what_the_writer_chose_is_shown_and_never_beyond_what_the_channel_takes():
    assert cropping.box_for(version(0.1, 0.1, 0.5, 0.5), image(1000, 1000), TALL_TO_WIDE) == Box(0.1, 0.1, 0.5, 0.5)
    narrowed = cropping.box_for(version(0, 0, 0.2, 1), image(1000, 1000), TALL_TO_WIDE)
    assert narrowed.ratio(1000, 1000) == pytest.approx(0.8, rel=0.02)
    assert narrowed.y > 0, "from its middle"


def test_a_box_of_another_image_is_not_used():
    other = SimpleNamespace(crops={"8": [0, 0, 0.5, 0.5]})
    assert cropping.box_for(other, image(1000, 1000), TALL_TO_WIDE) is None


def test_pixels_lie_within_the_picture_and_are_never_none():
    assert Box(0.25, 0, 0.5, 1).pixels(200, 100) == (50, 0, 150, 100)
    for side in (1, 2, 7):
        left, upper, right, lower = Box(0.95, 0.95, 0.05, 0.05).pixels(side, side)
        assert 0 <= left < right <= side
        assert 0 <= upper < lower <= side


@pytest.mark.parametrize(
    "crops",
    ["x", {"a": [0, 0, 1, 1]}, {"1": [0, 0, 1]}, {"1": [0, 0, 0, 1]}, {"1": [0.5, 0, 0.6, 1]}, {"1": [True, 0, 1, 1]}],
)
def test_what_is_no_part_of_a_picture_is_refused(crops):
    with pytest.raises(cropping.NoBox):
        cropping.checked(crops)


def test_only_shapes_that_the_channel_takes_are_offered():
    assert (9, 16) not in cropping.shapes_for(TALL_TO_WIDE)
    assert (4, 5) in cropping.shapes_for(TALL_TO_WIDE)
