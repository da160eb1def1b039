"""The contract that every adapter of a network must pass.

::

    class TestBluesky(Contract):
        kind = Kind(adapter=Bluesky(), fake=FakeBluesky, ...)

``Kind`` says how this one differs; the tests are the same for all. They talk to a fake over a real socket.
"""

import io
import traceback
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any, ClassVar

import pytest
from PIL import Image

from publishing.adapters.base import Account, Adapter, DeliveryKey, Limits, Prepared
from publishing.errors import ChannelMisconfigured, DeliveryError
from publishing.message import Media, Message, Video
from tests.fakes.server import Answer, Fake, Seen
from tests.publishing.adapters.contract_content import Content
from tests.publishing.adapters.contract_editing import Editing
from tests.publishing.adapters.contract_faults import Faults
from tests.publishing.adapters.contract_replies import Replies
from tests.publishing.adapters.contract_road import Road
from tests.publishing.adapters.contract_video import Videos

Matches = Callable[[Seen], bool]


@dataclass(frozen=True)
class Moving:
    """A video as the public sees it."""

    content: bytes
    description: str
    captions: str = ""  # as the platform was given them


@dataclass(frozen=True)
class Shown:
    """One post as the public sees it."""

    text: str
    images: list[tuple[bytes, str]] = field(default_factory=list)  # bytes and alt text
    link: str = ""  # of a card; empty when the link stands in the text
    language: str = ""
    answers: str = ""  # the id of the post that it stands below
    video: Moving | None = None


@dataclass(frozen=True)
class Kind:
    """What the contract must know of a kind. Everything is asked of the fake of the running test."""

    adapter: Adapter
    fake: Callable[[], Fake]
    config: Callable[[Any], dict[str, Any]]
    secrets: Callable[[Any], dict[str, str]]
    shown: Callable[[Any], list[Shown]]  # oldest first
    revoke: Callable[[Any], None]  # somebody takes our access away
    posting: Matches  # the request that makes the post appear
    uploading: Matches | None = None  # a request that carries an image, if images go before the post
    deleting: Matches | None = None
    deleted: Answer = field(default_factory=Answer)  # what a good delete is answered
    editing: Matches | None = None  # the request that changes a post in place, if it can
    lose_alt: Callable[[Any], None] | None = None  # the platform forgets the alt texts of what it shows
    vanish: Callable[[Any], None] | None = None  # somebody deletes all posts there, where we cannot
    refusals: Mapping[int, Answer] = field(default_factory=dict)  # the platform's own words for a status
    errors: Mapping[int, type[Exception]] = field(default_factory=dict)  # where a status means something of its own
    means: Mapping[int, type[Exception]] = field(default_factory=dict)  # the same, whatever the words
    proof: bool = True  # a good answer holds one; a webhook's says yes by its status alone
    language: bool = True  # whether the platform shows the language
    names_posts: bool = True  # each post gets an id of its own; a mail keeps the one that we give it
    refuses_orphans: bool = True  # an answer to what is gone
    recipient: str = ""  # of a kind that writes to one at a time
    # Of a kind that takes a video:
    uploading_video: Matches | None = None  # a request that carries a piece of it, or all, if it carries any
    pieces: Mapping[str, int] = field(default_factory=dict)  # sizes by dotted name, made small for the tests
    captions: Callable[[str], str] = str  # WebVTT as the platform is given it
    processing: Callable[[Any, int], None] | None = None  # the platform works on videos for so many looks
    spoil: Callable[[Any, str], None] | None = None  # it finds, after a look, that it cannot use one, and says why
    replaces_video: bool = True  # where a post can be changed: its video too, and not its words only
    expire: Callable[[Any], None] | None = None  # it forgets what was made ready and not posted
    extra: Mapping[str, str] = field(default_factory=dict)  # of the message
    may_import: frozenset[str] = frozenset()  # besides what every adapter may


def jpeg(color: str = "navy", size: tuple[int, int] = (64, 48)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "JPEG")
    return file.getvalue()


def picture(alt: str, color: str = "navy") -> Media:
    """A small real image, frozen in the outbox."""
    return Media.freeze(jpeg(color), mime="image/jpeg", width=64, height=48, filename=f"{color}.jpg", alt=alt)


