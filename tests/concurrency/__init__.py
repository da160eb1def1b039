"""Races with real threads and real processes, on either database: what only holds when everybody acts at once."""
