"""A newsroom with something on air."""

import pytest

from campaigns.models import Campaign
from cms.models import CampaignPage, CourtResult
from tests.newsroom import picture


@pytest.fixture
def square(newsroom):
    """One story with everything that a story can have."""
    newsroom.common = {"focus_area": newsroom.area, "owner_unit": newsroom.unit}
    newsroom.campaign = Campaign.objects.create(title="Internt navn", starts_on="2026-10-01", ends_on="2026-12-31")
    text = [
        ("paragraph", "<p>Kom forbi på torsdag.</p>"),
        ("heading", "Sådan gør vi"),
        ("quote", {"quote": "Dejligt.", "source": "En nabo"}),
        ("advice", {"heading": "Det kan du gøre", "text": "<p>Ring 114.</p>"}),
        ("image", {"image": picture("billede.png"), "caption": "Et billede"}),
    ]
    newsroom.story = newsroom.publish(
        title="Torvet er åbent",
        summary="Alle er velkomne.",
        body=text,
        social_image=picture(),
        social_image_alt="Torvet i sol.",
        campaign=newsroom.campaign,
        **newsroom.common,
    )
    return newsroom


@pytest.fixture
def full(square):
    """One of everything that is public."""
    square.english = square.publish(title="The square is open", summary="Come along.", language="en", **square.common)
    square.campaign_page = square.publish(
        CampaignPage, title="Lys på", campaign=square.campaign, social_image=picture(), **square.common
    )
    square.judgment = square.publish(
        CourtResult, title="To års fængsel", appeal="open", judged_on="2026-11-20", **square.common
    )
    return square
