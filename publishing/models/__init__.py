"""The tables of the outbox, one concept per file."""

from publishing.models.attempt import Attempt
from publishing.models.channel import Channel
from publishing.models.consent import Consent
from publishing.models.delivery import Delivery, State
from publishing.models.evidence import EvidenceBlock, EvidenceRecord
from publishing.models.feed import Feed, FeedItem
from publishing.models.feed_key import FeedKey
from publishing.models.feed_subscriber import FeedIntent, FeedSubscriber
from publishing.models.follow import Follow
from publishing.models.heartbeat import Heartbeat
from publishing.models.hold import StopOrder
from publishing.models.leftover import Leftover
from publishing.models.metric import MetricSnapshot
from publishing.models.receipt import Receipt
from publishing.models.release import Release
from publishing.models.turn import Turn

__all__ = [
    "Attempt",
    "Channel",
    "Consent",
    "Delivery",
    "EvidenceBlock",
    "EvidenceRecord",
    "Feed",
    "FeedIntent",
    "FeedItem",
    "FeedKey",
    "FeedSubscriber",
    "Follow",
    "Heartbeat",
    "Leftover",
    "MetricSnapshot",
    "Receipt",
    "Release",
    "State",
    "StopOrder",
    "Turn",
]
