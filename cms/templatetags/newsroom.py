"""What the public templates ask for: the language, the frame around every page, dates as people write them."""

from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

register = template.Library()

DAY = {"da": "j. F Y", "en": "j F Y"}
TIME = {"da": r"\k\l. H.i", "en": r"\a\t H:i"}
MONTH = {"da": "F Y", "en": "F Y"}


@register.simple_tag(takes_context=True)
def public_language(context: dict[str, Any]) -> str:
    """The page's own; Danish for whatever has none."""
    return str(context.get("public_language") or getattr(context.get("page"), "language", settings.LANGUAGE_CODE))


@register.simple_tag(takes_context=True)
def site_frame(context: dict[str, Any]) -> Any:
    """Name, address and sections of the site; read only when used, so that an error page needs no database."""
    return SimpleLazyObject(lambda: _frame(context["request"]))


def _frame(request: Any) -> dict[str, Any]:
    from cms import public
    from cms.models import CampaignIndex, CourtResultIndex, StoryIndex

    site = public.site_of(request)
    sections = site.root_page.get_children().live().public().exact_type(StoryIndex, CampaignIndex, CourtResultIndex)
    return {
        "name": site.root_page.title,
        "full_name": site.site_name or site.root_page.title,
        "root_url": site.root_url,
        "sections": list(sections),
    }


def _said(value: date, formats: dict[str, str]) -> str:
    moment = timezone.localtime(value) if isinstance(value, datetime) else value
    return date_format(moment, formats.get(get_language() or "", formats["da"]))


@register.filter
def day(value: date | None) -> SafeString | str:
    """24. november 2026"""
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), _said(value, DAY)) if value else ""


@register.filter
def moment(value: datetime | None) -> SafeString | str:
    """24. november 2026 kl. 14.30"""
    if not value:
        return ""
    return format_html('<time datetime="{}">{} {}</time>', value.isoformat(), _said(value, DAY), _said(value, TIME))


@register.filter
def month(value: date) -> str:
    """november 2026"""
    return _said(value, MONTH)


@register.filter
def later_than(value: datetime | None, other: datetime | None) -> bool:
    """By more than a minute: what is written at the first publication is no update."""
    return bool(value and other and (value - other).total_seconds() > 60)


@register.filter
def as_approved(image: Any, page: Any) -> Any:
    """A picture of the library as this page shows it; None when there is none to show."""
    from cms import standing

    return standing.shown(page or None, image)
