"""The official Bluesky server (PDS), from npm, on loopback.

::

    with bluesky.running(tmp_path) as pds:
        account = pds.account("politi")
        account.handle, account.app_password, pds.url
"""

import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import requests

from tests.servers.npm import Npm

NPM = Npm("bluesky-pds", {"@atproto/pds": "0.4.217", "@did-plc/server": "0.0.1"})  # the last ones for Node 20
STARTS_WITHIN = 60.0  # seconds
OWN_PASSWORD = "the-accounts-own-password"


@dataclass(frozen=True)
class Owner:
    """An account and what its owner knows."""

    handle: str
    did: str
    app_password: str
    token: str  # of a session with the account's own password


@dataclass(frozen=True)
class Pds:
    url: str

    def call(self, verb: str, method: str, *, token: str = "", **content: object) -> requests.Response:
        """One call beside the adapter, as the owner of the account makes it."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        return requests.request(verb, f"{self.url}/xrpc/{method}", headers=headers, timeout=15, **content)

    def account(self, name: str) -> Owner:
        """A new account with an app password."""
        new = {"handle": f"{name}.test", "email": f"{name}@example.com", "password": OWN_PASSWORD}
        made = self.call("POST", "com.atproto.server.createAccount", json=new)
        made.raise_for_status()
        token = made.json()["accessJwt"]
        app = self.call("POST", "com.atproto.server.createAppPassword", json={"name": "pejlemaerke"}, token=token)
        app.raise_for_status()
        return Owner(made.json()["handle"], made.json()["did"], app.json()["password"], token)


@contextmanager
def running(data: Path) -> Iterator[Pds]:
    """A PDS with its data under ``data``; gone at the end, also when this process dies."""
    ports = _free_ports()
    command = [shutil.which("node"), Path(__file__).with_suffix(".mjs"), NPM.folder, data, *ports]
    log = data / "pds.log"
    with log.open("w") as errors:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env={**os.environ, "LOG_ENABLED": "false", "NODE_NO_WARNINGS": "1"},
            text=True,
        )
    killer = threading.Timer(STARTS_WITHIN, process.kill)
    killer.start()
    try:
        for line in process.stdout:
            if line.strip() == "ready":
                break
        else:
            raise RuntimeError(f"the PDS did not start:\n{log.read_text()[-2000:]}")
        killer.cancel()
        threading.Thread(target=_drain, args=(process.stdout,), daemon=True).start()
        yield Pds(f"http://127.0.0.1:{ports[0]}")
    finally:
        killer.cancel()
        process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
        process.wait()


def _drain(stream) -> None:
    """A full pipe would stop the server."""
    for _line in stream:
        pass


def _free_ports() -> list[int]:
    with socket.create_server(("127.0.0.1", 0)) as first, socket.create_server(("127.0.0.1", 0)) as second:
        return [first.getsockname()[1], second.getsockname()[1]]
