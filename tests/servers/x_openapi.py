"""X as its own OpenAPI document describes it: Prism, from npm, between the adapter and the fake.

::

    def test_something(x_behind_openapi):
        fake = x_behind_openapi       # a FakeX; whoever talks to fake.url talks through Prism
        channel.config["api"] = fake.url

Prism refuses what the document does not know: paths, properties, values. The fixture fails the test if it had to, and
if the fake itself gave a good answer that X would not give. The document is not ours to keep: without it beside the
checkout (``../shared/specs``) the tests are skipped.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import requests

from tests.fakes.server import Answer, Fake, Seen
from tests.fakes.x import FakeX
from tests.servers.npm import Npm
from tests.servers.through import OWN

NPM = Npm("x-openapi", {"@stoplight/prism-cli": "5.14.2", "twitter-text": "3.1.0"})
STARTS_WITHIN = 90.0  # seconds
UNKNOWN = ("/2/oauth2/",)  # not in the document
KEPT = ("content-type", "retry-after", "x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset")
DIES_WITH_US = "data:text/javascript,process.stdin.resume().on('end', () => process.exit(0))"


def document() -> Path:
    shared = os.environ.get("PEJLEMAERKE_SHARED") or Path(__file__).resolve().parents[3] / "shared"
    return Path(shared) / "specs" / "x-openapi-2.167.json"


class Behind(Fake):
    """Behind Prism: hands every request to the fake of the running test."""

    answer: Callable[[Seen], Answer]

    def handle(self, seen: Seen) -> Answer:
        return self.answer(seen)


class XOpenApi(FakeX):
    """The fake, in front of Prism. ``violations`` are what X's document has against what was asked and answered."""

    def __init__(self, prism: str, behind: Behind) -> None:
        super().__init__()
        self.prism, self.behind = prism, behind
        self.violations: list[dict] = []

    def handle(self, seen: Seen) -> Answer:
        if seen.path.startswith(UNKNOWN):
            return super().handle(seen)
        self.behind.answer = super().handle
        headers = {name: value for name, value in seen.headers.items() if name not in OWN}
        answer = requests.request(
            seen.method,
            self.prism + seen.path,
            params=seen.query,
            headers={**headers, "Accept-Encoding": "identity"},
            data=seen.body or None,
            timeout=30,
        )
        found = json.loads(answer.headers.get("sl-violations", "[]"))
        self.violations += [item for item in found if item["location"][0] == "request" or answer.ok]
        kept = {name: answer.headers[name] for name in KEPT if name in answer.headers}
        return Answer(answer.status_code, answer.content, kept)


@contextmanager
def running(log: Path) -> Iterator[Callable[[], XOpenApi]]:
    """Prism; what it yields makes a fake in front of it, for one test at a time."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    prism = NPM.folder / "node_modules" / "@stoplight" / "prism-cli" / "dist" / "index.js"
    with Behind() as behind, log.open("w") as errors:
        command = [shutil.which("node"), "--import", DIES_WITH_US, prism, "proxy", document(), behind.url]
        process = subprocess.Popen(
            [str(part) for part in [*command, "-h", "127.0.0.1", "-p", port]],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        killer = threading.Timer(STARTS_WITHIN, process.kill)
        killer.start()
        try:
            if not any("Prism is listening" in line for line in process.stdout):
                raise RuntimeError(f"Prism did not start:\n{log.read_text()[-2000:]}")
            killer.cancel()
            threading.Thread(target=deque, args=(process.stdout, 0), daemon=True).start()  # a full pipe stops it
            yield lambda: XOpenApi(f"http://127.0.0.1:{port}", behind)
        finally:
            killer.cancel()
            process.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
            process.wait()
