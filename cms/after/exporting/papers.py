"""Values to a tagged PDF (PDF/UA-1), readable by itself. The words are data, so nothing in them is markup."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

import typst
from django.utils import timezone

SOURCE = b"""
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title)
#set page(paper: "a4", margin: 2.2cm, numbering: "1 / 1", header: text(size: 8pt, fill: luma(90), d.header))
#set text(lang: "da", size: 10.5pt)
#set par(justify: false)
#set heading(numbering: none)
#show heading.where(level: 2): set block(above: 1.4em, below: .7em)
= #d.title
#for part in d.parts [
  == #part.heading
  #if part.rows.len() > 0 { table(columns: (auto, 1fr), stroke: .4pt + luma(180), inset: 5pt,
    table.header([Felt], [V\xc3\xa6rdi]), ..part.rows.map(row => (strong(row.at(0)), row.at(1))).flatten()) }
  #for line in part.text.split("\\n") { par(line) }
]
"""


@dataclass(frozen=True)
class Part:
    """A heading, rows of name and value, and running text; each may be empty."""

    heading: str
    rows: tuple[tuple[str, str], ...] = ()
    text: str = ""


def pdf(title: str, header: str, parts: list[Part]) -> bytes:
    data = {"title": title or "-", "header": header, "parts": [asdict(part) for part in parts]}
    written: bytes = typst.compile(SOURCE, sys_inputs={"data": json.dumps(data)}, pdf_standards=["ua-1"])
    return written


def moment(text: str) -> str:
    """An ISO moment as it is read in Denmark; empty stays empty."""
    return f"{timezone.localtime(datetime.fromisoformat(text)):%d.%m.%Y kl. %H.%M.%S}" if text else ""
