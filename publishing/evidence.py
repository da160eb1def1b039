"""Evidence: written without a common lock, linked once a second by the sealer, provable by anybody.

A record's hash covers its facts. The sealer takes the unsealed records in order, builds a Merkle root over their
hashes, and a block whose hash covers root, number, size, time and the block before. Changing or removing one sealed
record changes a root; changing a root breaks every later block.
"""

import hashlib
import json
import uuid
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from publishing import statements
from publishing.models import Delivery, EvidenceBlock, EvidenceRecord, Heartbeat

GENESIS = "0" * 64
BATCH = 1000
VERIFIED = "verify_evidence"  # name of the heartbeat
SEALER_LOCK = 7_203_001  # PostgreSQL advisory lock: one sealer at a time
LINK = (
    "UPDATE publishing_evidencerecord SET block_id = %s, position = leaf.position FROM ("
    "SELECT id, row_number() OVER (ORDER BY id) - 1 AS position FROM publishing_evidencerecord WHERE id IN ({marks})"
    ") AS leaf WHERE publishing_evidencerecord.id = leaf.id"
)


def digest(*parts: str) -> str:
    """How everything here is hashed."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def digest_of(record: EvidenceRecord) -> str:
    """The hash of a record's facts."""
    key, moment = str(record.delivery_key or ""), record.at.isoformat()
    return digest_of_facts(str(record.uuid), moment, record.kind, key, record.subject, record.actor, record.payload)


def digest_of_facts(uuid: str, at: str, kind: str, delivery: str, subject: str, actor: str, payload: Any) -> str:
    """The same from the facts as they are written down outside of the database."""
    said = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return digest(uuid, at, kind, delivery, subject, actor, said)


def build(
    kind: str,
    *,
    actor: str = "",
    delivery: Delivery | None = None,
    subject: str = "",
    payload: dict[str, Any] | None = None,
    at: datetime | None = None,
) -> EvidenceRecord:
    """An unsaved record, hashed; for callers that save several at once."""
    facts = {**(delivery.as_evidence() if delivery else {}), **(payload or {})}
    record = EvidenceRecord(
        uuid=uuid.uuid4(),
        at=at or timezone.now(),
        kind=kind,
        delivery_key=delivery.key if delivery else None,
        subject=subject,
        actor=actor,
        payload=json.loads(json.dumps(facts, default=str)),
    )
    record.sha256 = digest_of(record)
    return record


def record(
    kind: str,
    *,
    actor: str = "",
    delivery: Delivery | None = None,
    subject: str = "",
    payload: dict[str, Any] | None = None,
) -> EvidenceRecord:
    """Write one fact, in the caller's transaction: it stands exactly when the change it tells of stands."""
    fact = build(kind, actor=actor, delivery=delivery, subject=subject, payload=payload)
    return statements.inserted(fact, statements.run(statements.insert(fact)))


def merkle_root(leaves: Sequence[str]) -> str:
    """The root over hex hashes; an odd last one is carried up unchanged."""
    row = list(leaves)
    while len(row) > 1:
        row = [digest(*row[i : i + 2]) if i + 1 < len(row) else row[i] for i in range(0, len(row), 2)]
    return row[0] if row else GENESIS


def _block_hash(block: EvidenceBlock) -> str:
    return digest(str(block.number), block.sealed_at.isoformat(), block.root, block.previous, str(block.size))


def seal(now: datetime | None = None) -> int:
    """Link the unsealed records into one block; returns how many. Safe to run twice and from several processes."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [SEALER_LOCK])
                if not cursor.fetchone()[0]:
                    return 0
        unsealed = EvidenceRecord.objects.filter(block__isnull=True).order_by("id")
        leaves = list(unsealed.values_list("pk", "sha256")[:BATCH])
        if not leaves:
            return 0
        last = EvidenceBlock.objects.order_by("-number").first()
        block = EvidenceBlock(
            number=last.number + 1 if last else 1,
            sealed_at=now or timezone.now(),
            root=merkle_root([sha256 for _pk, sha256 in leaves]),
            previous=last.sha256 if last else GENESIS,
            size=len(leaves),
        )
        block.sha256 = _block_hash(block)
        block.save(force_insert=True)
        _link([pk for pk, _sha256 in leaves], block)
        return len(leaves)


def _link(numbers: Sequence[int], block: EvidenceBlock) -> None:
    """Put the records into the block, in the order of their numbers: one statement, however many there are."""
    marks = ", ".join(["%s"] * len(numbers))
    with connection.cursor() as cursor:
        cursor.execute(LINK.format(marks=marks), [block.pk, *numbers])


def verify(now: datetime) -> list[str]:
    """Prove the whole chain, and write down when that was done and what was found, for the page on health."""
    found = list(faults())
    Heartbeat.objects.update_or_create(
        name=VERIFIED,
        defaults={
            "at": now,
            "detail": {
                "faults": found[:50],
                "count": len(found),
                "records": EvidenceRecord.objects.count(),
                "blocks": EvidenceBlock.objects.count(),
            },
        },
    )
    return found


def faults() -> Iterator[str]:
    """Every place where the chain does not hold, in words; nothing when it is whole."""
    previous, expected = GENESIS, 1
    for block in EvidenceBlock.objects.order_by("number").iterator():
        if block.number != expected:
            yield f"Block {expected} is missing."
        if block.previous != previous:
            yield f"Block {block.number} does not continue the block before it."
        if block.sha256 != _block_hash(block):
            yield f"Block {block.number} was changed."
        records = list(block.records.order_by("position"))
        if len(records) != block.size:
            yield f"Block {block.number} holds {len(records)} records, not {block.size}."
        for item in records:
            if item.sha256 != digest_of(item):
                yield f"Record {item.uuid} in block {block.number} was changed."
        if merkle_root([item.sha256 for item in records]) != block.root:
            yield f"The records of block {block.number} do not give its root."
        previous, expected = block.sha256, block.number + 1
    for item in EvidenceRecord.objects.filter(block__isnull=True).iterator():
        if item.sha256 != digest_of(item):
            yield f"Record {item.uuid}, not sealed yet, was changed."
