"""Campaigns on their way: slots that are filled, drafted and empty, and a plan from a template around a meeting."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from campaigns import clock, making, slots, standard_plans, templates_of_plans
from campaigns.models import Campaign, CampaignInitiative, CampaignTarget, FocusArea, Initiative, PlanTemplate
from campaigns.proposing import Wished
from campaigns.templates_of_plans import Event
from publishing.models import Channel

CAMPAIGN, MEETING = "Lys på", "Borgermøde på Amager"
TARGETS = {"facebook": 6, "x": 6, "website": 2}
INITIATIVES = ("1132", "1118")
# (days from today, time, channels, working title, what it shall say)
SLOTS = (
    (9, time(16), ("facebook", "x"), "Refleks på børnene", "Tre steder, hvor refleksen ses bedst."),
    (16, time(7, 30), ("x",), "Lygtetjek ved skolerne", "Hvor mange cykler uden lys vi mødte, og hvad det koster."),
    (23, time(16), ("facebook",), "Sådan sidder lygten rigtigt", "Foran hvid, bag rød, og begge kan ses på 300 meter."),
)


def ensure(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> Iterator[str]:
    """Once; what somebody planned since stays."""
    campaign = Campaign.objects.filter(title=CAMPAIGN).first()
    if campaign is not None and not CampaignTarget.objects.filter(campaign=campaign).exists():
        yield f"{_slots(campaign, users['planlaegger'], channels)} slots of {campaign}"
    if not Campaign.objects.filter(title=MEETING).exists():
        yield f"{_meeting(users, channels)} slots of {MEETING}"


def _slots(campaign: Campaign, planner: Any, channels: Mapping[str, Channel]) -> int:
    for slug, posts in TARGETS.items():
        CampaignTarget.objects.create(campaign=campaign, channel=channels[slug], posts=posts)
    for initiative in Initiative.objects.filter(number__in=INITIATIVES, strategy__status="current"):
        CampaignInitiative.objects.create(campaign=campaign, initiative=initiative)
    wishes = [
        Wished(title, channels[slug], datetime.combine(_today() + timedelta(days=days), at), kind="post", hint=hint)
        for days, at, slugs, title, hint in SLOTS
        for slug in slugs
    ]
    made = making.propose(wishes)
    for one in made:
        wish = one.wished
        slot = slots.Slot(wish.title, wish.channel, one.due_at, campaign.pk, wish.kind, wish.hint)
        slots.make(slot, by=planner)
    return len(made)


def _meeting(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> int:
    """Three weeks ahead, by the standard template; the invitation is being written."""
    standard_plans.begin()
    template = PlanTemplate.objects.filter(name="Borgermøde").first()
    if template is None:  # somebody deleted it
        return 0
    event = Event(MEETING, datetime.combine(_today() + timedelta(days=21), time(19)), "Kulturhuset på Amager")
    steps, of_step = templates_of_plans.read(template)
    proposed = making.propose(
        templates_of_plans.wishes_of(steps, event, [channels["website"], channels["facebook"]], of_step)
    )
    campaign = templates_of_plans.new_campaign(event, proposed, owner=users["planlaegger"])
    campaign.focus_area = FocusArea.objects.filter(key="borgerinddragelse").first()
    campaign.objective = "At beboerne på Amager møder deres lokalbetjente og får svar."
    made = templates_of_plans.use(template, event, proposed, campaign=campaign, by=users["planlaegger"])
    first = [row for row in made if row.note == made[0].note]
    slots.draft(first, slots.wanted_of(first[0]), by=users["skribent"])
    return len(made)


def _today() -> date:
    return clock.to_wall(timezone.now()).date()
