"""A week of the plan on A4, for the meeting on Monday. The words are data, so nothing in them is markup."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from campaigns import band, clock
from campaigns.band import Mark
from campaigns.calendar import Day, Item
from campaigns.tray import Tray, Waiting
from publishing import presenting

SOURCE = b"""
#let d = json(bytes(sys.inputs.data))
#let quiet = luma(80)
#set document(title: d.title)
#set page(paper: "a4", margin: (x: 1.8cm, top: 2cm, bottom: 1.8cm),
  header: text(size: 8pt, fill: quiet)[#d.header #h(1fr) #d.made],
  footer: context text(size: 8pt, fill: quiet)[#h(1fr) #counter(page).display("1 / 1", both: true)])
#set text(lang: d.language, size: 9.5pt, font: ("Libertinus Serif", "DejaVu Sans Mono"))
#set par(justify: false, leading: .5em)
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 2): set block(above: 1.3em, below: .5em, sticky: true)
#let badge(item) = [#text(font: "DejaVu Sans Mono", size: 8pt, item.shape) #item.state]
#let second(item) = if item.second != "" { linebreak(); text(size: 8.5pt, fill: quiet, item.second) }
= #d.title
#text(size: 10.5pt, d.finding)
#for day in d.days {
  heading(level: 2, day.name)
  if day.year != "" { block(above: 0pt, below: .6em, text(size: 8.5pt, fill: quiet, day.year)) }
  if day.items.len() == 0 { text(fill: quiet, d.nothing) } else {
    table(columns: (1.3cm, 1fr, 3.6cm, 4.6cm), stroke: (x, y) => (bottom: .4pt + luma(190)), inset: (x: 3pt, y: 4pt),
      table.header(..d.columns.map(name => text(size: 7.5pt, fill: quiet, name))),
      ..day.items.map(item => ([#item.time], [*#item.title*#second(item)], [#item.channels],
        [#badge(item)#if item.waits != "" { linebreak(); text(size: 8.5pt, item.waits) }])).flatten())
  }
}
#if d.tray.len() > 0 {
  heading(level: 2, d.tray_name)
  list(..d.tray.map(item => [#badge(item) -- *#item.title*#if item.where != "" [ (#item.where)]
    #if item.waits != "" [: #item.waits]]))
}
"""


def pdf(days: Sequence[Day], tray: Tray, *, filtered: str, now: datetime, marks: Sequence[Mark] = ()) -> bytes:
    """Tagged (PDF/UA-1). ``filtered`` says in words what is left out, if anything is; ``marks`` are of the year."""
    data = json.dumps(_data(days, tray, filtered, now, marks))
    written: bytes = typst.compile(SOURCE, sys_inputs={"data": data}, pdf_standards=["ua-1"])
    return written


def _data(days: Sequence[Day], tray: Tray, filtered: str, now: datetime, marks: Sequence[Mark]) -> dict[str, Any]:
    first, last = days[0].date, days[-1].date
    words = {
        "number": first.isocalendar().week,
        "first": date_format(first, "j. F"),
        "last": date_format(last, "j. F Y"),
    }
    return {
        "title": _("The plan, week %(number)s: %(first)s – %(last)s") % words,
        "header": " · ".join(part for part in ("Pejlemærke", filtered) if part),
        "made": _("As it was %(moment)s") % {"moment": date_format(clock.to_wall(now), "j. F Y H.i")},
        "language": (get_language() or "da")[:2],
        "finding": finding([item for day in days for item in day.items]),
        "nothing": _("Nothing planned."),
        "columns": [_("Time"), _("Content"), _("Channels"), _("State")],
        "days": [
            {
                "name": _day(day.date),
                "year": " · ".join(mark.title for mark in band.on(day.date, marks)),
                "items": [_item(item) for item in day.items],
            }
            for day in days
        ],
        "tray_name": _tray_name(tray),
        "tray": [_waiting(one) for one in tray.items],
    }


def finding(items: Sequence[Item]) -> str:
    """The week in one sentence: how much, and how much of it still wants somebody."""
    if not items:
        return _("Nothing is planned in this week.")
    wanting = sum(1 for item in items if item.waits)
    count = ngettext("%(count)s item is planned or sent", "%(count)s items are planned or sent", len(items))
    wants = ngettext("%(count)s of them still wants somebody", "%(count)s of them still want somebody", wanting)
    ready = _("none of them waits for anybody")
    said = wants % {"count": wanting} if wanting else ready
    return f"{count % {'count': len(items)}}; {said}."


def _day(day: date) -> str:
    name = date_format(day, pgettext("day", "l j F"))
    return name[:1].upper() + name[1:]


def _item(item: Item) -> dict[str, str]:
    first = item.first
    return {
        "time": presenting.clock(first.moment),
        "title": first.title,
        "second": " · ".join(part for part in (first.focus_area, first.campaign) if part),
        "channels": item.channels,
        "shape": item.badge.shape,
        "state": item.badge.label,
        "waits": item.waits,
    }


def _tray_name(tray: Tray) -> str:
    name = _("The tray: what wants a time, a place or a text")
    if tray.total == len(tray.items):
        return name
    return _("%(tray)s (the first %(shown)s of %(total)s)") % {
        "tray": name,
        "shown": len(tray.items),
        "total": tray.total,
    }


def _waiting(one: Waiting) -> dict[str, str]:
    when = date_format(clock.to_wall(one.due_at), "j. F H.i") if one.due_at else ""
    return {
        "title": one.title,
        "where": ", ".join(part for part in (one.channel, when) if part),
        "shape": one.badge.shape,
        "state": one.badge.label,
        "waits": one.waits,
    }
