"""The one way to begin a draft from the plan: an address that carries what the draft begins with.

Whoever follows it sees what will be made, chooses what it shall be, and begins.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.drafts import Wanted
from campaigns.models import Campaign, CampaignInitiative


def link(wanted: Wanted, *, slot: int | None = None) -> str:
    """Where this draft is begun. ``slot`` is a placement without content, which carries the draft from then on."""
    if slot is not None:
        return reverse("campaigns_plans:draft_slot", args=[slot])
    values = {
        "title": wanted.title,
        "text": wanted.text,
        "focus_area": wanted.focus_area,
        "campaign": wanted.campaign,
        "initiatives": ",".join(map(str, wanted.initiatives)),
        "kind": wanted.kind,
        "hint": wanted.hint,
    }
    return reverse("campaigns_plans:draft") + "?" + urlencode({key: value for key, value in values.items() if value})


def read(query: Mapping[str, str]) -> Wanted:
    """What such an address asks for; what makes no sense is left out."""
    return Wanted(
        title=query.get("title", "")[:150],
        text=query.get("text", "")[:500],
        focus_area=_id(query.get("focus_area", "")),
        campaign=_id(query.get("campaign", "")),
        initiatives=tuple(filter(None, map(_id, query.get("initiatives", "").split(",")))),
        kind=query.get("kind", ""),
        hint=query.get("hint", "")[:1000],
    )


def initiatives_of(campaign: Campaign | None) -> tuple[int, ...]:
    rows: Any = CampaignInitiative.objects.filter(campaign=campaign) if campaign else CampaignInitiative.objects.none()
    return tuple(rows.values_list("initiative_id", flat=True))


def _id(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None
