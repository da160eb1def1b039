"""A ZIP of gathered content: a folder each with PDF, JSON and pictures, an index, the evidence, and what it all is."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from cms.after.exporting import gathering, snapshots
from cms.models.public import LETTERS
from publishing import proofs
from publishing.errors import ChannelMisconfigured
from publishing.message import Media, Message, Video
from publishing.models import Delivery
from publishing.open_media import ENDINGS

README = """{title}
Dannet {made} fra Pejlemærke.

indeks.csv          en linje for hvert indhold: dato, tema, journalnummer, mappe
opslag/             en mappe for hvert indhold, som noget af er sendt
  opslag.pdf        til læsning: tekst, kanal, tider, hvem der godkendte
  opslag.json       det samme som data, med kvitteringer og kontrolsummer (SHA-256)
  medier/           billeder, videoer og undertekster, som de blev sendt
{extra}beviskaede.json     beviskæden for alt i pakken: hvert bevis med sin vej til sin blok, og blokkene
                    Kontrolleres med: manage.py verify_evidence --export FIL
Tider i JSON er i UTC med forskydning; tider i PDF er dansk tid.
"""
DRAFTS = "kladder/            alle gemte udgaver. De er som regel interne dokumenter; de står for sig.\n"
LARGE = 1 << 30  # bytes from which on an entry says its size in 64 bits
INTERNAL = "intern/             det, som kun sagens anklagere må se. Udleveres ikke sammen med resten.\n"


class Package:
    """Written part by part, so that a long period needs no more memory than its longest item."""

    def __init__(self, file: Any, title: str, made: datetime) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED)
        self.title, self.made = title, made
        self.header = f"{title} · {timezone.localtime(made):%d.%m.%Y kl. %H.%M}"
        self.index: list[list[str]] = []
        self.deliveries: list[Delivery] = []
        self.pages: list[int] = []
        self.extra = ""

    def add_item(self, page_id: int) -> None:
        item, deliveries = gathering.item(page_id)
        folder = f"opslag/{len(self.index) + 1:04d}-{_name(item['titel'])}"
        self.pages.append(page_id)
        self.deliveries += deliveries
        item["medier"] = self._media(folder, deliveries)
        self.write_json(f"{folder}/opslag.json", item)
        self.zip.writestr(f"{folder}/opslag.pdf", snapshots.of_item(item, self.header))
        row = [item["dato_og_tema"][:10], item["titel"], item.get("journalnummer", ""), item.get("type", ""), folder]
        self.index.append(row)

    def add_drafts(self, page_ids: Iterable[int]) -> None:
        """In a folder of their own, which can be taken out as a whole."""
        self.extra += DRAFTS
        for page_id in page_ids:
            versions = gathering.drafts_of(page_id)
            if versions:
                title = _name(str(versions[-1]["indhold"].get("title", "")))
                self.write_json(f"kladder/{page_id}-{title}.json", versions)

    def write_json(self, name: str, data: Any) -> None:
        self.zip.writestr(name, json.dumps(data, ensure_ascii=False, indent=1, default=str))

    def close(self) -> None:
        """Index, evidence, and what it all is."""
        text = io.StringIO()
        writer = csv.writer(text, delimiter=";")
        writer.writerow(["Dato", "Tema", "Journalnummer", "Type", "Mappe"])
        writer.writerows([_harmless(cell) for cell in row] for row in self.index)
        self.zip.writestr("indeks.csv", "\ufeff" + text.getvalue())
        self.write_json(proofs.FILE, proofs.take_out(gathering.evidence_of(self.pages, self.deliveries)))
        made = f"{timezone.localtime(self.made):%d.%m.%Y kl. %H.%M}"
        self.zip.writestr("LAES-MIG.txt", README.format(title=self.title, made=made, extra=self.extra))
        self.zip.close()

    def _media(self, folder: str, deliveries: Iterable[Delivery]) -> list[dict[str, str]]:
        """Each picture and video once, by the hash that the messages name it by; captions beside their video."""
        kept: dict[str, dict[str, str]] = {}
        for item in (item for delivery in deliveries for item in _items(delivery.message)):
            if item.sha256 in kept:
                continue
            stem = f"medier/{item.sha256[:16]}"
            name = f"{stem}.{ENDINGS.get(item.mime, 'bin')}"
            kept[item.sha256] = {"fil": name, "sha256": item.sha256, **_said_of(item, stem)}
            if isinstance(item, Video) and item.captions:
                self.zip.writestr(f"{folder}/{stem}.vtt", item.captions)
            try:
                self._write_blocks(f"{folder}/{name}", item)
            except ChannelMisconfigured as error:  # gone or changed: the package says so
                kept[item.sha256]["mangler"] = str(error.summary)
        return list(kept.values())

    def _write_blocks(self, name: str, item: Media | Video) -> None:
        """As it is: pictures and videos are compressed already."""
        blocks = item.blocks(0, item.size)  # proved before anything is written
        entry = zipfile.ZipInfo(name, date_time=timezone.localtime(self.made).timetuple()[:6])
        with self.zip.open(entry, "w", force_zip64=item.size > LARGE) as file:
            for block in blocks:
                file.write(block)


def _items(message: Message) -> Iterator[Media | Video]:
    yield from message.media
    if message.video is not None:
        yield message.video
        yield from filter(None, [message.video.poster])


def _said_of(item: Media | Video, stem: str) -> dict[str, str]:
    if isinstance(item, Media):
        return {"alt": item.alt}
    return {"alt": item.description, **({"undertekster": f"{stem}.vtt"} if item.captions else {})}


def _name(title: str) -> str:
    return slugify(title.translate(LETTERS))[:50] or "uden-titel"


def _harmless(cell: str) -> str:
    """A spreadsheet takes a cell that begins like a formula for one."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
