"""Evidence that leaves the house: each record with its way to the root of its block, and the chain of the blocks.

Whoever has the file can check it without the database: ``manage.py verify_evidence --export FILE``.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from publishing.evidence import digest, digest_of_facts
from publishing.models import EvidenceBlock, EvidenceRecord

FORMAT = "pejlemaerke-evidence-1"
FILE = "beviskaede.json"  # in an export
FACTS = ("uuid", "at", "kind", "delivery", "subject", "actor", "payload")


def way(leaves: Sequence[str], position: int) -> list[list[str]]:
    """The hashes that lead from one leaf to the root, each with the side on which it stands."""
    row, steps = list(leaves), []
    while len(row) > 1:
        other = position ^ 1
        if other < len(row):
            steps.append(["left" if other < position else "right", row[other]])
        row = [digest(*row[i : i + 2]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
        position //= 2
    return steps


def take_out(records: Iterable[EvidenceRecord]) -> dict[str, Any]:
    """These records with their proofs. Those that are not sealed yet stand without one, and say so."""
    found = sorted(records, key=lambda item: item.pk)
    numbers = {item.block_id for item in found if item.block_id is not None}
    leaves: dict[int, list[str]] = {}
    for block_id, sha256 in (
        EvidenceRecord.objects.filter(block_id__in=numbers).order_by("position").values_list("block_id", "sha256")
    ):
        leaves.setdefault(block_id or 0, []).append(sha256)
    blocks = EvidenceBlock.objects.in_bulk(list(numbers))
    between = sorted(block.number for block in blocks.values())
    chain = EvidenceBlock.objects.filter(number__range=(between[0], between[-1])) if between else []
    return {
        "format": FORMAT,
        "records": [_record(item, blocks.get(item.block_id or 0), leaves) for item in found],
        "blocks": [_block(block) for block in chain],
    }


def _record(item: EvidenceRecord, block: EvidenceBlock | None, leaves: dict[int, list[str]]) -> dict[str, Any]:
    return {
        "uuid": str(item.uuid),
        "at": item.at.isoformat(),
        "kind": item.kind,
        "delivery": str(item.delivery_key or ""),
        "subject": item.subject,
        "actor": item.actor,
        "payload": item.payload,
        "sha256": item.sha256,
        "block": block.number if block else None,
        "way": way(leaves[block.pk], item.position or 0) if block else [],
    }


def _block(block: EvidenceBlock) -> dict[str, Any]:
    return {
        "number": block.number,
        "sealed_at": block.sealed_at.isoformat(),
        "root": block.root,
        "previous": block.previous,
        "size": block.size,
        "sha256": block.sha256,
    }


def faults(data: dict[str, Any]) -> Iterator[str]:
    """Every place where what was taken out does not hold, in words. Pure: needs no database."""
    if data.get("format") != FORMAT:
        yield "This is no evidence of ours."
        return
    roots, previous = {}, None
    for block in data["blocks"]:
        values = (block["number"], block["sealed_at"], block["root"], block["previous"], block["size"])
        if digest(*map(str, values)) != block["sha256"]:
            yield f"Block {block['number']} was changed."
        if previous is not None and block["previous"] != previous:
            yield f"Block {block['number']} does not continue the block before it."
        roots[block["number"]], previous = block["root"], block["sha256"]
    for item in data["records"]:
        if digest_of_facts(*(item[name] for name in FACTS)) != item["sha256"]:
            yield f"Record {item['uuid']} was changed."
        elif item["block"] is not None and _climb(item) != roots.get(item["block"]):
            yield f"Record {item['uuid']} is not in block {item['block']}."


def _climb(item: dict[str, Any]) -> str:
    node = str(item["sha256"])
    for side, other in item["way"]:
        node = digest(other, node) if side == "left" else digest(node, other)
    return node
