"""What is in the file is what is seen: upright, in its own colours, with nothing of the camera."""

import io

import pytest
from PIL import Image, PngImagePlugin

from cms import image_cleaning, pictures
from cms.pictures import Bounds, CannotCarry
from tests import profiles

EVERYTHING = Bounds()
JPEG_ONLY = Bounds(("image/jpeg",))


def encoded(picture, form="PNG", **options):
    output = io.BytesIO()
    picture.save(output, form, **options)
    return output.getvalue()


def carried(data, bounds=EVERYTHING, box=None):
    made = pictures.carry(data, bounds, box)
    picture = Image.open(io.BytesIO(made.content))
    picture.load()
    assert picture.get_format_mimetype() == made.mime
    assert picture.size == (made.width, made.height)
    return picture


def near(found, wanted, by=2):
    return all(abs(one - other) <= by for one, other in zip(found, wanted, strict=True))


def plain(mode, colour):
    return Image.new(mode, (40, 30), colour)


@pytest.mark.parametrize(
    ("mode", "colour", "profile", "form", "seen"),
    [
        # By the matrices of both spaces: taken without its profile it would be (200, 100, 50), which is duller.
        ("RGB", (200, 100, 50), profiles.wide(), "JPEG", (216, 93, 24)),
        ("RGB", (200, 100, 50), profiles.wide(), "PNG", (216, 93, 24)),
        ("RGB", (255, 0, 0), profiles.wide(), "PNG", (255, 0, 0)),  # what sRGB cannot show is as red as it can be
        ("L", 55, profiles.grey(1.0), "PNG", (128, 128, 128)),
        ("L", 55, None, "PNG", (55, 55, 55)),
        ("L", 55, profiles.wide(), "PNG", (52, 52, 52)),  # a profile of colours on a grey picture: gamma 2.2
        ("CMYK", (255, 0, 0, 0), profiles.ink(), "JPEG", (119, 119, 119)),
        ("CMYK", (0, 255, 255, 0), None, "JPEG", (255, 0, 0)),
        ("RGB", (200, 100, 50), profiles.ink(), "JPEG", (200, 100, 50)),  # a profile that cannot be its own
        ("RGB", (200, 100, 50), b"no profile at all", "PNG", (200, 100, 50)),
        ("I;16", 0x8080, None, "PNG", (128, 128, 128)),
        ("1", 1, None, "PNG", (255, 255, 255)),
    ],
)
def test_colours_are_seen_as_they_were_meant(mode, colour, profile, form, seen):
    options = {"icc_profile": profile} if profile else {}
    options |= {"quality": 100, "subsampling": 0} if form == "JPEG" else {}
    picture = carried(encoded(plain(mode, colour), form, **options))
    assert near(picture.convert("RGB").getpixel((20, 15)), seen)
    assert "icc_profile" not in picture.info  # without one a file is sRGB, and so are its colours now


def camera(space, index=""):
    """What a camera writes about its colours, without a profile."""
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0xA001] = space
    if index:
        exif.get_ifd(0x8769)[0xA005] = {1: index}
    return exif


@pytest.mark.parametrize(
    ("space", "index", "seen"),
    [
        # By the matrices of both spaces: Adobe RGB shown as if it were sRGB is duller.
        (0xFFFF, "R03", (227, 100, 42)),
        (2, "", (227, 100, 42)),
        (0xFFFF, "R98", (200, 100, 50)),
        (0xFFFF, "", (200, 100, 50)),  # it does not say which
        (1, "R03", (200, 100, 50)),
    ],
)
@pytest.mark.parametrize("form", ["JPEG", "WEBP"])
@pytest.mark.parametrize("cleaned", [False, True])
def test_a_space_that_only_the_camera_names_is_kept_to(space, index, seen, form, cleaned):
    options = {"quality": 100, "subsampling": 0} if form == "JPEG" else {"lossless": True}
    data = encoded(plain("RGB", (200, 100, 50)), form, exif=camera(space, index), **options)
    data = image_cleaning.clean(data) if cleaned else data
    assert near(carried(data).convert("RGB").getpixel((20, 15)), seen)


