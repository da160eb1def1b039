"""Platforms that shoot the worker whose request they hold in their hands.

``shots`` says what to do with a post that comes in: None, or a moment at which the worker dies.

* ``unheard``: as the bytes arrive, and the post is not carried out
* ``heard``: as the bytes arrive, and the post is carried out
* ``answered``: as the answer is on its way
"""

import random
import threading

from tests.fakes.bluesky import FakeBluesky
from tests.fakes.facebook import FakeFacebook
from tests.fakes.linkedin import FakeLinkedIn
from tests.fakes.mail import FakeMail
from tests.fakes.meta_containers import MAGIC, FakeInstagram, FakeThreads
from tests.fakes.server import Answer, Fake
from tests.fakes.x import FakeX

MOMENTS = ("unheard", "heard", "answered")


class Shooting:
    """Comes before a fake among the bases."""

    def __init__(self, *args, **more):
        super().__init__(*args, **more)
        self.shots, self.kill, self.killed = (lambda seen: None), (lambda: None), []

    def posting(self, seen):
        """Whether this request is the one that makes something appear."""
        return seen.method == "POST"

    def respond(self, seen):
        moment = self.shots(seen) if self.posting(seen) else None
        if moment is None:
            return super().respond(seen)
        self.killed.append(moment)
        if moment != "answered":
            self.kill()
        answer, _drop = super().respond(seen) if moment != "unheard" else (Answer(), True)
        if moment == "answered":
            threading.Timer(random.random() / 100, self.kill).start()
            return answer, False
        return answer, True


class Platform(Shooting, Fake):
    """``posts`` is what the public sees: text to numbers."""

    def __init__(self):
        super().__init__()
        self.posts, self.keys, self.carried_out = {}, {}, threading.Event()
        self.answers = {}  # of each post: the number of the one that it answers

    def handle(self, seen):
        if seen.method == "GET":
            return Answer(200, {"ids": self.posts.get(seen.query["text"], [])})
        key = seen.headers.get("idempotency-key")
        if key in self.keys:
            return Answer(200, {"id": self.keys[key]})
        ids = self.posts.setdefault(seen.json["text"], [])
        ids.append(f"{len(self.posts)}-{len(ids)}")
        self.answers[ids[-1]] = seen.json["answers"]
        self.carried_out.set()
        if key:
            self.keys[key] = ids[-1]
        return Answer(201, {"id": ids[-1]})


class Bluesky(Shooting, FakeBluesky):
    def posting(self, seen):
        return seen.path.endswith("putRecord")


class Facebook(Shooting, FakeFacebook):
    def posting(self, seen):
        return seen.path.endswith("/feed") or b"published=true" in seen.body


class Instagram(Shooting, FakeInstagram):
    def __init__(self):
        super().__init__()
        self.fetch = lambda address: MAGIC["image/jpeg"]

    def posting(self, seen):
        return seen.path.endswith("/media_publish")


class Threads(Shooting, FakeThreads):
    def posting(self, seen):
        return seen.path.endswith("/threads_publish")


class LinkedIn(Shooting, FakeLinkedIn):
    def posting(self, seen):
        return (seen.method, seen.path) == ("POST", "/rest/posts")


class X(Shooting, FakeX):
    """Every step of a video may be shot at, not the post alone."""


class Mail(Shooting, FakeMail):
    def posting(self, seen):
        return True
