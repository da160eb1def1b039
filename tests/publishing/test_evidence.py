"""Evidence can be added to, never changed unseen."""

import pytest
from django.core.management import CommandError, call_command

from publishing import evidence, sending
from publishing.models import EvidenceBlock, EvidenceRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain(schedule):
    for number in range(3):
        schedule(f"Post {number}")
        sending.send_due()
        evidence.seal()
    assert EvidenceBlock.objects.count() == 3


def test_a_whole_chain_holds(chain, capsys):
    call_command("verify_evidence")
    assert "the chain holds" in capsys.readouterr().out


@pytest.mark.parametrize(
    "tamper",
    [
        lambda: EvidenceRecord.objects.filter(pk=EvidenceRecord.objects.first().pk).update(actor="somebody else"),
        lambda: EvidenceRecord.objects.first().delete(),
        lambda: EvidenceBlock.objects.filter(number=2).update(root="0" * 64),
        lambda: (
            EvidenceRecord.objects.filter(block__number=2).delete(),
            EvidenceBlock.objects.get(number=2).delete(),
        ),
    ],
)
def test_tampering_is_found(chain, tamper):
    tamper()
    with pytest.raises(CommandError):
        call_command("verify_evidence")


def test_sealing_nothing_makes_no_block(db):
    assert evidence.seal() == 0
    assert not EvidenceBlock.objects.exists()


def test_evidence_carries_no_text(chain):
    assert "Post 0" not in str(list(EvidenceRecord.objects.values_list("payload", flat=True)))
