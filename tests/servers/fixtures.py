"""A fixture for each server: started when the first test asks, stopped with the last."""

import os

import pytest

from tests.servers import bluesky


@pytest.fixture(scope="session")
def bluesky_server(tmp_path_factory):
    """The official PDS; ``bluesky_server.account(name)`` makes an account on it."""
    reason = bluesky.missing()
    if reason and os.environ.get("CI"):
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)
    with bluesky.running(tmp_path_factory.mktemp("pds")) as pds:
        yield pds
