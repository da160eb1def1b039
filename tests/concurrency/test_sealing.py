"""The chain of evidence is whole, whoever seals it and however often."""

import pytest

from publishing import evidence
from publishing.models import EvidenceBlock, EvidenceRecord


def write(count):
    for number in range(count):
        evidence.record("test", subject=f"test:{number}")


def test_sealers_that_work_at_once_leave_one_whole_chain(race, monkeypatch):
    monkeypatch.setattr(evidence, "BATCH", 7)

    def seal():
        return sum(evidence.seal() for _ in range(40))

    race(lambda: write(60), lambda: write(60), seal, seal, seal)
    while evidence.seal():
        pass
    assert list(evidence.faults()) == []
    assert not EvidenceRecord.objects.filter(block__isnull=True).exists()
    assert sum(EvidenceBlock.objects.values_list("size", flat=True)) == EvidenceRecord.objects.count() == 120
    numbers = list(EvidenceBlock.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_sealer_that_dies_leaves_its_records_to_the_next(monkeypatch):
    write(10)

    class Died(BaseException):
        pass

    def die(*args, **more):
        raise Died

    with monkeypatch.context() as patch:
        patch.setattr(evidence, "_link", die)
        with pytest.raises(Died):
            evidence.seal()
    assert not EvidenceBlock.objects.exists()
    assert evidence.seal() == 10
    assert list(evidence.faults()) == []
