"""The whole product as a newcomer starts it: ``manage.py demo`` with a data folder of its own, and its commands."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[2]
STARTS_WITHIN = 300.0  # seconds, on a slow machine
STAND_IN = """
from publishing import credentials
from publishing.models import Channel
import os
Channel.objects.filter(slug=os.environ["X_SLUG"]).update(
    config={"client_id": "x-client", "api": os.environ["X_API"]},
    encrypted_secrets=credentials.seal({"client_secret": "unused-here", "access_token": os.environ["X_TOKEN"]}),
)
"""


class Product:
    """Running: ``url`` is where people find it."""

    def __init__(self, folder: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "BROKER_URL")}
        self.environment = {
            **kept,
            "DATA_DIR": str(folder),
            "DEBUG": "True",
            "BASE_URL": self.url,
            "PUBLISHING_ALLOWED_PRIVATE_HOSTS": "127.0.0.1",
        }
        self.log = folder / "demo.log"

    def manage(self, *command: str, **environment: str) -> str:
        """What a command says; fails the test when the command fails."""
        done = subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=ROOT,
            env={**self.environment, **environment},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def told(self, *command: str) -> Any:
        return json.loads(self.manage(*command))

    def stand_in_for_x(self, slug: str, api: str, token: str) -> None:
        """No form lets an editor name another X: a test writes the row that a connected channel would have."""
        self.manage("shell", "-v", "0", "-c", STAND_IN, X_SLUG=slug, X_API=api, X_TOKEN=token)


@contextmanager
def running(folder: Path) -> Iterator[Product]:
    product = Product(folder)
    with product.log.open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "demo", "--port", str(product.port)],
            cwd=ROOT,
            env=product.environment,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        until(lambda: process.poll() is None and answers(product.url), STARTS_WITHIN, product.log.read_text)
        yield product
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(30)
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def answers(url: str) -> bool:
    try:
        return requests.get(url, timeout=5).status_code == 200
    except requests.RequestException:
        return False


def until(condition: Callable[[], Any], seconds: float, otherwise: Callable[[], object]) -> Any:
    """Wait for something to become true; says what was there instead when it does not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = condition()
        if found:
            return found
        time.sleep(0.5)
    raise AssertionError(otherwise())
