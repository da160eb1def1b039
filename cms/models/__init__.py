"""The content, all of it Wagtail pages."""

from cms.models.approvals import Approval
from cms.models.base import CommunicationInitiative
from cms.models.campaign_pages import CampaignPage
from cms.models.court_results import CourtResult
from cms.models.newsroom import CampaignIndex, CourtResultIndex, Newsroom, PostIndex, StoryIndex
from cms.models.overrides import Override
from cms.models.posts import Post
from cms.models.stories import Story
from cms.models.tasks import FourEyesTask
from cms.models.variants import Variant

# isort: split
from cms.court import models as court  # the internal half, in tables of its own

__all__ = [
    "Approval",
    "CampaignIndex",
    "CampaignPage",
    "CommunicationInitiative",
    "CourtResult",
    "CourtResultIndex",
    "FourEyesTask",
    "Newsroom",
    "Override",
    "Post",
    "PostIndex",
    "Story",
    "StoryIndex",
    "Variant",
    "court",
]
