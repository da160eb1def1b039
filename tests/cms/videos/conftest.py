import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _empty_outbox(settings, tmp_path):
    """What is frozen here was frozen by this test."""
    outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path / "outbox"}}
    settings.STORAGES = {**settings.STORAGES, "outbox": outbox}


@pytest.fixture(autouse=True)
def _english(settings):
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield
