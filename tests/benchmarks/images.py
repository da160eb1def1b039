"""How much of a picture arrives on each platform: SSIM to the original, beside what a naive pipeline sends.

The pictures are made here, each with its truth in sRGB, so that nothing of ours is measured by itself. What was sent is
brought back to the size of the original: pixels that were given away count as lost.

``uv run --group benchmarks python -m tests.benchmarks.images``
"""

import io
import os

import django
import numpy
from PIL import Image, ImageChops, ImageCms, ImageDraw, ImageFont, ImageOps, ImageStat
from skimage.metrics import structural_similarity

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")
django.setup()

from django.utils.translation import override  # noqa: E402

from cms import cropping, pictures  # noqa: E402
from cms.pictures import Bounds, framing  # noqa: E402
from publishing import adapters  # noqa: E402
from publishing.adapters.base import Limits  # noqa: E402
from tests import profiles  # noqa: E402

SRGB = ImageCms.createProfile("sRGB")
LANCZOS = Image.Resampling.LANCZOS
WORDS = "Politiet søger vidner til et uheld på Nørrebrogade mandag klokken 14.30. Ring 114, hvis du så noget. "


def soft(size, seed):
    """Noise of several sizes, as surfaces in a photograph have; the same in every run."""
    width, height = size
    made = Image.new("L", size, 128)
    for step, strength in ((48, 110), (12, 40), (3, 16)):
        noise = Image.effect_noise((width // step + seed + 1, height // step + 1), strength)
        noise = noise.crop((seed, 0, seed + width // step, height // step))
        made = ImageChops.add(made, noise.resize(size, Image.Resampling.BICUBIC), 1, -128)
    return made


def photograph(size=(4032, 3024)):
    picture = Image.merge("RGB", [soft(size, seed) for seed in range(3)])
    shade = ImageOps.colorize(Image.linear_gradient("L").resize(size), "#29507a", "#f0c890")
    picture = Image.blend(picture, shade, 0.45)
    draw = ImageDraw.Draw(picture)
    for number in range(60):  # edges: houses, signs, people
        left, top = number * 997 % size[0], number * 641 % size[1]
        colour = tuple(number * part % 256 for part in (37, 71, 113))
        draw.rectangle((left, top, left + size[0] // 14, top + size[1] // 9), outline=colour, width=5)
    grain = Image.merge("RGB", [Image.effect_noise(size, 5) for _band in "RGB"])
    return ImageChops.add(picture, grain, 1, -128)


def screenshot(size=(2880, 1800)):
    picture = Image.new("RGB", size, "white")
    draw, font = ImageDraw.Draw(picture), ImageFont.truetype("DejaVuSans.ttf", 26)
    for line in range(size[1] // 36 - 1):
        draw.text((40, 20 + line * 36), WORDS * 2, fill=("black", "#c00000", "#1e50a0")[line % 3], font=font)
    return picture


def logo(size=1600):
    large = Image.new("RGBA", (size * 2, size * 2), (0, 0, 0, 0))  # drawn at twice the size: smooth edges
    draw = ImageDraw.Draw(large)
    draw.ellipse((100, 100, size * 2 - 100, size * 2 - 100), outline="#0b3a6f", width=160)
    draw.polygon([(size, 500), (size * 2 - 700, size * 2 - 700), (700, size * 2 - 700)], fill="#c8a227")
    return large.resize((size, size), LANCZOS)


def on_white(picture):
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    made = Image.new("RGB", picture.size, "white")
    made.paste(picture, mask=picture.getchannel("A"))
    return made


def encoded(picture, form, **options):
    output = io.BytesIO()
    picture.save(output, form, **options)
    return output.getvalue()


def from_a_telephone():
    """Portrait, lying on its side, in Display P3: the truth is what its profile says, upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    seen = ImageChops.multiply(photograph((4032, 3024)), Image.new("RGB", (4032, 3024), (255, 235, 215)))
    data = encoded(seen, "JPEG", quality=95, subsampling=0, exif=exif, icc_profile=profiles.wide())
    profile = ImageCms.ImageCmsProfile(io.BytesIO(profiles.wide()))
    written = Image.open(io.BytesIO(data)).transpose(Image.Transpose.ROTATE_270)
    return data, ImageCms.profileToProfile(written, profile, SRGB, outputMode="RGB", renderingIntent=1)


def originals():
    """Each by name: the file as it comes in, and what is to be seen in it."""
    photo, text, sign, wide = photograph(), screenshot(), logo(), photograph((8000, 2000))
    yield "photograph, 4032 × 3024", encoded(photo, "JPEG", quality=95, subsampling=0), photo
    yield "screenshot of text, 2880 × 1800", encoded(text, "PNG"), text
    yield "logo with transparency, 1600 × 1600", encoded(sign, "PNG"), on_white(sign)
    yield "telephone, portrait, Display P3, 3024 × 4032", *from_a_telephone()
    yield "panorama, 8000 × 2000", encoded(wide, "JPEG", quality=92), wide


def naive(data, box):
    """What many tools do: 1200 pixels, JPEG 85, the profile thrown away and transparency with it."""
    with Image.open(io.BytesIO(data)) as picture:
        made = ImageOps.exif_transpose(picture)
    made = made.crop(box).convert("RGB")
    made.thumbnail((1200, 1200), LANCZOS)
    return encoded(made, "JPEG", quality=85)


def likeness(content, truth):
    """(SSIM of the brightness, mean distance of the colours in steps of 255) to the truth, at its own size."""
    with Image.open(io.BytesIO(content)) as picture:
        seen = on_white(picture).resize(truth.size, LANCZOS)
    gray = [numpy.asarray(picture.convert("L"), dtype=numpy.float32) for picture in (truth, seen)]
    apart = ImageStat.Stat(ImageChops.difference(truth, seen)).mean
    index = structural_similarity(*gray, data_range=255, gaussian_weights=True, sigma=1.5, use_sample_covariance=False)
    return float(index), sum(apart) / 3


def shapes():
    """What each platform takes of an image, by the names of the kinds; equal ones together."""
    found: dict[Bounds, tuple[str, Limits]] = {}
    for kind in adapters.KINDS:
        adapter = adapters.get(kind)
        limits = adapter.limits
        if limits.images and not limits.by_hand and limits.image_types:
            names = found[Bounds.of(limits)][0] + ", " if Bounds.of(limits) in found else ""
            found[Bounds.of(limits)] = names + str(adapter.label), limits
    return found


def report():
    print("| Picture | Platform | Sent | kB | SSIM | naive | ratio | Colours off by | naive |")
    print("|---|---|---|---|---|---|---|---|---|")
    for name, data, truth in originals():
        done = {}
        for bounds, (label, limits) in shapes().items():
            around = None if bounds.ratio is None else cropping.box_for(None, Whole(truth), limits)
            box = framing.frame(truth.size, around, bounds.ratio)
            part = truth.crop(box)
            if box not in done:
                done[box] = likeness(naive(data, box), part)
            made = pictures.carry(data, bounds, around)
            (index, off), (other, other_off) = likeness(made.content, part), done[box]
            sent = f"{made.mime.rpartition('/')[2]} {made.width} × {made.height}"
            print(f"| {name} | {label} | {sent} | {len(made.content) / 1000:.0f} | {index:.3f}", end=" | ")
            print(f"{other:.3f} | {index / other:.2f} | {off:.1f} | {other_off:.1f} |", flush=True)


class Whole:
    """A picture as the library describes it, without a focal point."""

    pk = 0

    def __init__(self, picture):
        self.width, self.height = picture.size

    def get_focal_point(self):
        return None


if __name__ == "__main__":
    with override("en"):
        report()
