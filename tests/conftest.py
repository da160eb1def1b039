"""Fixtures for every test."""

import pytest

from publishing import adapters
from tests.publishing import scripted


@pytest.fixture
def cast(db):
    from tests.cast import Cast

    return Cast()


@pytest.fixture
def scripted_kinds(monkeypatch):
    """A kind of channel whose answers are written in advance."""
    for cls in (scripted.Scripted, scripted.ByHand, scripted.ToList):
        monkeypatch.setitem(adapters.KINDS, cls.kind, f"tests.publishing.scripted.{cls.__name__}")
    monkeypatch.setattr(scripted.Scripted, "script", scripted.Script())
