"""The one address at which somebody without a login gets an image: for a platform, while it is being sent."""

import io
import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from PIL import Image

from publishing import open_media, scheduling, stopping
from publishing.message import Media, Message
from publishing.models import Delivery, State

pytestmark = pytest.mark.django_db
HOUSE = "https://pejlemaerke.example"


@pytest.fixture(autouse=True)
def house(settings, tmp_path):
    settings.BASE_URL = HOUSE
    settings.STORAGES = {
        **settings.STORAGES,
        "outbox": {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}},
    }


@pytest.fixture
def media():
    file = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(file, "PNG")
    return Media.freeze(file.getvalue(), mime="image/png", width=40, height=30, filename="a.png", alt="Blå")


@pytest.fixture
def delivery(channel, media):
    planned = scheduling.schedule(
        key=uuid.uuid4(),
        channel=channel,
        message=Message(text="Hej", media=(media,)),
        due_at=timezone.now(),
        headline="Hej",
        by=None,
    )
    Delivery.objects.update(state=State.SENDING)
    return planned


@pytest.fixture
def path(delivery, media):
    return open_media.address(media, delivery.key).removeprefix(HOUSE)


def test_while_it_is_being_sent_anybody_with_the_address_gets_the_bytes_and_no_engine_lists_them(client, path, media):
    answer = client.get(path)
    assert (answer.status_code, answer.getvalue()) == (200, media.read())
    assert path.endswith(".png")
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Length"] == str(media.size)
    assert "noindex" in answer["X-Robots-Tag"]
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    head = client.head(path)
    assert (head.status_code, head["Content-Length"]) == (200, str(media.size))


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-5", 206, slice(-5, None)),
        ("bytes=5-999999", 206, slice(5, None)),
        ("bytes=9-2", 200, slice(None)),
        ("bytes=0-1,4-5", 200, slice(None)),
        ("lines=1-2", 200, slice(None)),
        ("bytes=999999-", 416, slice(0, 0)),
        (f"bytes=0-{'9' * 5000}", 200, slice(None)),
    ],
)
def test_a_range_is_given_as_it_was_asked_for(client, path, media, asked, status, part):
    answer = client.get(path, headers={"Range": asked})
    assert (answer.status_code, answer.getvalue()) == (status, media.read()[part])
    if status == 206:
        start = part.indices(media.size)[0]
        end = part.indices(media.size)[1] - 1
        assert answer["Content-Range"] == f"bytes {start}-{end}/{media.size}"


@pytest.mark.parametrize("state", sorted(set(State) - {State.SENDING, State.PROCESSING}))
def test_nothing_else_is_open(client, path, state):
    Delivery.objects.update(state=state)
    assert client.get(path).status_code == 404


def test_what_was_made_ready_is_open_until_it_is_out_or_stopped(client, delivery, path):
    Delivery.objects.update(state=State.SCHEDULED, prepared={"container": "1"})
    assert client.get(path).status_code == 200
    delivery.refresh_from_db()
    stopping.hold(delivery, reason="stop", by=None)
    assert client.get(path).status_code == 404


def test_the_address_is_good_for_an_hour_for_this_image_of_this_delivery_and_to_look_only(
    client, delivery, path, media
):
    assert client.post(path).status_code == 404
    assert client.get(path.replace(".png", ".jpg")).status_code == 404
    assert client.get(path.replace("/open-media/", "/open-media/0")).status_code == 404
    assert client.get("/open-media/").status_code == 404
    other = Media.freeze(b"other", mime="image/png", width=1, height=1, filename="b.png", alt="")
    for address in (open_media.address(other, delivery.key), open_media.address(media, uuid.uuid4())):
        assert client.get(address.removeprefix(HOUSE)).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert client.get(path).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("base", "reachable"),
    [
        (HOUSE, True),
        (f"{HOUSE}:8443/", True),
        ("https://8.8.8.8", True),
        ("http://pejlemaerke.example", False),
        ("https://localhost:8000", False),
        ("https://pejlemaerke.local", False),
        ("https://intranet", False),
        ("https://10.0.0.7", False),
        ("https://[::1]", False),
        ("", False),
    ],
)
def test_it_is_known_beforehand_whether_a_platform_can_fetch_from_here(settings, base, reachable):
    settings.BASE_URL = base
    assert (open_media.problem() == "") is reachable
