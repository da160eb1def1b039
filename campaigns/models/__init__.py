"""Strategy, campaigns and placements, one concept per file."""

from campaigns.models.advice import Advice
from campaigns.models.api_token import ApiToken
from campaigns.models.calendar_event import CalendarEvent
from campaigns.models.calendar_feed import CalendarFeed
from campaigns.models.campaign import Campaign
from campaigns.models.campaign_aims import CampaignInitiative, CampaignTarget
from campaigns.models.closed_period import ClosedPeriod
from campaigns.models.coverage import (
    CoverageCorrection,
    CoverageFigures,
    CoveragePart,
    CoverageRunning,
    CoverageSnapshot,
    CoverageStory,
)
from campaigns.models.coverage_digest import CoverageSubscription
from campaigns.models.initiatives import Anomaly, FocusMapping, Initiative
from campaigns.models.manual_figure import ManualFigure
from campaigns.models.placement import Placement, PlacementTag
from campaigns.models.plan_import import ImportedRow, PlanImport
from campaigns.models.plan_template import PlanStep, PlanTemplate
from campaigns.models.press_clipping import PressClipping
from campaigns.models.release_plan import ReleasePlan
from campaigns.models.saved_view import SavedView
from campaigns.models.series import Occurrence, Series
from campaigns.models.slot_brief import SlotBrief
from campaigns.models.strategy import FocusArea, Goal, Pillar, Strategy, Unit
from campaigns.models.suggestion_answer import SuggestionAnswer
from campaigns.models.target import Target
from campaigns.models.tone_read import ToneRead
from campaigns.models.tonight import TonightRead

__all__ = [
    "Advice",
    "Anomaly",
    "ApiToken",
    "CalendarEvent",
    "CalendarFeed",
    "Campaign",
    "CampaignInitiative",
    "CampaignTarget",
    "ClosedPeriod",
    "CoverageCorrection",
    "CoverageFigures",
    "CoveragePart",
    "CoverageRunning",
    "CoverageSnapshot",
    "CoverageStory",
    "CoverageSubscription",
    "FocusArea",
    "FocusMapping",
    "Goal",
    "ImportedRow",
    "Initiative",
    "ManualFigure",
    "Occurrence",
    "Pillar",
    "Placement",
    "PlacementTag",
    "PlanImport",
    "PlanStep",
    "PlanTemplate",
    "PressClipping",
    "ReleasePlan",
    "SavedView",
    "Series",
    "SlotBrief",
    "Strategy",
    "SuggestionAnswer",
    "Target",
    "ToneRead",
    "TonightRead",
    "Unit",
]
