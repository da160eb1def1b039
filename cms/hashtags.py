"""Hashtags that were used before, on a channel and by a campaign: proposed while somebody writes."""

import re
from collections import Counter
from typing import Any

from django.utils import timezone

from campaigns.models import Placement
from publishing.models import Channel, Delivery

TAG = re.compile(r"(?<![\w&/#])#(\w*[^\W\d_]\w*)")
LOOKED_AT = 200  # deliveries: what was said long ago is no help
MOST = 5


def tags_in(text: str) -> list[str]:
    """The hashtags of a text, as they stand there, each once. Pure."""
    return list(dict.fromkeys(f"#{word}" for word in TAG.findall(text)))


def used_before(page: Any, channel: Channel, text: str) -> list[str]:
    """The most used of what this channel and this content's campaign said lately, and the text does not say yet."""
    said = {tag.lower() for tag in tags_in(text)}
    sent = Delivery.objects.filter(channel=channel, parent=None, due_at__lte=timezone.now()).order_by("-due_at")
    texts = [str(words or "") for words in sent.values_list("message_json__text", flat=True)[:LOOKED_AT]]
    if page.campaign_id:
        ours = Placement.objects.filter(campaign_id=page.campaign_id, delivery__isnull=False).order_by("-due_at")
        texts += [str(words or "") for words in ours.values_list("delivery__message_json__text", flat=True)[:LOOKED_AT]]
    counted: Counter[str] = Counter(tag for words in texts for tag in tags_in(words))
    return [tag for tag, _times in counted.most_common(MOST + len(said)) if tag.lower() not in said][:MOST]
