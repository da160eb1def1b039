"""The posts with which a channel is tried fit every kind that takes what they carry."""

import pytest

from publishing import adapters, samples
from publishing.adapters.base import Account


@pytest.mark.parametrize("kind", adapters.KINDS)
def test_the_samples_with_an_image_and_with_a_video_fit_every_kind_that_takes_them(kind, settings, tmp_path):
    outbox = {**settings.STORAGES["outbox"], "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "outbox": outbox}
    adapter, account = adapters.get(kind), Account(1, "K", kind)
    for sample, takes in (("image", adapter.limits.images), ("video", adapter.limits.video)):
        _label, make = samples.SAMPLES[sample]
        problems = adapter.validate(account, make()) if takes else []  # some have other wishes before they are set up
        assert [problem for problem in problems if problem.field in ("alt", "media", "video")] == []
