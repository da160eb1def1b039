"""Reach per channel: medians of what platforms tell, never added up, and nothing is not 0."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from campaigns.coverage import reach
from campaigns.coverage.facts import Period
from publishing.message import Message
from publishing.models import Channel, Delivery, MetricSnapshot, Receipt, State


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def parts(figure):
    return dict(figure.parts)


def test_what_a_platform_does_not_tell_is_missing_and_not_0():
    silent = reach.of_channel("Bluesky", [], 4)
    assert silent.said() == "data missing"
    assert silent.parts == ()
    told = reach.of_channel("Bluesky", [{"likes": 4, "reposts": 1}], 2)
    assert told.said() == "data missing"
    assert parts(told) == {"Reactions": "5 (median of 1 post)", "Posts with figures": "1 of 2"}


def test_under_five_posts_are_counts_and_from_five_on_a_share():
    post = {"impressions": 200, "likes": 8, "replies": 2, "link_clicks": 3}
    few = parts(reach.of_channel("X", [post] * 4, 4))
    many = reach.of_channel("X", [*[post] * 4, {"impressions": 1000, "likes": 100}], 5)
    assert few["Engagement rate"] == "40 of 800"
    assert parts(many)["Engagement rate"] == "5.0 %"
    assert many.value == 200
    assert parts(many)["Link clicks"] == "3 (median of 4 posts)"


def test_nobody_saw_it_is_no_share_of_anything():
    assert "Engagement rate" not in parts(reach.of_channel("X", [{"impressions": 0, "likes": 0}] * 6, 6))


@pytest.mark.django_db
def test_the_latest_figures_of_each_post_count_and_a_dry_run_does_not(django_assert_num_queries):
    now = timezone.now()
    real = Channel.objects.create(kind="mastodon", name="M", slug="m")
    dry = Channel.objects.create(kind="mastodon", name="Dry", slug="dry", dry_run=True)
    for channel, counts in ((real, (100, 300)), (real, (700,)), (real, ()), (dry, (9,))):
        message = Message(text="Hej")
        delivery = Delivery.objects.create(
            key=uuid.uuid4(), channel=channel, headline="Hej", message_json=message.to_json(), message_sha256="0",
            due_at=now, next_at=now, sent_at=now, state=State.DELIVERED,
        )  # fmt: skip
        receipt = Receipt.objects.create(delivery=delivery, remote_id=str(delivery.key), sent_at=now)
        for hours, count in enumerate(counts):
            at = now - timedelta(hours=5 - hours)
            MetricSnapshot.objects.create(receipt=receipt, at=at, figures={"views": count})
    today = timezone.localdate()
    with django_assert_num_queries(3):
        [figure] = reach.figures(Period(today, today), now)
    assert (figure.label, figure.value, figure.of) == ("M", 500, 2)
    assert parts(figure) == {"Posts with figures": "2 of 3"}
