"""Vega-Lite drawn on the server: the same picture for page, paper and whoever takes it along. Nothing is fetched.

Greys and hatching by lightness, so that they read on a black and white printer.
"""

from dataclasses import dataclass
from typing import Any

import vl_convert
from django.utils.translation import get_language

DARK, LIGHT, LINE = "#12355b", "#a9b8c8", "#b3261e"
WHOLE = {"tickMinStep": 1, "format": "d"}
NUMBER = {"type": "text", "fontSize": 12, "fontWeight": "bold", "color": "black"}  # beside what it is the number of
CONFIG = {
    "font": "DejaVu Sans, Arial, sans-serif",
    "background": "white",
    "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelLimit": 260},
    "legend": {"labelFontSize": 12, "title": None, "orient": "top"},
}
BAR = {"type": "bar", "color": LIGHT, "stroke": DARK}
BESIDE = {"align": "left", "dx": 5}


@dataclass(frozen=True)
class Drawn:
    """``columns`` and ``rows`` are the numbers that ``spec`` shows."""

    key: str
    title: str
    summary: str
    columns: list[str]
    rows: list[list[str | int | float]]
    spec: dict[str, Any]


def svg(drawn: Drawn) -> str:
    written: str = vl_convert.vegalite_to_svg(drawn.spec, **_drawing())
    return written


def png(drawn: Drawn, about: str) -> bytes:
    """To stand alone, in a letter or on a slide: with its title, and ``about`` which period and part it is."""
    title = {"text": drawn.title, "subtitle": about, "anchor": "start", "fontSize": 15, "subtitleFontSize": 12}
    written: bytes = vl_convert.vegalite_to_png({**drawn.spec, "title": title}, scale=2, **_drawing())
    return written


def _drawing() -> dict[str, Any]:
    """Nothing is fetched; numbers are written as people here write them."""
    locale = "da-DK" if get_language() == "da" else "en-GB"
    return {"vl_version": "5.21", "allowed_base_urls": [], "format_locale": locale}


def some(field: str) -> dict[str, Any]:
    """Nothing is not drawn: neither as a line at the bottom nor as its number in the middle."""
    return {"transform": [{"filter": f"datum.{field} > 0"}]}


def spec_of(values: list[dict[str, Any]], encoding: dict[str, Any]) -> dict[str, Any]:
    spec: dict[str, Any] = {"width": 560, "height": {"step": 28}, "data": {"values": values}, "config": CONFIG}
    return {**spec, "encoding": encoding, "layer": []}
