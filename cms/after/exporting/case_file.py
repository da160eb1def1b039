"""The internal half of one case as values, for its own prosecutors only. The list of protected names is never in it."""

from typing import Any

from django.contrib.auth import get_user_model
from django.db import models

from cms.after.exporting.papers import Part, pdf
from cms.court.models import Case, Defendant, Sanction


def of(case: Case) -> dict[str, Any]:
    """Every row of the case, each field by its name."""
    reports = case.reports.order_by("pk")
    defendants = Defendant.objects.filter(report__in=reports).order_by("report_id", "number")
    return {
        "sag": row(case),
        "indberetninger": [row(item) for item in reports],
        "tiltalte": [row(item) for item in defendants],
        "sanktioner": [row(item) for item in Sanction.objects.filter(defendant__in=defendants)],
        "forbud": [
            {**row(item), "forloeb": [row(move) for move in item.moves.order_by("pk")]}
            for item in case.restrictions.order_by("pk")
        ],
        "hvor_sagen_staar": [row(item) for item in case.standing_moves.order_by("pk")],
        "tidligere_opslag": [row(item) for item in case.earlier_posts.order_by("pk")],
        "opfoelgninger": [row(item) for item in case.follow_ups.order_by("pk")],
    }


def row(item: models.Model) -> dict[str, Any]:
    """Its own columns; a person by user name, another row by number."""
    values: dict[str, Any] = {}
    for field in item._meta.concrete_fields:
        value = getattr(item, field.attname)
        if field.related_model is get_user_model() and value is not None:
            value = getattr(item, field.name).get_username()
        values[field.name] = value
    return values


def paper(case: Case, data: dict[str, Any], header: str) -> bytes:
    parts = [Part("Sagen", _pairs(data["sag"]))]
    for name in ("indberetninger", "tiltalte", "forbud", "tidligere_opslag"):
        for number, item in enumerate(data[name], 1):
            parts.append(Part(f"{name.replace('_', ' ').capitalize()} {number}", _pairs(item)))
    return pdf(f"Intern: {case}", header, parts)


def _pairs(values: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in values.items() if value not in (None, "", [], {}))
