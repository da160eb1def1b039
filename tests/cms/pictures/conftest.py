import pytest
from django.utils.translation import override


@pytest.fixture(autouse=True)
def in_english():
    """Sentences are read as they stand in the code."""
    with override("en"):
        yield
