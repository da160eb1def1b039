"""Live previews: every channel at once, the page on the website, and each channel alone."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from campaigns import ordering, words
from cms.permissions import Mixin
from publishing.models import Channel

ALL, WEBSITE, ONE = "channels", "website", "channel-"


class ChannelPreviews(Mixin):
    """For page models: Wagtail posts the form as it stands and shows what comes back. Nothing is kept or sent."""

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        website = [(WEBSITE, _("The page on the website"))] if self.has_address else []
        alone = [(f"{ONE}{channel.pk}", channel.name) for channel in Channel.objects.usable() if not _is_page(channel)]
        return [(ALL, _("All channels")), *website, *alone]

    @property
    def preview_sizes(self) -> list[dict[str, Any]]:
        """One channel below the other, or side by side."""
        return [
            {"name": "one", "icon": "mobile-alt", "device_width": 400, "label": _("One below the other")},
            {"name": "beside", "icon": "desktop", "device_width": 640, "label": _("Side by side")},
        ]

    def is_previewable(self) -> bool:
        """Always; listings ask this of every row."""
        return True

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name == WEBSITE and self.has_address:
            response: HttpResponse = super().serve_preview(request, "")
            return response
        channels, planned = self._channels_shown(mode_name)
        return TemplateResponse(
            request, "cms/channel_preview/page.html", channel_preview(self, channels, planned=planned)
        )

    def _channels_shown(self, mode_name: str) -> tuple[list[Channel], bool]:
        planned = self.planned_channels()
        if mode_name.startswith(ONE):
            found = Channel.objects.filter(pk=int(mode_name.removeprefix(ONE))).first()
            if found is None:
                raise Http404
            return [found], found in planned
        return planned or list(Channel.objects.usable()), bool(planned)

    def planned_channels(self) -> list[Channel]:
        """Channels of the rows as they stand, each once, in the order of their times."""
        rows = [row for row in self.placements.all() if row.channel_id and row.cancelled_at is None]
        rows.sort(key=lambda row: (row.due_at is None, row.due_at))
        return list(dict.fromkeys(row.channel for row in rows))


def _is_page(channel: Channel) -> bool:
    return channel.limits.publishes_page


def channel_preview(page: Any, channels: list[Channel], *, planned: bool) -> dict[str, Any]:
    """What the cards are drawn from, in the editor and for whoever approves."""
    from cms import cards, considering

    now = timezone.now()
    return {
        "page": page,
        "planned": planned,
        "cards": cards.cards(page, channels, now),
        "warnings": considering.of_page(page),
        "findings": cards.findings(page),
        "sentences": plan_of(page, now),
    }


def plan_of(page: Any, now: datetime) -> list[str]:
    """When it goes, in words, and in which order where that was chosen."""
    return words.plan_in_words(rows_of(page, now), now, ordering.chosen(page))


def rows_of(page: Any, now: datetime) -> list[words.Row]:
    """The placements of content, saved or not, as the words want them."""
    return [
        words.Row(
            row.channel.name, row.due_at, row.withdraw_at, row.is_out, ordering.rank(row.channel), row.waits_at(now)
        )
        for row in page.placements.all()
        if row.channel_id and row.cancelled_at is None
    ]
