"""The posts with which a channel is tried fit every kind that takes what they carry."""

import pytest

from publishing import adapters, samples
from publishing.adapters.base import Account


@pytest.mark.parametrize("kind", adapters.KINDS)
def test_the_sample_with_an_image_fits_every_kind_that_takes_images(kind, settings, tmp_path):
    outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "outbox": outbox}
    adapter = adapters.get(kind)
    _label, make = samples.SAMPLES["image"]
    if adapter.limits.images:
        problems = adapter.validate(Account(1, "K", kind), make())  # some have other wishes before they are set up
        assert [problem for problem in problems if problem.field in ("alt", "media")] == []
