"""Installs every server that the tests need; again is quick."""

from tests.servers import bluesky

bluesky.install()