def film(limits: Limits, *, more: bytes = b"", **values: Any) -> Video:
    """A few bytes that begin as MP4 does, frozen in the outbox, with captions where the kind takes them."""
    content = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(range(256)) * 320 + more
    facts = {"mime": "video/mp4", "width": 1280, "height": 720, "milliseconds": 10_000, "filename": "lys.mp4"}
    spoken = {"captions": "WEBVTT\n\n00:00.000 --> 00:02.000\nHusk lys på cyklen.\n"} if limits.captions else {}
    words = {"description": 'En cyklist tænder sin <lygte> & kører "hjem"', "in_picture": not limits.captions, **spoken}
    return Video.freeze(io.BytesIO(content), **{**facts, **words, **values})


@pytest.mark.usefixtures("own_hosts", "outbox")
class Stage:
    """What a test needs to play with one kind. Subclasses set ``kind``."""

    kind: ClassVar[Kind]

    @pytest.fixture
    def own_hosts(self, settings):
        settings.PUBLISHING_ALLOWED_PRIVATE_HOSTS = ["127.0.0.1"]
        settings.BASE_URL = "https://pejlemaerke.example"

    @pytest.fixture
    def outbox(self, settings, tmp_path):
        outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}}
        settings.STORAGES = {**settings.STORAGES, "outbox": outbox}

    @pytest.fixture
    def fake(self):
        with self.kind.fake() as fake:
            yield fake

    @pytest.fixture
    def account(self, fake, own_hosts):
        """A channel as it is when it has been verified and its access is good."""
        adapter, config, secrets = self.kind.adapter, self.kind.config(fake), self.kind.secrets(fake)
        account = Account(1, "Kanalen", adapter.kind, config, secrets)
        if adapter.needs_refresh(account):
            account = replace(account, secrets={**secrets, **(adapter.refresh(account) or {})})
        account = replace(account, config={**config, **adapter.verify(account).learnt})
        fake.seen.clear()
        return account

    @pytest.fixture
    def message(self, outbox):
        """Text with more than ASCII, a hashtag, a link, and as many images (at most two) as it bears."""
        images = (picture("En blå cykel ved en mur 🚲"), picture('Et <rødt> lys & en "lygte"', "maroon"))
        return Message(
            text="Husk lys på cyklen 🚲 når det er mørkt.\n\nSe hvordan her. #trafik",
            link="https://politi.example/lys?a=1&b=2",
            language="da",
            media=images[: self.kind.adapter.limits.images],
            extra=dict(self.kind.extra),
        )

    def texts(self, fake):
        return [shown.text for shown in self.kind.shown(fake)]

    @pytest.fixture
    def key(self):
        return self.new_key()

    def new_key(self):
        return DeliveryKey(uuid.uuid4(), datetime.now(UTC).replace(microsecond=0), self.kind.recipient)

    def send(self, account, message, key=None):
        """To the end, as the engine does: what was made ready is written down, and goes on with the next attempt."""
        key = self.written(key or self.new_key())
        while isinstance(answer := self.kind.adapter.send(account, message, key), Prepared):
            self.made_ready[key.uuid] = answer.details
            key = self.written(key)
        return answer

    def take_away(self, fake, account, receipt):
        """By us, or where we cannot, by somebody there."""
        if self.kind.adapter.limits.withdraw:
            self.kind.adapter.withdraw(account, receipt)
        else:
            self.kind.vanish(fake)

    def written(self, key):
        """The key with what was made ready under it."""
        return replace(key, prepared=self.made_ready.get(key.uuid, {}))

    @pytest.fixture(autouse=True)
    def nothing_is_ready(self):
        self.made_ready = {}

    def failing(self, fake, account, message, key=None):
        """The declared error that a send ends in. Whatever it is, it shows no secret."""
        with pytest.raises((DeliveryError, ChannelMisconfigured)) as caught:
            self.send(account, message, key)
        error = caught.value
        shown = "".join(traceback.format_exception(error)) + repr(error) + str(error.summary) + error.detail
        for secret in account.secrets.values():
            assert secret not in shown
        assert "<" not in str(error.summary) + error.detail
        return error


class Contract(Stage, Content, Editing, Faults, Replies, Road, Videos):
    """Every test of the contract."""
