"""The pictures in a text that was sent: as they were approved, for as long as the content is not taken down."""

import io
import re

import pytest
from PIL import Image as Pixels

from cms.after import removing
from cms.models.removals import Removal
from publishing.models import Channel, Delivery
from tests import cast as people
from tests.cms.newsroom.test_standing_pictures import NAVY, RED, swap
from tests.newsroom import picture


@pytest.fixture
def press(db):
    return Channel.objects.create(kind="dry_run", name="Pressen", slug="pressen", config={"images": 4})


@pytest.fixture
def image(db):
    return picture()


@pytest.fixture
def page(newsroom, press, image):
    """Approved for the press and for the website."""
    image.contextual_alt_text, image.decorative = "Et torv.", False
    page = newsroom.draft(body=[("image", {"image": image, "caption": "Torvet"})])
    for channel in (press, newsroom.website):
        people.place(page, channel)
    return newsroom.approve(page)


def address(press):
    html = Delivery.objects.filter(channel=press).latest("pk").message.html
    assert "<source" not in html and "srcset" not in html and 'alt="Et torv."' in html
    [found] = re.findall(r'src="http://[^/"]+(/media/sendt/[^"]+)"', html)
    return found


def colour(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    with Pixels.open(io.BytesIO(b"".join(answer.streaming_content))) as seen:
        red, _green, blue = seen.convert("RGB").getpixel((10, 10))
    return RED if red > blue else NAVY


def test_who_has_the_text_sees_its_picture_before_the_page_is_there(page, press, client):
    assert colour(client, address(press)) == NAVY


def test_it_stays_whatever_becomes_of_it_in_the_library(newsroom, page, press, image, client):
    page, sent = newsroom.send(page), address(press)
    swap(image)
    assert colour(client, sent) == NAVY
    newsroom.send(newsroom.approve(newsroom.change(page, summary="Med et nyt billede.")))
    assert colour(client, sent) == NAVY, "what was sent shows what was sent"


def test_a_take_down_takes_it_too(newsroom, page, press, client):
    page, sent = newsroom.send(page), address(press)
    removing.remove(page, cause=Removal.Cause.TAKEN_DOWN, reason="Forkert billede", by=newsroom.cast.duty)
    assert client.get(sent).status_code == 404


def test_a_take_down_takes_it_too_where_it_was_never_on_the_website(newsroom, press, image, client):
    image.contextual_alt_text, image.decorative = "Et torv.", False
    page = newsroom.approved(channel=press, body=[("image", {"image": image, "caption": "Torvet"})])
    sent = address(press)
    assert colour(client, sent) == NAVY
    removing.remove(page, cause=Removal.Cause.TAKEN_DOWN, reason="Forkert billede", by=newsroom.cast.duty)
    assert client.get(sent).status_code == 404
    newsroom.approve(newsroom.change(page, body=[], summary="Uden billedet."))
    assert client.get(sent).status_code == 404, "another text was approved"


def test_what_nobody_approved_has_no_address(newsroom, page, press, client):
    name, other = address(press).rpartition("/")[2], newsroom.draft(title="En anden")
    for path in (f"{other.pk}/{name}", f"999999/{name}", f"{page.pk}/{'0' * 64}.jpg", f"{page.pk}/{name}.svg"):
        assert client.get(f"/media/sendt/{path}").status_code == 404
