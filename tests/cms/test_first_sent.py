"""When the public first got something: not when it was last corrected."""

from datetime import UTC, datetime

import time_machine

from campaigns.coverage import Period
from campaigns.models import Placement
from cms.measures.sent import first_sent
from publishing.models import Delivery, State

OCTOBER, NOVEMBER = Period.of_month((2026, 10)), Period.of_month((2026, 11))
FIRST, LATER = datetime(2026, 10, 20, 9, 0, tzinfo=UTC), datetime(2026, 11, 3, 9, 0, tzinfo=UTC)


def test_a_page_that_was_updated_is_dated_by_its_first_publication(newsroom):
    with time_machine.travel(FIRST, tick=False):
        page = newsroom.publish(title="Lygter")
    with time_machine.travel(LATER, tick=False):
        newsroom.approve(newsroom.change(page, title="Lygter på cyklen"))
        newsroom.send(page)
    assert Placement.objects.get().delivery.sent_at == LATER
    assert first_sent(OCTOBER) == {page.pk: FIRST} and first_sent(NOVEMBER) == {}
    assert first_sent(Period(OCTOBER.first, NOVEMBER.last)) == {page.pk: FIRST}


def test_a_post_that_was_edited_is_dated_by_the_post(newsroom):
    with time_machine.travel(FIRST, tick=False):
        page = newsroom.approved(title="Lygter")
    post = Delivery.objects.get()
    Delivery.objects.update(state=State.DELIVERED, sent_at=FIRST)
    told = {name: getattr(post, name) for name in ("channel", "headline", "message_json", "message_sha256", "labels")}
    times = dict.fromkeys(("sent_at", "due_at", "next_at"), LATER)
    Placement.objects.update(delivery=Delivery.objects.create(**told, **times, state=State.DELIVERED, edits=post))
    assert first_sent(OCTOBER) == {page.pk: FIRST} and first_sent(NOVEMBER) == {}
