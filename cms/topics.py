"""What content is about, for whoever asks whether a time is closed for it: as it is written, live or not."""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from campaigns.models import FocusArea, Initiative, Unit
from campaigns.topics import Topic
from cms.texts import plain
from publishing.models import Delivery


@dataclass(frozen=True)
class Keys:
    """What ids are called in every year: read once for however many topics."""

    areas: Mapping[int, str]
    units: Mapping[int, str]
    initiatives: Mapping[int, str]


def keys() -> Keys:
    """Three queries."""
    return Keys(
        dict(FocusArea.objects.values_list("pk", "key")),
        dict(Unit.objects.values_list("pk", "key")),
        dict(Initiative.objects.values_list("pk", "number")),
    )


def of_pages(page_ids: Collection[int]) -> dict[int, Topic]:
    """Page id to what its latest revision is about. Four queries, however many pages."""
    rows = Page.objects.filter(pk__in=page_ids, latest_revision__isnull=False)
    found = list(rows.values_list("pk", "content_type__model", "latest_revision__content"))
    known = keys() if found else Keys({}, {}, {})
    return {pk: _topic(kind, content, known) for pk, kind, content in found}


def of_page(page: Any) -> Topic:
    """Of content as it stands in a form or in a revision."""
    return _topic(page._meta.model_name, page.serializable_data(), keys())


def of_delivery(delivery: Delivery) -> Topic:
    """Of what was approved and is about to go: its revision, and the very words for its channel."""
    message = delivery.message
    said = f"{message.title}\n{message.text}"
    if delivery.revision is None:
        return Topic(text=said, operational=delivery.operational)
    kind = delivery.revision.content_type.model
    topic = _topic(kind, delivery.revision.content, keys())
    return Topic(
        topic.kind, topic.focus_area, topic.initiatives, topic.unit, f"{topic.text}\n{said}", delivery.operational
    )


def _topic(kind: str, content: Mapping[str, Any], known: Keys) -> Topic:
    tags = (tag.get("initiative") for tag in content.get("initiative_tags") or ())
    return Topic(
        kind=kind,
        focus_area=known.areas.get(content.get("focus_area") or 0, ""),
        initiatives=frozenset(known.initiatives[pk] for pk in tags if pk in known.initiatives),
        unit=known.units.get(content.get("owner_unit") or 0, ""),
        text="\n".join(part for part in _said(content) if part),
        operational=bool(content.get("operational")),
    )


def _said(content: Mapping[str, Any]) -> Iterator[str]:
    """Title, summary, body, alternative texts and the texts for single channels."""
    yield from (content.get(name) or "" for name in ("title", "summary", "social_image_alt"))
    for row in content.get("more_images") or ():
        yield row.get("alt") or ""
    for variant in content.get("variants") or ():
        yield from (variant.get("text") or "", variant.get("image_alt") or "")
    for part in content.get("parts") or ():
        yield from (part.get("text") or "", part.get("picture_alt") or "")
    body = content.get("body")
    yield from _strings(json.loads(body) if isinstance(body, str) and body else body or ())


def _strings(value: Any) -> Iterator[str]:
    """Every text of a body, whatever its blocks are built of."""
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, dict):
        yield from _strings(value["value"] if "value" in value and "type" in value else list(value.values()))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
