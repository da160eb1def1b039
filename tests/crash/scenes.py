"""Each platform with a channel on it, and how to count what the public sees of a delivery."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from typing import Any

from publishing import credentials
from publishing.message import Media
from publishing.models import Channel, Delivery
from tests.crash.platform import Bluesky, Facebook, Instagram, LinkedIn, Mail, Platform, Threads
from tests.fakes import facebook, meta
from tests.fakes.bluesky import HANDLE
from tests.fakes.linkedin import CLIENT, ORGANIZATION, TOKEN, shown
from tests.fakes.mail import PASSWORD, USER


@dataclass(frozen=True)
class Scene:
    kind: str
    fake: type
    config: Any
    seen: Any  # fake -> Counter of what names a delivery to the public
    named: Any = lambda delivery: delivery.message.text
    secrets: Any = dict
    surely: bool = True  # what is uncertain can be found out
    to_list: bool = False
    media: tuple[Any, ...] = ()
    video: Any = lambda: None
    words: Any = "Opslag {}".format  # of the post with this number; what is alike, a timeline cannot tell apart

    def channel(self, fake):
        secrets = self.secrets()
        return Channel.objects.create(
            kind=self.kind,
            name=self.kind,
            slug=self.kind.replace("_", "-"),
            config=self.config(fake),
            encrypted_secrets=credentials.seal(secrets) if secrets else b"",
        )

    def deliveries(self, channel):
        """What arrives by itself: posts, or the letters of a list."""
        return Delivery.objects.filter(channel=channel, parent__isnull=not self.to_list)


def posts(fake):
    return Counter({text: len(ids) for text, ids in fake.posts.items()})


def unlike(number):
    """No two of them are nearly the same, as 12 and 21 said twenty times are."""
    return hashlib.sha256(f"{number}".encode()).hexdigest()


def mail_config(fake):
    return {
        "host": "127.0.0.1",
        "port": str(fake.port),
        "security": "none",
        "user": USER,
        "from_address": "presse@politi.example",
        "recipients": "",
    }


SCENES = {
    "keyed": Scene("crash_keyed", Platform, lambda fake: {"url": fake.url}, posts),
    "open": Scene("crash_open", Platform, lambda fake: {"url": fake.url}, posts),
    "closed": Scene("crash_closed", Platform, lambda fake: {"url": fake.url}, posts, surely=False),
    "bluesky": Scene(
        "bluesky",
        Bluesky,
        lambda fake: {"service": fake.url, "handle": f"@{HANDLE}"},
        lambda fake: Counter(record["text"] for record in fake.records.values()),
        secrets=lambda: {"app_password": "abcd-efgh-ijkl-mnop"},
    ),
    "facebook": Scene(
        "facebook",
        Facebook,
        lambda fake: {"app_id": meta.APP, "page_id": facebook.PAGE, "api": fake.url},
        lambda fake: Counter(
            [post["text"] for post in fake.posts.values()] + [film.text for film in fake.videos.values() if film.times]
        ),
        secrets=lambda: {"app_secret": meta.SECRET, "access_token": facebook.TOKEN},
        words=unlike,
    ),
    "instagram": Scene(
        "instagram",
        Instagram,
        lambda fake: {"api": fake.url},
        lambda fake: Counter(post["text"] for post in fake.posts.values()),
        secrets=lambda: {"access_token": Instagram.token},
        media=tuple(Media(f"{n}" * 64, "image/jpeg", 9, 4, 3, "a.jpg", f"Billede {n}") for n in (1, 2)),
        words=unlike,
    ),
    "threads": Scene(
        "threads",
        Threads,
        lambda fake: {"api": fake.url},
        lambda fake: Counter(post["text"] for post in fake.posts.values()),
        secrets=lambda: {"access_token": Threads.token},
        words=unlike,
    ),
    "linkedin": Scene(
        "linkedin",
        LinkedIn,
        lambda fake: {"api": fake.url, "client_id": CLIENT, "organization": ORGANIZATION},
        lambda fake: Counter(shown(post["commentary"]) for post in fake.posts.values()),
        secrets=lambda: {"access_token": TOKEN},
        words=unlike,
    ),
    "mail": Scene(
        "email",
        Mail,
        mail_config,
        lambda fake: Counter(mail.recipient for mail in fake.mails),
        named=lambda delivery: delivery.recipient,
        secrets=lambda: {"password": PASSWORD},
        surely=False,
        to_list=True,
    ),
    "mail with a server that drops repeats": Scene(
        "email",
        lambda: Mail(drops_repeats=True),
        lambda fake: {**mail_config(fake), "repeats": "dropped"},
        lambda fake: Counter(mail.recipient for mail in fake.mails),
        named=lambda delivery: delivery.recipient,
        secrets=lambda: {"password": PASSWORD},
        to_list=True,
    ),
}
