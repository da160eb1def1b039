"""Letters about what waits: when each wants them, once, and with nothing in them that must stay in the house."""

from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.core import mail
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from cms import digest_times, digests
from cms.models import DigestWish, Post
from publishing import needs, stopping
from publishing.models import Channel, Delivery, State
from publishing.models.delivery import FAR
from tests.cast import approve, draft, place, submit

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # Tuesday, ten o'clock in Copenhagen
HOUR = timedelta(hours=1)
moments = st.datetimes(datetime(2024, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))


@given(st.sampled_from(["daily", "weekly"]), st.integers(0, 23), st.integers(0, 6), moments)
def test_a_list_is_due_once_in_its_period_and_never_ahead(rhythm, hour, weekday, now):
    due = digest_times.latest(rhythm, hour, weekday, now)
    longest = timedelta(days=digest_times.DAYS[rhythm], hours=1)  # a day with 25 hours
    assert now - longest <= due <= now
    assert digest_times.latest(rhythm, hour, weekday, due) == due
    assert digest_times.latest("off", hour, weekday, now) is None


@given(st.times(), moments)
def test_hours_that_are_equal_are_never_quiet_and_the_two_halves_are_the_day(start, now):
    assert not digest_times.is_quiet(start, start, now)
    end = time(12)
    if start != end:
        assert digest_times.is_quiet(start, end, now) is not digest_times.is_quiet(end, start, now)


@pytest.fixture
def channel(db, scripted_kinds):
    with time_machine.travel(NOW, tick=False):
        yield Channel.objects.create(kind="scripted", name="X", slug="x")


@pytest.fixture
def outbox(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    return mail


@pytest.fixture
def planned(cast, channel):
    found = draft(Post, by=cast.writer, title="Aktion på Amager", summary="Jens Hansen er anholdt.")
    place(found, channel, due=NOW + HOUR)
    approve(submit(found, by=cast.writer), by=cast.editor)
    mail.outbox.clear()
    return Delivery.objects.get()


def wish(user, **fields):
    return DigestWish.objects.create(user=user, **fields)


def sent(moment):
    with time_machine.travel(moment, tick=False):
        return digests.send_due(moment)


def fail(delivery):
    Delivery.objects.filter(pk=delivery.pk).update(state=State.FAILED, next_at=FAR, state_reason="X afviste det.")


def test_a_list_goes_once_at_its_hour_and_says_no_title_and_no_text(cast, planned, outbox):
    wish(cast.duty, rhythm="daily", hour=8)
    stopping.hold(planned, reason="Natsværmer er ikke afsluttet.", by=cast.duty)
    assert sent(NOW) == 0  # its hour had passed when it was asked for
    tomorrow = NOW + timedelta(days=1)
    assert [sent(tomorrow - 3 * HOUR), sent(tomorrow), sent(tomorrow + HOUR)] == [0, 1, 0]
    [letter] = outbox.outbox
    whole = f"{letter.subject}\n{letter.body}"
    assert letter.to == ["duty@example.org"] and reverse("publishing_desk:needs_you") in whole
    assert not any(word in whole for word in ("Amager", "Hansen", "Natsværmer"))


def test_nothing_waiting_is_no_letter_and_neither_is_what_was_left_out(cast, planned, outbox):
    wish(cast.writer, rhythm="daily", hour=8)
    wish(cast.duty, rhythm="weekly", hour=8, weekday=2, without=["held", "approvals"])
    stopping.hold(planned, reason="Vent", by=cast.duty)
    assert sent(NOW + timedelta(days=1)) == 0
    DigestWish.objects.filter(user=cast.duty).update(without=[])
    assert sent(NOW + timedelta(days=2)) == 0  # this week's was settled
    assert sent(NOW + timedelta(days=8)) == 1


def test_what_is_urgent_is_told_at_once_and_each_thing_once(cast, planned, outbox):
    wish(cast.duty, urgent=True)
    wish(cast.archive, urgent=True)  # decides nothing
    assert sent(NOW) == 0
    fail(planned)
    assert [sent(NOW), sent(NOW + HOUR)] == [1, 0]
    [letter] = outbox.outbox
    assert letter.to == ["duty@example.org"] and "Amager" not in letter.subject + letter.body


def test_at_night_it_waits_until_somebody_is_up(cast, planned, outbox):
    wish(cast.duty, urgent=True)
    fail(planned)
    night = NOW + timedelta(hours=13)  # 23 o'clock
    assert [sent(night), sent(night + 6 * HOUR), sent(night + 8 * HOUR)] == [0, 0, 1]


def test_two_workers_send_one_letter(cast, planned, outbox, monkeypatch):
    mine = wish(cast.duty, urgent=True)
    fail(planned)
    DigestWish.objects.claim(mine)
    assert digests._at_once(mine) == 0 and not outbox.outbox


def test_who_has_left_or_may_not_enter_gets_nothing(cast, planned, outbox):
    fail(planned)
    wish(cast.outsider, urgent=True, rhythm="daily")
    wish(cast.duty, urgent=True)
    type(cast.duty).objects.filter(pk=cast.duty.pk).update(is_active=False)
    assert sent(NOW + timedelta(days=1)) == 0


def test_everybody_chooses_on_the_page_of_their_account(client, cast):
    for key in ("editor", "prosecutor"):
        client.force_login(getattr(cast, key))
        answer = client.get(reverse("wagtailadmin_account"))
        assert 'name="digest-rhythm"' in answer.content.decode()
    client.force_login(cast.editor)
    panels = [panel for panels in answer.context["panels_by_tab"].values() for panel in panels]
    data = {}
    for panel in panels:
        form = panel.get_form()
        data |= {form[name].html_name: form[name].value() or "" for name in form.fields}
    kinds = [key for key, _label in needs.kinds() if key != "held"]
    chosen = {"digest-rhythm": "weekly", "digest-weekday": "4", "digest-urgent": "on", "digest-kinds": kinds}
    times = {"digest-hour": "6", "digest-quiet_from": "21:00", "digest-quiet_until": "05:30"}
    answer = client.post(reverse("wagtailadmin_account"), {**data, **chosen, **times, "name_email-last_name": "E"})
    assert answer.status_code == 302
    kept = DigestWish.objects.get(user=cast.editor)
    assert (kept.rhythm, kept.hour, kept.weekday, kept.urgent) == ("weekly", 6, 4, True)
    assert kept.without == ["held"] and kept.quiet_from == time(21)
