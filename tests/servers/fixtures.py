"""A fixture for each server: started when the first test asks, stopped with the last."""

import json
import os
import shutil
import subprocess

import pytest

from tests.servers import bluesky, x_openapi
from tests.servers.npm import Npm


def _needs(npm: Npm) -> None:
    reason = npm.missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


@pytest.fixture(scope="session")
def bluesky_server(tmp_path_factory):
    """The official PDS; ``bluesky_server.account(name)`` makes an account on it."""
    _needs(bluesky.NPM)
    with bluesky.running(tmp_path_factory.mktemp("pds")) as pds:
        yield pds


@pytest.fixture(scope="session")
def x_openapi_proxy(tmp_path_factory):
    """Makes fakes of X behind X's own OpenAPI document, one at a time."""
    _needs(x_openapi.NPM)
    if not x_openapi.document().exists():
        pytest.skip("X's OpenAPI document does not lie beside the checkout, in ../shared/specs")
    with x_openapi.running(tmp_path_factory.mktemp("prism") / "prism.log") as make:
        yield make


@pytest.fixture
def x_behind_openapi(x_openapi_proxy):
    """A FakeX that X's own document watches: the test fails if anything was asked or answered that is not in it."""
    with x_openapi_proxy() as fake:
        yield fake
    assert not fake.violations, fake.violations


@pytest.fixture(scope="session")
def twitter_text():
    """X's own published parser: texts to the weight of each."""
    _needs(x_openapi.NPM)
    script = """
        const { parseTweet } = require('twitter-text');
        const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
        console.log(JSON.stringify(texts.map((text) => parseTweet(text).weightedLength)));
    """

    def weigh(texts: list[str]) -> list[int]:
        node = [shutil.which("node"), "-e", script]
        done = subprocess.run(
            node, cwd=x_openapi.NPM.folder, input=json.dumps(texts), capture_output=True, text=True, check=True
        )
        return json.loads(done.stdout)

    return weigh
