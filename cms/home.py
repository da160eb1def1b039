"""The front page of the admin for each role: a way to begin, and nothing that only confuses."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from campaigns import drafts
from campaigns.home import TonightPanel
from campaigns.home_coverage import NeglectedPanel
from campaigns.home_suggestions import SuggestionsPanel
from cms.court import reporting
from cms.court.desk import OwnReports
from cms.models import CampaignIndex, CampaignPage, Post, PostIndex, Story, StoryIndex
from publishing.home import WaitingPanel

KINDS: tuple[tuple[type[Page], type[Page]], ...] = (
    (Story, StoryIndex),
    (Post, PostIndex),
    (CampaignPage, CampaignIndex),
)


def greeting(now: datetime) -> str:
    """As one says at this time of day."""
    hour = timezone.localtime(now).hour
    if hour < 5 or hour >= 18:
        return _("Good evening")
    if hour < 9:
        return _("Good morning")
    return _("Good forenoon") if hour < 12 else _("Good afternoon")


def beginnings(user: Any) -> Iterator[dict[str, str]]:
    """Each kind of content that this person may begin, as a label and an address."""
    words = {
        Story: _("Write a story"),
        Post: _("Write a post"),
        CampaignPage: _("Begin a campaign"),
    }
    for kind, section in KINDS:
        parent = section.objects.first()
        if parent is not None and parent.permissions_for_user(user).can_add_subpage():
            add = reverse("wagtailadmin_pages:add", args=[kind._meta.app_label, kind._meta.model_name, parent.pk])
            if kind is CampaignPage and user.has_perm("campaigns.add_campaign"):
                add = reverse("campaign:add")  # its aim and period come before the page about it
            yield {"label": words[kind], "url": add}


def coverage(user: Any) -> str:
    """Where coverage is seen, for whoever may."""
    if not user.has_perm("campaigns.view_coverage"):
        return ""
    try:
        return reverse("campaigns_coverage:index")
    except NoReverseMatch:
        return ""


class StartPanel(Component):  # type: ignore[misc]
    """Buttons to begin with: one is the first, the rest is quiet."""

    name = "start"
    order = 10
    template_name = "cms/home_start.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        begin = list(beginnings(user))
        seen = coverage(user)
        if seen:
            begin.insert(len(begin) if begin else 0, {"label": _("See what is covered"), "url": seen})
        return {"begin": begin}


def panels_for(user: Any) -> list[Component]:
    """What stands on their front page; Wagtail sorts it by ``order``."""
    found: list[Component] = [StartPanel(), WaitingPanel()]
    if reporting.may_report(user) and not user.is_superuser:
        found.append(OwnReports())
    if user.has_perm("campaigns.view_placement"):
        found.append(TonightPanel())
    if user.has_perm("campaigns.view_coverage"):
        # Whoever only reads comes for this; whoever writes has something to do first.
        writes = next(beginnings(user), None) is not None
        found.append(NeglectedPanel(after=TonightPanel.order if writes else StartPanel.order))
    if user.has_perm("campaigns.view_placement") and drafts.may_write(user):
        found.append(SuggestionsPanel())
    return found
