"""The report as two A4 pages for the directors' meeting: tagged PDF, in greys, the words as data."""

import json
from datetime import datetime
from typing import Any

import typst
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from campaigns import badges
from campaigns.coverage import charts, drawing, since_closing
from campaigns.coverage.dossier import Dossier
from campaigns.coverage.facts import Fate
from campaigns.coverage.figures import AreaRow
from campaigns.coverage.measures import Figure

MOST_GAPS, MOST_CORRECTIONS = 12, 8
SOURCE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page(paper: "a4", margin: (x: 1.6cm, y: 1.5cm), numbering: "1 / 1", footer-descent: 20%)
#set text(lang: d.lang, size: 9pt)
#set par(justify: false)
#show heading.where(level: 1): set text(size: 16pt)
#show heading.where(level: 2): set block(above: 1em, below: .5em)
#show heading.where(level: 2): set text(size: 11pt)
= #d.title
#if d.selected != "" [#text(size: 11pt, d.selected) #linebreak()]
#text(size: 11pt, weight: "bold", d.finding)
#let grid(columns, rows) = table(columns: (1fr,) + (auto,) * (columns.len() - 1), stroke: .4pt + luma(170), inset: 4pt,
  table.header(..columns.map(strong)), ..rows.flatten())
== #d.table.title
#grid(d.table.columns, d.table.rows)
#d.stands
#let chart(c, w) = [
  == #c.title
  #image(bytes(c.svg), format: "svg", width: w, alt: c.summary)
  #c.summary
]
#chart(d.charts.at(0), 68%)
#chart(d.charts.at(1), 84%)
#pagebreak()
#chart(d.charts.at(2), 70%)
#if d.gaps.len() > 0 [
  == #d.gaps_title
  #for gap in d.gaps [- #gap]
]
#if d.since.len() > 0 [
  == #d.since_title
  #for line in d.since [- #line]
]
#let told(sections) = [
  #for section in sections [
    == #section.heading
    #for line in section.lines [#line.at(0): #strong(line.at(1)) #linebreak()]
  ]
]
#d.of_everything
#let half = calc.ceil(d.sections.len() / 2)
#std.grid(columns: (1fr, 1fr), gutter: 14pt, told(d.sections.slice(0, half)), told(d.sections.slice(half)))
"""


def pdf(dossier: Dossier) -> bytes:
    found = dossier.found
    gaps = [f"{row.topic.number} {row.topic.title} ({row.topic.unit})" for row in found.gaps()]
    since = [f"{one.month}: {one.title} – {one.was} → {one.now}" for one in since_closing.said(dossier)]
    since += [f"{one.name}: {' → '.join(one.words())}" for one in dossier.denominators]
    rows = [_line(row.area.name if row.area else "", row) for row in found.areas]
    data: dict[str, Any] = {
        "lang": (get_language() or "da")[:2],
        "title": _("Coverage %(first)s – %(last)s")
        % {"first": date_format(found.period.first, "d.m.Y"), "last": date_format(found.period.last, "d.m.Y")},
        "finding": dossier.finding,
        "selected": dossier.selected,
        "of_everything": dossier.selected and _("The figures below are of everything, not only of what is selected."),
        "table": {
            "title": _("Focus areas"),
            "columns": [_("Focus area"), *(_("sent"), _("planned"), _("target"), _("last"), _("next"), "")],
            "rows": [*rows, _line(_("All"), found.total)],
        },
        "charts": [
            {"title": one.title, "summary": one.summary, "svg": drawing.svg(one)} for one in charts.every(dossier)
        ],
        "gaps_title": _("Suitable initiatives without mention: %(count)s") % {"count": len(gaps)},
        "gaps": _first(MOST_GAPS, gaps),
        "since_title": _("Corrections since the months closed: %(count)s") % {"count": len(since)},
        "since": _first(MOST_CORRECTIONS, since),
        "stands": _stands(dossier),
        "sections": [
            {"heading": section.heading, "lines": [_figure(one) for one in section.figures]}
            for section in dossier.sections
        ],
    }
    written: bytes = typst.compile(SOURCE, sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"])
    return written


def _figure(figure: Figure) -> list[str]:
    if not figure.since:
        return [figure.label, figure.said()]
    return [figure.label, _("%(was)s → now %(now)s") % {"was": figure.said(), "now": figure.since}]


def _first(most: int, lines: list[str]) -> list[str]:
    more = len(lines) - most
    return lines[:most] + ([_("and %(count)s more") % {"count": more}] if more > 0 else [])


def _stands(dossier: Dossier) -> str:
    """What of the figures is for good, and how many were planned for another time than they stood at."""
    closed = ", ".join(since_closing.month_name(one.month) for one in dossier.standing.closed)
    moved = dossier.found.total.total.moved
    words = [dossier.begins] if dossier.begins and not dossier.unknown else []
    words += [_("Closed, and as counted when the month ended: %(months)s.") % {"months": closed}] if closed else []
    other = [
        f"{count} {badges.of_fate(fate).label}"
        for fate in Fate
        if fate not in (Fate.SENT, Fate.PLANNED) and (count := dossier.found.total.total.counted[fate])
    ]
    if other:
        words.append(_("Besides: %(stories)s.") % {"stories": ", ".join(other)})
    if moved:
        words.append(ngettext("%(count)s story was moved.", "%(count)s stories were moved.", moved) % {"count": moved})
    return " ".join(words)


def _line(name: str, row: AreaRow) -> list[str]:
    counted = row.total.counted
    target = "–" if row.target is None else str(row.target)
    gap = f"▲ {_('gap')}" if row.gap and row.area else ""
    return [name, str(counted[Fate.SENT]), str(counted[Fate.PLANNED]), target, _day(row.last), _day(row.next), gap]


def _day(moment: datetime | None) -> str:
    return date_format(timezone.localtime(moment), "d.m.Y") if moment else "–"
