"""Thin Celery tasks, one call each."""
