"""Installs every server that the tests need; again is quick."""

from tests.servers import bluesky, x_openapi

for npm in (bluesky.NPM, x_openapi.NPM):
    npm.install()
