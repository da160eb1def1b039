"""Columns of the strategy's listings: a state is a word and a shape, a decision is a button."""

from collections.abc import Callable
from typing import Any

from django.middleware.csrf import get_token
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from wagtail.admin.ui.tables import Column

from campaigns import badges
from campaigns.models import FocusMapping, Initiative
from publishing.templatetags.publishing_tags import state_badge


def badge_column(name: str, label: Any, badge: Callable[[Any], Any], **kwargs: Any) -> Column:
    """A column whose cell is the badge of the row."""
    return Column(name, label=label, accessor=lambda row: state_badge(badge(row)), **kwargs)


def mapped_areas(initiative: Initiative) -> SafeString | str:
    """The focus areas of an initiative, each with the state of its mapping; rejected ones are left out."""
    rows = [row for row in initiative.mappings.all() if row.status != FocusMapping.Status.REJECTED]
    return format_html_join(
        SafeString("<br>"),
        "{} <small>{}</small>",
        ((row.focus_area.name, state_badge(badges.of_mapping(row.status))) for row in rows),
    )


def open_anomalies(initiative: Initiative) -> SafeString | str:
    """The codes of what is odd about it in the source and not settled."""
    rows = [row for row in initiative.anomalies.all() if row.settled_at is None]
    return format_html_join(" ", '<abbr title="{}">{}</abbr>', ((row.description, row.code) for row in rows))


def two_lines(first: Any, second: Any) -> SafeString:
    """Something and, quieter below it, what goes with it."""
    return (
        format_html('{}<br><small class="desk-quiet">{}</small>', first, second) if second else format_html("{}", first)
    )


class DecisionColumn(Column):
    """Confirm, reject or take back, each in one click."""

    cell_template_name = "campaigns/columns/decision.html"

    def __init__(self, name: str, *, next_url: str, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.next_url = next_url

    def get_cell_context_data(self, instance: FocusMapping, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"csrf_token": get_token(context["request"]), "next": self.next_url}


def decided(mapping: FocusMapping) -> SafeString | str:
    """When and by whom; empty for a proposal."""
    if mapping.decided_at is None:
        return ""
    who = mapping.decided_by
    return two_lines(date_format(localtime(mapping.decided_at), "j. M Y H:i"), who and (who.get_full_name() or who))


class DayColumn(Column):
    """A day as a date; Wagtail's own column says of every day ahead that it is now."""

    def get_value(self, instance: Any) -> str:
        return date_format(super().get_value(instance), "j. b Y")


class LinkColumn(Column):
    """The way to what a row is for: ``url`` of the row, in the same words on each, for whoever has ``permission``."""

    cell_template_name = "campaigns/columns/link.html"

    def __init__(self, name: str, *, text: Any, url: Callable[[Any], str], permission: str = "", **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self.text, self.url, self.permission = text, url, permission

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        may = not self.permission or context["request"].user.has_perm(self.permission)
        return context | {"text": self.text, "url": self.url(instance) if may else "", "instance": instance}
