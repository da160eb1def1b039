"""The content, all of it Wagtail pages."""

from cms.models.base import CommunicationInitiative
from cms.models.campaign_pages import CampaignPage
from cms.models.court_results import CourtResult
from cms.models.newsroom import CampaignIndex, CourtResultIndex, Newsroom, StoryIndex
from cms.models.posts import Post
from cms.models.stories import Story
from cms.models.variants import Variant

__all__ = [
    "CampaignIndex",
    "CampaignPage",
    "CommunicationInitiative",
    "CourtResult",
    "CourtResultIndex",
    "Newsroom",
    "Post",
    "Story",
    "StoryIndex",
    "Variant",
]
