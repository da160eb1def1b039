"""A subscriber of a hub: says yes to what it asked for, and takes what is signed with its secret.

It checks by the specification's own words (www.w3.org/TR/websub), not with code of ours.
"""

import hashlib
import hmac
import json
import re

from tests.fakes.server import Answer, Fake, Seen

SECRET = "a secret of the newsroom"


class FakeSubscriber(Fake):
    """``taken`` are the documents it was pushed, ``asked`` the questions whether it wants them."""

    wants = True
    secret = SECRET

    def __init__(self):
        super().__init__()
        self.asked: list[dict] = []
        self.taken: list[bytes] = []

    def handle(self, seen: Seen) -> Answer:
        if seen.method == "GET":
            self.asked.append(seen.query)
            return Answer(200, seen.query["hub.challenge"]) if self.wants else Answer(404, "")
        links = dict(re.findall(r'<([^>]+)>; rel="(\w+)"', seen.headers["link"]))
        if set(links.values()) != {"hub", "self"}:
            return Answer(400, "no links")
        signature = hmac.new(self.secret.encode(), seen.body, hashlib.sha256).hexdigest()
        if self.secret and seen.headers.get("x-hub-signature") != f"sha256={signature}":
            return Answer(202, "")  # a wrong signature is acknowledged and ignored
        self.taken.append(seen.body)
        return Answer(204, b"")

    def titles(self):
        """Of everything it was pushed, in the order in which it came."""
        return [[item.get("title") for item in json.loads(body)["items"]][::-1] for body in self.taken]
