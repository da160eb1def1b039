"""One piece of content as a person reads it years later: text, channel, times, approvers."""

from typing import Any

from cms.after.exporting.papers import Part, moment, pdf
from cms.videos import captions

STATES = {
    "delivered": "sendt", "withdrawn": "trukket tilbage", "cancelled": "annulleret", "scheduled": "planlagt",
    "failed": "fejlet", "held": "sat på pause", "missed": "ikke sendt i tide", "uncertain": "uvist",
    "processing": "under behandling", "queued": "på vej", "sending": "sendes", "awaiting_retry": "forsøges igen",
}  # fmt: skip
WAYS = {"workflow": "godkendt af en anden person", "break_glass": "sendt uden godkendelse"}


def of_item(item: dict[str, Any], header: str) -> bytes:
    parts = [Part("Om indholdet", _about(item))]
    parts += [Part("Godkendelser", tuple(_approval(row) for row in item["godkendelser"]))]
    parts += [_delivery(row) for row in item["afsendelser"]]
    if item.get("rettelser"):
        parts.append(Part("Rettelser", tuple((moment(row["tid"]), row["tekst"]) for row in item["rettelser"])))
    return pdf(item["titel"], header, parts)


def _about(item: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    rows = (
        ("Dato og tema", item["dato_og_tema"]),
        ("Journalnummer", item.get("journalnummer") or "ikke journaliseret"),
        ("Adresse", item.get("adresse", "")),
        ("Enhed", item.get("enhed", "")),
        ("Indsatsområde", item.get("indsatsomraade", "")),
        ("Først på nettet", moment(item.get("foerst_paa_nettet", ""))),
    )
    return tuple(row for row in rows if row[1])


def _approval(row: dict[str, Any]) -> tuple[str, str]:
    said = f"{row['af']}: {WAYS.get(row['maade'], row['maade'])}"
    if row["set_bagefter_af"]:
        said += f"; set bagefter af {row['set_bagefter_af']} {moment(row['set_bagefter'])}"
    return moment(row["tid"]), said


def _delivery(row: dict[str, Any]) -> Part:
    receipt, message = row["kvittering"] or {}, row["besked"]
    rows = (
        ("Tilstand", STATES.get(row["tilstand"], row["tilstand"]) + (" (prøve)" if row["proeve"] else "")),
        ("Planlagt", moment(row["planlagt"])),
        ("Sendt", moment(row["sendt"])),
        ("Adresse", receipt.get("adresse", "")),
        ("Trukket tilbage", moment(receipt.get("trukket_tilbage", ""))),
        ("SHA-256", row["besked_sha256"]),
        *_video(message.get("video")),
        *((f"Billede {number}", image["alt"] or image["filename"]) for number, image in enumerate(message["media"], 1)),
    )
    text = "\n".join(part for part in (message.get("title", ""), message["text"], message.get("link", "")) if part)
    return Part(row["kanal"], tuple(pair for pair in rows if pair[1]), text)


def _video(video: dict[str, Any] | None) -> tuple[tuple[str, str], ...]:
    if video is None:
        return ()
    said = "intet bliver sagt" if video["speechless"] else "står i billedet" if video["in_picture"] else ""
    return (
        ("Video", f"{video['description']} ({round(video['milliseconds'] / 1000)} sekunder)"),
        ("Undertekster", " ".join(captions.transcript(video["captions"])) or said),
    )
