"""Simple drawings for the sample content: nobody's photograph, no download."""

import io

from django.core.files.images import ImageFile
from PIL import Image as Picture
from PIL import ImageDraw
from wagtail.images import get_image_model

SKIES = {
    "night": ((13, 27, 62), (245, 196, 81)),
    "hall": ((232, 222, 205), (120, 90, 60)),
    "office": ((214, 230, 240), (40, 90, 130)),
    "city": ((190, 215, 235), (90, 100, 120)),
}
SIZE = (1600, 900)


def image(scene: str, title: str) -> object:
    """The drawing of a scene as a Wagtail image, made once."""
    model = get_image_model()
    name = f"Tegning: {title}"[:255]
    found = model.objects.filter(title=name).first()
    if found is not None:
        return found
    picture = _draw(scene)
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=88)
    return model.objects.create(
        title=name,
        file=ImageFile(io.BytesIO(output.getvalue()), name=f"tegning-{scene}.jpg"),
        width=SIZE[0],
        height=SIZE[1],
    )


def _draw(scene: str) -> Picture.Image:
    sky, light = SKIES[scene]
    picture = Picture.new("RGB", SIZE, sky)
    draw = ImageDraw.Draw(picture)
    for step in range(300):  # dusk
        shade = tuple(min(255, int(part + (light[i] - part) * step / 900)) for i, part in enumerate(sky))
        draw.rectangle((0, 300 + step * 2, SIZE[0], 302 + step * 2), fill=shade)
    for number, left in enumerate(range(0, SIZE[0], 160)):  # a row of houses
        top = 380 + (number * 67) % 190
        wall = tuple(max(0, part - 40 - 12 * (number % 4)) for part in sky)
        draw.rectangle((left, top, left + 150, SIZE[1]), fill=wall)
        draw.polygon([(left, top), (left + 75, top - 70), (left + 150, top)], fill=tuple(max(0, p - 30) for p in wall))
        for row in range(3):
            for column in range(3):
                if (number + row * column) % 3:
                    x, y = left + 18 + column * 44, top + 30 + row * 80
                    draw.rectangle((x, y, x + 26, y + 44), fill=light)
    draw.ellipse((1250, 90, 1370, 210), fill=light)
    draw.rectangle((0, 800, SIZE[0], SIZE[1]), fill=tuple(max(0, part - 70) for part in sky))
    return picture
