"""Every initiative with its figures, as the coverage lists them."""

from typing import Any

from campaigns import badges
from campaigns.coverage import Coverage
from campaigns.views.coverage_links import link


def of(found: Coverage, asked: dict[str, str]) -> list[dict[str, Any]]:
    """Every initiative with its figures, told about first."""
    rows = sorted(found.topics, key=lambda row: (-row.stories, row.topic.number))
    names = {row.area.id: row.area.name for row in found.areas if row.area}
    return [
        {
            "row": row,
            "url": link("stories", asked, topic=row.topic.id) if row.stories else "",
            "suitable": badges.of_suitable(row.topic.suitable),
            "areas": [
                (names[area], badges.of_mapping(status))
                for status, ids in (("confirmed", row.topic.confirmed), ("proposed", row.topic.proposed))
                for area in ids
                if area in names
            ],
        }
        for row in rows
    ]
