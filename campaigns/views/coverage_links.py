"""The addresses of the coverage: the same period and selection as a page, a file, a chart or another dimension."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from campaigns.coverage import Dimension
from campaigns.coverage.drawing import Drawn
from campaigns.views.coverage_words import labels


def exports(asked: dict[str, str]) -> list[tuple[str, str]]:
    """Each form of the report, with its address."""
    files = [(label, file(asked, "file", form=form)) for label, form in (("PDF", "pdf"), ("Excel", "xlsx"))]
    return [*files, ("CSV", link("index", asked, format="csv"))]


def charts_of(asked: dict[str, str], drawn: list[Drawn]) -> list[dict[str, Any]]:
    """Each with its picture, which has an address of its own: nothing is drawn inside the page."""
    return [
        {
            "drawn": one,
            "svg": file(asked, "chart", chart=one.key, form="svg"),
            "png": file(asked, "chart", chart=one.key, form="png"),
        }
        for one in drawn
    ]


def file(asked: dict[str, str], view: str, **path: str) -> str:
    return f"{reverse(f'campaigns_coverage:{view}', kwargs=path)}?{urlencode(asked)}"


def switches(asked: dict[str, str], chosen: Dimension) -> list[tuple[str, str, bool]]:
    """What the lines can be instead, as (label, address, whether it is so now)."""
    return [(label, link("index", asked, by=one), one is chosen) for one, label in labels().items()]


def link(view: str, asked: dict[str, str], **more: Any) -> str:
    """The address of a page of coverage for the same period and selection."""
    return f"{reverse(f'campaigns_coverage:{view}')}?{urlencode({**asked, **more})}"
