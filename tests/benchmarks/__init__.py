"""Measurements, not tests: ``uv run python -m tests.benchmarks``. Results and how they were taken: RESULTS.md."""
