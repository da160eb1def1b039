"""As large and as good as the bytes allow; text stays sharp, and what shows through keeps doing so."""

import io

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat

from cms import pictures
from cms.pictures import Bounds, CannotCarry, drawing
from tests.cms.pictures.test_reading import EVERYTHING, JPEG_ONLY, carried, encoded

JPEG, PNG, WEBP = "image/jpeg", "image/png", "image/webp"


def photograph(size=(640, 480)):
    """Noise over soft colours: no two neighbours are alike."""
    small = size[0] // 20, size[1] // 20
    soft = [Image.effect_noise(small, 90).resize(size, Image.Resampling.BICUBIC) for _band in "RGB"]
    grain = Image.merge("RGB", [Image.effect_noise(size, 10) for _band in "RGB"])
    return ImageChops.add(Image.merge("RGB", soft), grain, 1, -128)


def notice(size=(640, 480), ink="red", ground="white"):
    """Text as a screen shows it."""
    picture = Image.new("RGB", size, ground)
    draw = ImageDraw.Draw(picture)
    for line in range(size[1] // 20):
        draw.text((10, 5 + line * 20), "Politiet soger vidner til uheldet paa broen. " * 2, fill=ink)
    return picture


def logo(ink="white"):
    """A ring with a letter, and nothing around it."""
    picture = Image.new("RGBA", (240, 240), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((20, 20, 220, 220), outline=ink, width=12)
    ImageDraw.Draw(picture).text((110, 110), "P", fill=ink)
    return picture


def colours_are_at_full_resolution(content):
    return Image.open(io.BytesIO(content)).layer[1][1:3] == (1, 1) == Image.open(io.BytesIO(content)).layer[0][1:3]


def apart(one, other):
    return sum(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).rms) / 3


def test_drawn_and_photographed_are_told_apart():
    assert drawing.is_drawn(notice()) and drawing.is_drawn(logo())
    assert not drawing.is_drawn(photograph())
    again = Image.open(io.BytesIO(encoded(photograph(), "JPEG", quality=80)))
    assert not drawing.is_drawn(again)
    assert not drawing.is_drawn(Image.new("RGB", (1, 5)))


def test_text_goes_without_loss_while_it_fits():
    text = notice()
    made = carried(encoded(text))
    assert made.format == "PNG" and made.tobytes() == text.tobytes()


@pytest.mark.parametrize("data", [encoded(notice()), encoded(photograph())], ids=["text", "photograph"])
def test_colours_of_a_jpeg_stay_at_full_resolution_while_there_is_room(data):
    assert colours_are_at_full_resolution(pictures.carry(data, JPEG_ONLY).content)


def crowded():
    """Coloured text, made smaller: its letters have many shades."""
    return notice((900, 700), "navy").resize((700, 544), Image.Resampling.LANCZOS)


def test_text_is_written_with_fewer_colours_before_it_is_blurred():
    limit = len(encoded(crowded())) - 1
    made = carried(encoded(crowded()), Bounds(bytes=limit))
    assert made.format == "PNG" and made.mode == "P" and made.size == crowded().size
    assert apart(made, crowded()) < 3


def test_a_drawing_of_soft_shades_is_not_cut_into_steps():
    rings = Image.radial_gradient("L").resize((900, 900), Image.Resampling.BICUBIC)
    shades = Image.merge("RGB", [ImageChops.offset(rings, 300 * band) for band in range(3)])
    assert drawing.is_drawn(shades)
    made = pictures.carry(encoded(shades), Bounds(bytes=len(encoded(shades)) - 1))
    assert made.mime == JPEG and apart(Image.open(io.BytesIO(made.content)), shades) < 3


@pytest.mark.parametrize("limit", [250_000, 120_000, 60_000, 20_000])
def test_a_photograph_is_as_good_as_the_bytes_allow(limit):
    picture = photograph()
    made = pictures.carry(encoded(picture), Bounds(bytes=limit))
    assert made.mime == JPEG
    assert 0.85 * limit < len(made.content) <= limit or made.width == 640  # the room is used
    more = pictures.carry(encoded(picture), Bounds(bytes=2 * limit))
    assert more.width >= made.width


def test_the_quality_gives_way_before_the_size_and_both_before_it_is_refused():
    data = encoded(photograph())
    widths = [pictures.carry(data, Bounds(bytes=limit)).width for limit in (400_000, 90_000, 45_000)]
    assert widths[0] == widths[1] == 640 > widths[2]
    with pytest.raises(CannotCarry, match="small enough"):
        pictures.carry(data, Bounds(bytes=3_000))


def test_the_same_bytes_come_out_every_time():
    for picture in (photograph(), notice(), logo()):
        data = encoded(picture)
        for bounds in (EVERYTHING, JPEG_ONLY, Bounds(bytes=60_000)):
            assert pictures.carry(data, bounds) == pictures.carry(data, bounds)


def test_a_small_picture_stays_small():
    made = pictures.carry(encoded(photograph((200, 100))), Bounds(side=4096))
    assert (made.width, made.height) == (200, 100)


def test_what_shows_through_keeps_doing_so_where_it_can():
    for bounds in (EVERYTHING, Bounds((JPEG, PNG)), Bounds((JPEG, WEBP))):
        made = carried(encoded(logo()), bounds)
        assert made.mode == "RGBA" and made.getpixel((2, 2))[3] == 0
    crowded = Bounds((JPEG, PNG), bytes=len(encoded(logo())) // 2)
    soft = logo()
    soft.putalpha(Image.effect_noise(soft.size, 80))
    with pytest.raises(CannotCarry):
        pictures.carry(encoded(soft), crowded)  # it has no size below: never put on a ground unasked


@pytest.mark.parametrize(("ink", "ground"), [("black", 255), ("navy", 255), ("white", 24), ("#ffe27a", 24)])
def test_on_a_jpeg_the_ground_is_white_unless_the_ink_would_be_lost(ink, ground):
    made = carried(encoded(logo(ink)), JPEG_ONLY)
    assert all(abs(level - ground) <= 2 for level in made.getpixel((2, 2)))
    seen = Image.new("RGB", made.size, (ground,) * 3)
    seen.paste(logo(ink), mask=logo(ink).getchannel("A"))
    assert apart(made, seen) < 6


def test_a_light_letter_on_a_dark_sign_does_not_need_a_dark_ground():
    sign = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(sign).ellipse((10, 10, 190, 190), fill="navy")
    ImageDraw.Draw(sign).rectangle((90, 50, 110, 150), fill="white")
    assert min(carried(encoded(sign), JPEG_ONLY).getpixel((2, 2))) > 250


def test_alpha_that_hides_nothing_is_no_transparency():
    picture = photograph()
    picture.putalpha(255)
    assert pictures.carry(encoded(picture), EVERYTHING).mime == JPEG


def test_a_channel_that_takes_nothing_that_we_can_make_says_so():
    with pytest.raises(CannotCarry, match="type of image"):
        pictures.carry(encoded(notice()), Bounds(()))