@pytest.mark.filterwarnings("ignore::UserWarning:PIL.TiffImagePlugin")  # it says so of each
def test_a_profile_goes_before_what_the_camera_says_and_a_broken_word_of_it_names_no_space():
    both = encoded(plain("RGB", (200, 100, 50)), exif=camera(0xFFFF, "R03"), icc_profile=profiles.wide())
    assert near(carried(both).getpixel((5, 5)), (216, 93, 24))
    data = encoded(plain("RGB", (200, 100, 50)), "JPEG", exif=camera(0xFFFF, "R03"), quality=100, subsampling=0)
    at = data.index(b"Exif") + 6
    for cut in range(at, at + 40, 3):
        broken = data[:cut] + b"\xff" * 3 + data[cut + 3 :]
        assert carried(image_cleaning.clean(broken)).size == (40, 30)


def test_what_shows_through_keeps_its_colours_too():
    data = encoded(plain("RGBA", (200, 100, 50, 128)), icc_profile=profiles.wide())
    picture = carried(data)
    assert picture.mode == "RGBA"
    assert near(picture.getpixel((5, 5)), (216, 93, 24, 128))


def test_a_palette_with_a_hole_keeps_it():
    picture = plain("P", 0)
    picture.putpalette([255, 0, 0, 0, 0, 255])
    picture.paste(1, (0, 0, 20, 30))
    made = carried(encoded(picture, transparency=1))
    assert (made.getpixel((5, 5))[3], made.getpixel((30, 5))) == (0, (255, 0, 0, 255))


@pytest.mark.parametrize("orientation", range(2, 9))
def test_a_picture_that_lies_on_its_side_is_turned(orientation):
    exif = Image.Exif()
    exif[0x0112] = orientation
    upright = plain("RGB", "blue")
    upright.paste((255, 0, 0), (0, 0, 10, 10))
    turns = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the transpositions that bring each of them about
    lying = upright.transpose(Image.Transpose(turns[orientation]))
    picture = carried(encoded(lying, "JPEG", exif=exif, quality=95, subsampling=0))
    assert picture.size == (40, 30)
    assert near(picture.getpixel((3, 3)), (255, 0, 0), 6) and near(picture.getpixel((35, 25)), (0, 0, 255), 6)
    assert not dict(picture.getexif())


def test_nothing_of_the_camera_leaves():
    exif = Image.Exif()
    exif[0x010F], exif[0x013B] = "Canon", "Fotograf"
    exif.get_ifd(0x8825)[1] = "N"
    info = PngImagePlugin.PngInfo()
    info.add_text("Author", "Fotograf")
    options = {
        "PNG": {"pnginfo": info},
        "JPEG": {"xmp": b"Fotograf", "comment": b"Fotograf"},
        "WEBP": {"xmp": b"Fotograf"},
    }
    for form, more in options.items():
        data = encoded(plain("RGB", "green"), form, exif=exif, icc_profile=profiles.wide(), **more)
        for bounds in (EVERYTHING, JPEG_ONLY, Bounds(("image/webp",))):
            made = carried(data, bounds)
            assert b"Fotograf" in data
            content = pictures.carry(data, bounds).content
            assert not [word for word in (b"Fotograf", b"Canon", b"Exif", b"xmp", b"XMP", b"Test") if word in content]
            assert not set(made.info) - {
                "jfif",
                "jfif_version",
                "jfif_unit",
                "jfif_density",
                "background",
                "loop",
                "duration",
                "timestamp",
            }


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_what_moves_is_refused_and_no_still_is_made_of_it(form):
    frames = [plain("RGB", colour) for colour in ("red", "blue")]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], duration=100)
    assert pictures.moves(data)
    with pytest.raises(CannotCarry, match="moves"):
        pictures.carry(data, EVERYTHING)


def test_a_second_view_behind_a_photograph_does_not_make_it_move():
    data = encoded(plain("RGB", "red"), "MPO", save_all=True, append_images=[plain("RGB", "blue")])
    assert not pictures.moves(data)
    assert near(carried(data, JPEG_ONLY).getpixel((5, 5)), (255, 0, 0), 4)


@pytest.mark.parametrize("data", [b"", b"<svg/>", encoded(plain("RGB", "red"))[:60]])
def test_what_cannot_be_read_is_said(data):
    with pytest.raises(CannotCarry, match="cannot be read"):
        pictures.carry(data, EVERYTHING)
