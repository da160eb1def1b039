"""Between an adapter and a real server: passes everything on, and loses answers to order like any fake."""

import requests

from tests.fakes.server import Answer, Fake, Seen

OWN = {"host", "connection", "content-length", "accept-encoding"}  # of one connection, not of the request
KEPT = ("content-type", "retry-after", "ratelimit-remaining", "ratelimit-reset")


class Through(Fake):
    def __init__(self, target: str) -> None:
        super().__init__()
        self.target = target

    def handle(self, seen: Seen) -> Answer:
        headers = {name: value for name, value in seen.headers.items() if name not in OWN}
        answer = requests.request(
            seen.method,
            self.target + seen.path,
            params=seen.query,
            headers={**headers, "Accept-Encoding": "identity"},
            data=seen.body or None,
            timeout=15,
        )
        kept = {name: answer.headers[name] for name in KEPT if name in answer.headers}
        return Answer(answer.status_code, answer.content, kept)
