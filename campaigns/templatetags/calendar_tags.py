"""An item as it stands in a cell of the calendar, in Python: a page has hundreds, and a template included for each
takes longer than reading the plan."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.urls import get_script_prefix, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from campaigns.calendar import Entry, Item
from publishing import presenting

register = template.Library()

LINK = (
    '<a class="cal-item" data-tone="{tone}" data-state="{state}" href="{url}"{drag}>'
    '<span class="cal-item__title"><span class="cal-item__time">{time}</span> '
    '<span aria-hidden="true">{shape}</span> {title}</span> '
    '<span class="cal-item__where">{where}</span> '
    '<span class="cal-item__what cal-item__state">{said}</span>{more}</a>'
)
DRAG = ' draggable="true" data-drag="{}" data-versions="{}" data-minute="{}"'
EACH = (
    '<span title="{label}"><span aria-hidden="true">{shape}</span>'
    '<span class="w-sr-only">{label}:</span></span> {channel}'
)


@register.simple_tag
def calendar_item(item: Item, may_plan: bool) -> SafeString:
    """Time, title, channels, state, what it waits for and focus area; it can be dragged while its time is a plan."""
    first = item.first
    return format_html(
        LINK,
        tone=item.badge.tone,
        state=item.badge.key,
        url=_address("item", first.pk),
        drag=_drag(item) if may_plan and item.movable else "",
        time=presenting.clock(first.moment),
        shape=item.badge.shape,
        title=first.title,
        where=_each(item.entries) if item.mixed else item.channels,
        said=f"{item.badge.label} · {item.waits}" if item.waits else item.badge.label,
        more=_more(first),
    )


def _address(name: str, pk: int) -> str:
    return _addresses(name, get_script_prefix()).replace("/0/", f"/{pk}/")


@lru_cache(maxsize=8)
def _addresses(name: str, prefix: str) -> str:
    """Of the item 0: to look the route up for each item of a month takes longer than to write it."""
    return reverse(f"campaigns_calendar:{name}", args=[0])


def _drag(item: Item) -> SafeString:
    return format_html(DRAG, _address("drag", item.first.pk), item.versions, f"{item.first.wall:%M}")


def _each(entries: Iterable[Entry]) -> SafeString:
    """Channels with their own states, where these differ."""
    badges = ({"label": one.badge.label, "shape": one.badge.shape, "channel": one.channel} for one in entries)
    return format_html_join(", ", EACH, badges)


def _more(first: Entry) -> Any:
    area = format_html('<span class="cal-item__what">{}</span>', first.focus_area) if first.focus_area else ""
    if first.series is None:
        return area
    sign = '{}<span class="cal-item__what"><span aria-hidden="true">⟳</span> {}</span>'
    return format_html(sign, area, _("series"))
