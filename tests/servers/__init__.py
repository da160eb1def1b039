"""Real servers of other people, started on loopback for tests with the marker ``servers``.

``uv run python -m tests.servers`` installs them, outside the repository. A test asks for the fixture of a server;
where it is not installed the test is skipped with the reason, and in CI it fails.
"""
