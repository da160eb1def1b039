"""Platforms on local sockets. Each refuses what the real one refuses, and can be told to misbehave."""
