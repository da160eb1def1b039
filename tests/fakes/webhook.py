"""A receiver of webhooks: takes what is signed with the secret it knows, and nothing that is old.

It checks the signature by the standard's own words (standardwebhooks.com), not with code of ours. ``merges`` decides
whether a repeat is one.
"""

import base64
import hashlib
import hmac
import json
import time

from tests.fakes.server import Answer, Fake, Seen

SECRET = "whsec_" + base64.b64encode(b"thirty-two bytes of shared secret").decode()


class FakeWebhook(Fake):
    def __init__(self, *, merges: bool = False) -> None:
        super().__init__()
        self.merges = merges
        self.secret = SECRET
        self.articles: dict[str, dict] = {}  # by the receiver's own id
        self.pings = 0

    def handle(self, seen: Seen) -> Answer:
        if seen.path != "/hook":
            return Answer(404, "<h1>404</h1>")
        problem = self.objection(seen)
        if problem:
            return Answer(401, {"error": "unsigned", "message": problem})
        body = seen.json
        return {"published": self.publish, "withdrawn": self.withdraw, "ping": self.ping}[body["event"]](body)

    def objection(self, seen):
        told = seen.headers
        if abs(time.time() - int(told.get("webhook-timestamp", 0))) > 300:
            return "too old, or from the future"
        signed = f"{told['webhook-id']}.{told['webhook-timestamp']}.".encode() + seen.body
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        given = [item.removeprefix("v1,") for item in told.get("webhook-signature", "").split()]
        return "" if any(hmac.compare_digest(expected, item) for item in given) else "wrong signature"

    def publish(self, body):
        for item in body["images"]:
            content = base64.b64decode(item["content"]) if "content" in item else None
            if content is not None and hashlib.sha256(content).hexdigest() != item["sha256"]:
                return Answer(422, {"error": "image", "message": "the image is not what it says"})
        for known, article in self.articles.items():
            if self.merges and article["id"] == body["id"]:
                return Answer(200, {"id": known, "url": f"https://avis.example/{known}"})
        made = str(len(self.articles) + 1)
        self.articles[made] = json.loads(json.dumps(body))
        return Answer(201, {"id": made, "url": f"https://avis.example/{made}"})

    def withdraw(self, body):
        self.articles = {made: article for made, article in self.articles.items() if article["id"] != body["id"]}
        return Answer(200, {"withdrawn": True})

    def ping(self, body):
        self.pings += 1
        return Answer(204, b"")
