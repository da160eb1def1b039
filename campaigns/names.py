"""What the calendar names over and over, read once a page: channels, focus areas and campaigns."""

from dataclasses import dataclass

from campaigns.models import Campaign, FocusArea
from publishing.models import Channel


@dataclass(frozen=True)
class Names:
    channels: dict[int, Channel]
    focus_areas: dict[int, FocusArea]
    campaigns: dict[int, Campaign]

    def area(self, pk: int | None) -> str:
        found = self.focus_areas.get(pk or 0)
        return found.name if found else ""

    def campaign(self, pk: int | None) -> str:
        found = self.campaigns.get(pk or 0)
        return found.title if found else ""


def read() -> Names:
    """Three queries, each in the order in which lists of them stand."""
    areas = FocusArea.objects.select_related("goal")
    channels, campaigns = Channel.objects.all(), Campaign.objects.all()
    return Names(
        {channel.pk: channel for channel in channels},
        {area.pk: area for area in areas},
        {campaign.pk: campaign for campaign in campaigns},
    )
