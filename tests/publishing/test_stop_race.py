"""STOP against workers that are sending as fast as they can: nothing begins after it has returned."""

import threading
import time

import pytest
from django.db import connection
from django.utils import timezone

from publishing import sending, stopping
from publishing.models import Attempt, Delivery


@pytest.mark.django_db(transaction=True)
def test_no_send_begins_after_stop_has_returned(schedule, script, channel):
    channel.concurrency = 4
    channel.save()
    for number in range(300):
        schedule(f"Post {number}")
    begun = []
    script.during = lambda: begun.append(time.monotonic())

    def work():
        try:
            sending.pump(channel.pk, seconds=120)  # a worker that rests holds nothing
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    while len(begun) < 20:
        time.sleep(0.005)
    stopping.hold_all(reason="now", by=None)
    attempts = Attempt.objects.count()
    for worker in workers:
        worker.join()
    assert Attempt.objects.count() == attempts
    assert Delivery.objects.filter(state="held").exists()
    assert len(script.sends) == len(set(script.sends)) == attempts
    assert timezone.now() > Attempt.objects.latest("begun_at").begun_at
