"""The platform: what the public sees, by text; it can kill the worker whose request it holds in its hands."""

import random
import threading

from tests.fakes.server import Answer, Fake


class Platform(Fake):
    """``shots`` says what to do with a post that comes in: None, or a moment at which the worker is shot.

    * ``unheard``: shot as the bytes arrive, and the post is not carried out
    * ``heard``: shot as the bytes arrive, and the post is carried out
    * ``answered``: shot as the answer is on its way
    """

    def __init__(self, *, shots=lambda seen: None, kill=lambda: None):
        super().__init__()
        self.shots, self.kill = shots, kill
        self.posts = {}  # text -> ids
        self.keys = {}
        self.killed = []
        self._gate = threading.Lock()

    def respond(self, seen):
        moment = self.shots(seen) if seen.method == "POST" else None
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

    def handle(self, seen):
        if seen.method == "GET":
            return Answer(200, {"ids": self.posts.get(seen.query["text"], [])})
        key = seen.headers.get("idempotency-key")
        if key in self.keys:
            return Answer(200, {"id": self.keys[key]})
        ids = self.posts.setdefault(seen.json["text"], [])
        ids.append(f"{len(self.posts)}-{len(ids)}")
        if key:
            self.keys[key] = ids[-1]
        return Answer(201, {"id": ids[-1]})
