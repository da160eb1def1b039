"""How templates show a state and a time, and the strip that stands on every page of the admin."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

from publishing import presenting
from publishing.models import Delivery
from publishing.presenting import Badge

register = template.Library()


@register.simple_tag
def state_badge(what: Delivery | Badge) -> SafeString:
    """Shape and word of a delivery, or of any badge."""
    badge = what if isinstance(what, Badge) else presenting.badge_of(what)
    return format_html(
        '<span class="desk-badge" data-state="{}" data-tone="{}"><span class="desk-badge__shape" aria-hidden="true">'
        "{}</span> {}</span>",
        badge.key,
        badge.tone,
        badge.shape,
        badge.label,
    )


@register.simple_tag
def when(moment: datetime | None, empty: str = "–") -> SafeString | str:
    """A moment as people say it, the exact one in the tooltip."""
    return _time(moment, presenting.when(moment, timezone.now())) if moment else empty


@register.simple_tag
def ago(moment: datetime | None, empty: str = "–") -> SafeString | str:
    """How long since a moment, the exact one in the tooltip."""
    return _time(moment, presenting.ago(moment, timezone.now())) if moment else empty


def _time(moment: datetime, said: str) -> SafeString:
    return format_html('<time datetime="{}" title="{}">{}</time>', moment.isoformat(), presenting.exactly(moment), said)


@register.filter
def span(length: timedelta) -> str:
    return presenting.span(length)


@register.filter
def clock(moment: datetime) -> str:
    """The time of day, district time."""
    return presenting.clock(moment)


@register.filter
def day(value: date) -> str:
    """A day as people say it, without the year."""
    return date_format(value, pgettext("day", "l j F"))


@register.filter
def as_json(value: Any) -> str:
    """Readable JSON, as text."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)


@register.inclusion_tag("publishing/desk/strip.html", takes_context=True)
def duty_strip(context: dict[str, Any]) -> dict[str, Any]:
    """State of the outbox in one line, and STOP; nothing for whoever is not logged in to the admin."""
    from publishing.views import strip

    return strip.context_for(context["request"])
