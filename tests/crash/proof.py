"""What must hold when all is settled, whatever was killed."""

from publishing import evidence
from publishing.models import Attempt, Delivery, Receipt, State


def prove(scene, fake, channel, count):
    """None lost, none doubled; what nobody can know is in a person's list; the evidence is whole."""
    deliveries, seen = list(scene.deliveries(channel)), scene.seen(fake)
    assert len(deliveries) == count
    assert all(number == 1 for number in seen.values()), "something is there twice"
    for delivery in deliveries:
        there = seen[scene.named(delivery)]
        if delivery.state == State.UNCERTAIN and not scene.surely:
            assert delivery in Delivery.objects.needing_a_person()
        else:
            assert (delivery.state, there) == (State.DELIVERED, 1), delivery.state_reason
            assert Receipt.objects.filter(delivery=delivery).count() == 1
    assert not Attempt.objects.filter(outcome=Attempt.Outcome.OPEN).exists()
    while evidence.seal():
        pass
    assert list(evidence.faults()) == []
