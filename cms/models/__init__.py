"""The content, all of it Wagtail pages."""

from cms.models.approvals import Approval
from cms.models.campaign_pages import CampaignPage
from cms.models.corrections import Correction
from cms.models.court_results import CourtResult
from cms.models.digests import DigestTold, DigestWish
from cms.models.exports import Export
from cms.models.incidents import Incident
from cms.models.initiative_tags import CommunicationInitiative
from cms.models.jargon import Jargon
from cms.models.lifetimes import Lifetime
from cms.models.mentions import KnownAccount, KnownHandle, Mention
from cms.models.more_images import MoreImage
from cms.models.newsroom import CampaignIndex, CourtResultIndex, Newsroom, PostIndex, StoryIndex
from cms.models.overrides import Override
from cms.models.parts import Part
from cms.models.policies import Policy
from cms.models.posts import Post
from cms.models.removals import Removal
from cms.models.standing_pictures import StandingPicture, StandingRendition
from cms.models.stories import Story
from cms.models.tasks import FourEyesTask
from cms.models.variants import Variant
from cms.models.versions import Version
from cms.models.videos import Video

# isort: split
from cms.court import models as court  # the internal half, in tables of its own

__all__ = [
    "Approval",
    "CampaignIndex",
    "CampaignPage",
    "CommunicationInitiative",
    "Correction",
    "CourtResult",
    "CourtResultIndex",
    "DigestTold",
    "DigestWish",
    "Export",
    "FourEyesTask",
    "Incident",
    "Jargon",
    "KnownAccount",
    "KnownHandle",
    "Lifetime",
    "Mention",
    "MoreImage",
    "Newsroom",
    "Override",
    "Part",
    "Policy",
    "Post",
    "PostIndex",
    "Removal",
    "StandingPicture",
    "StandingRendition",
    "Story",
    "StoryIndex",
    "Variant",
    "Version",
    "Video",
    "court",
]
