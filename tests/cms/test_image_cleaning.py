"""C-08: where, when and by whom a picture was taken does not stay in it, and the picture itself is not touched."""

import io
import struct
import zlib

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image, ImageCms, PngImagePlugin
from wagtail.images import get_image_model

from cms.image_cleaning import clean
from publishing.models import EvidenceRecord

SECRETS = [b"Hemmelig gade", b"55.6761", b"Fotograf", b"xpacket", b"Canon"]
XMP = b'<?xpacket begin="" id="x"?><x:xmpmeta>Hemmelig gade 55.6761</x:xmpmeta><?xpacket end="w"?>'
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def colours():
    picture = Image.new("RGB", (64, 48))
    picture.putdata([(x * 4 % 256, y * 5 % 256, (x * y) % 256) for y in range(48) for x in range(64)])
    return picture


def camera(orientation=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B], exif[0x010E] = orientation, "Canon", "Fotograf", "Hemmelig gade"
    exif.get_ifd(0x8825)[1] = "N"
    return exif


def written(form, orientation=1):
    output, options = io.BytesIO(), {"exif": camera(orientation), "icc_profile": PROFILE}
    if form == "PNG":
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_text("Author", "Fotograf")
        options["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode())
    else:
        options["xmp"] = XMP
    if form == "JPEG":
        options |= {"comment": b"Hemmelig gade", "progressive": True}
    colours().save(output, form, **options)
    return output.getvalue() + (b"Fotograf: hung on behind" if form == "JPEG" else b"")


def seen(data):
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_of_the_camera_stays_and_every_point_of_the_picture_does(form):
    before = written(form)
    assert any(secret in before or secret in zlib.compress(before) for secret in SECRETS)
    after = clean(before)
    assert not [secret for secret in SECRETS if secret in after]
    picture = seen(after)
    assert picture.format == form
    assert not dict(picture.getexif()) and "xmp" not in picture.info and "comment" not in picture.info
    assert picture.info["icc_profile"] == PROFILE
    assert picture.tobytes() == seen(before).tobytes()
    assert clean(after) == after


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_that_lies_on_its_side_is_turned_and_loses_the_rest(form):
    after = clean(written(form, orientation=6))
    picture = seen(after)
    assert picture.size == (48, 64)
    assert not [secret for secret in SECRETS if secret in after] and not dict(picture.getexif())


def test_a_file_put_together_otherwise_is_written_anew():
    strange = written("PNG")
    cut = strange.index(b"IEND") - 4
    strange = strange[:cut] + struct.pack(">I4s", 10**6, b"prVt") + b"Fotograf" + strange[cut:]
    try:
        after = clean(strange)
    except OSError:
        return  # no picture at all, which Wagtail has refused before
    assert b"Fotograf" not in after


@pytest.mark.django_db
def test_what_is_uploaded_in_the_admin_is_kept_clean(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(cast.writer)
    upload = ImageFile(io.BytesIO(written("JPEG")), name="gade.jpg")
    answer = client.post(reverse("wagtailimages:add_multiple"), {"title": "Gade", "files[]": upload, "collection": 1})
    assert answer.status_code == 200
    image = get_image_model().objects.get()
    kept = image.file.open("rb").read()
    assert not [secret for secret in SECRETS if secret in kept]
    assert (image.file_size, image.get_file_hash()) == (len(kept), image.file_hash)
    assert EvidenceRecord.objects.filter(kind="image.cleaned").count() == 1


@pytest.mark.django_db
def test_a_picture_that_is_clean_comes_in_as_it_is(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    data = clean(written("PNG"))
    image = get_image_model().objects.create(title="Ren", file=ImageFile(io.BytesIO(data), name="ren.png"))
    assert image.file.open("rb").read() == data
    assert not EvidenceRecord.objects.exists()
