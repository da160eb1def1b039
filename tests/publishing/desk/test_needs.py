"""It waits for you: what happened, what was sent, what happens by itself, and the button; for this very person."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cms import approval, glass
from publishing import deciding, followups, needs, sending, stopping
from publishing.errors import ContentRejected, NotAuthorised, OutcomeUnknown
from publishing.models import Channel, Delivery, State
from tests.cast import approve, draft, place, submit

pytestmark = pytest.mark.django_db


def url():
    return reverse("publishing_desk:needs_you")


def kinds(user):
    user = get_user_model().objects.get(pk=user.pk)  # permissions are cached on the user
    return {group.key: group.count for group in needs.groups(user)}


@pytest.fixture
def trouble(schedule, script):
    """One of each: uncertain, failed, missed, held, by hand, take-down by hand, a paused channel."""
    script.answers = [OutcomeUnknown("lost")]
    schedule("uncertain")
    sending.send_due()
    script.answers = [ContentRejected("Too long.")]
    schedule("failed")
    sending.send_due()
    schedule("missed", due=timezone.now() - timedelta(hours=3), late=timedelta(hours=1))
    sending.send_due()
    stopping.hold(schedule("held", due=timezone.now() + timedelta(hours=1)), reason="Terror", by=None)
    hand = Channel.objects.create(kind="scripted_by_hand", name="Facebook", slug="facebook")
    schedule("by hand", on=hand)
    sending.send_due()
    out = schedule("out", on=hand)
    sending.send_due()
    deciding.decide(Delivery.objects.get(pk=out.pk), "sent", by=None, permalink="https://example.org/1")
    deciding.withdraw(Delivery.objects.get(pk=out.pk), reason="wrong", by=None)
    followups.take_down(timezone.now() + timedelta(seconds=1))
    other = Channel.objects.create(kind="scripted", name="X", slug="x")
    script.answers = [NotAuthorised("The token is gone.")]
    schedule("held by the channel", on=other)
    sending.send_due()


def test_the_duty_officer_has_one_row_for_each_and_the_count_stands_in_the_menu(as_user, cast, trouble):
    expected = {
        "uncertain": 1,
        "by_hand": 1,
        "take_down": 1,
        "failed": 1,
        "missed": 1,
        "held": 2,
        "channels": 1,
    }
    assert kinds(cast.duty) == expected
    page = as_user("duty").get(url()).content.decode()
    assert "&quot;data-waiting&quot;: &quot;8&quot;" in page or '"data-waiting": "8"' in page
    for title in ("uncertain", "failed", "missed", "held", "by hand", "out", "held by the channel"):
        row = page.split(f">{title}</a></h3>")[1].split("</li>")[0]
        assert row.count("desk-badge") >= 1
        assert "<strong>" in row  # what was sent and what was not
        assert 'class="desk-quiet"' in row  # what happens by itself
        assert 'class="button' in row


@pytest.mark.parametrize("key", ["writer", "prosecutor", "legal", "planner", "management", "archive"])
def test_others_are_not_troubled_with_what_they_cannot_decide(as_user, cast, trouble, key):
    assert kinds(getattr(cast, key)) == {}
    assert as_user(key).get(url()).status_code == 200


def test_the_outsider_gets_nothing(as_user, refused):
    assert refused(as_user("outsider").get(url()))


def test_an_empty_page_says_what_would_be_here(as_user):
    assert "desk-empty" in as_user("duty").get(url()).content.decode()


def test_the_number_of_queries_does_not_grow_with_what_waits(as_user, cast, schedule, django_assert_max_num_queries):
    for number in range(30):
        stopping.hold(schedule(f"{number}", due=timezone.now() + timedelta(hours=1)), reason="Terror", by=None)
    with django_assert_max_num_queries(5):  # the person, groups and permissions, and all that waits at once
        assert needs.count(get_user_model().objects.get(pk=cast.duty.pk)) == 30


@pytest.mark.parametrize("key", ["duty", "editor", "writer", "prosecutor", "legal", "channels", "admin"])
def test_what_is_counted_of_all_kinds_at_once_is_what_each_tells(cast, trouble, channel, key):
    """The slow and obvious way is the reference: the rows of every kind, one after the other."""
    own = submit(draft(by=cast.writer, title="Afventer"), by=cast.writer)
    submit(draft(by=cast.editor, title="Egen"), by=cast.editor)
    submit(draft(by=cast.writer, title="Retur"), by=cast.writer).current_workflow_task_state.reject(user=cast.editor)
    own.save_revision(user=cast.duty)
    glass.break_glass(place(draft(by=cast.writer, title="Nu"), channel).page.specific, by=cast.duty, reason="Liv")
    Channel.objects.create(kind="scripted", name="Fejl", slug="fejl", health=Channel.Health.FAULT)
    aside = {"paused_at": timezone.now(), "paused_reason": "Ferie"}
    Channel.objects.create(kind="scripted", name="Ferie", slug="ferie", health=Channel.Health.FAULT, **aside)
    user = getattr(cast, key)
    told = {name: len(list(source.rows(user, 10**6))) for name, source in needs._sources.items()}
    assert {group.key: group.count for group in needs.groups(user)} == {name: n for name, n in told.items() if n}
    assert needs.count(user) == sum(told.values())


def test_recipients_of_a_list_show_once_through_their_list(cast, schedule, script):
    press = Channel.objects.create(
        kind="scripted_list", name="Press", slug="press", config={"recipients": ["a@example.org", "b@example.org"]}
    )
    parent = schedule("Pressemeddelelse", on=press)
    sending.send_due()
    parent.parts.update(state=State.HELD)
    [group] = needs.groups(cast.duty)
    assert (group.key, group.count) == ("held", 1)
    assert "2" in group.rows[0].happened
    assert group.rows[0].url == reverse("publishing_desk:delivery", args=[parent.pk])


def test_access_that_ends_soon_is_told(cast, channel):
    Channel.objects.update(access_expires_at=timezone.now() + timedelta(days=2))
    assert kinds(cast.duty) == {"channels": 1}
    Channel.objects.update(access_expires_at=timezone.now() + timedelta(days=60))
    assert kinds(cast.duty) == {}


def test_an_approval_waits_for_every_approver_but_the_author(as_user, cast, channel):
    page = draft(by=cast.editor, title="Borgermøde")
    place(page, channel)
    submit(page, by=cast.editor)
    assert kinds(cast.editor) == {}
    assert kinds(cast.duty) == {"approvals": 1}
    assert kinds(cast.writer) == {}
    row = as_user("duty").get(url()).content.decode().split("Borgermøde</a>")[1].split("</li>")[0]
    assert "Editor" in row


def test_the_authors_of_many_texts_are_found_as_one_by_one(cast, channel):
    pages = [draft(by=cast.writer, title="A"), draft(by=cast.editor, title="B"), draft(by=cast.writer, title="C")]
    pages[2].save_revision(user=cast.editor)
    revisions = [page.get_latest_revision() for page in pages]
    for user in (cast.writer, cast.editor, cast.duty):
        one_by_one = {revision.pk for revision in revisions if user.pk in approval.authors(revision)}
        assert approval.authored(user, revisions) == one_by_one


def test_what_was_sent_without_approval_waits_for_a_second_person(as_user, cast, channel):
    page = draft(by=cast.writer)
    place(page, channel)
    glass.break_glass(page, by=cast.duty, reason="Liv og helbred")
    assert kinds(cast.editor) == {"reviews": 1}
    assert kinds(cast.duty) == {}
    assert kinds(cast.planner) == {}
    assert "Liv og helbred" in as_user("editor").get(url()).content.decode()
    glass.review(page.approvals.get(), by=cast.editor)
    assert kinds(cast.editor) == {}


def test_a_text_sent_back_waits_for_who_asked(as_user, cast, channel):
    page = submit(draft(by=cast.writer), by=cast.writer)
    page.current_workflow_task_state.reject(user=cast.editor, comment="Mangler et tal")
    assert kinds(cast.writer) == {"sent_back": 1}
    assert "Mangler et tal" in as_user("writer").get(url()).content.decode()


def test_a_writer_is_told_that_a_channel_refused_the_text(cast, channel, script):
    page = draft(by=cast.writer)
    place(page, channel, due=timezone.now())
    approve(submit(page, by=cast.writer), by=cast.editor)
    script.answers = [ContentRejected("Too long.")]
    sending.send_due()
    assert kinds(cast.writer) == {"own_failures": 1}
    assert kinds(cast.editor) == {"failed": 1}


@pytest.mark.parametrize(
    ("name", "index"),
    [
        ("needing_a_person", "delivery_needs_person"),
        ("held", "delivery_needs_person"),
        ("missed", "delivery_needs_person"),
        ("put_aside", "delivery_needs_person"),
        ("by_hand", "delivery_channel_next"),
        ("to_take_down_by_hand", "delivery_to_take_down"),
        ("not_as_sent", "receipt_read_badly"),
    ],
)
def test_what_waits_is_found_by_an_index_however_long_the_history_is(schedule, name, index):
    schedule()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")  # with so few rows it would read them all
    plan = getattr(Delivery.objects, name)().order_by().values_list("pk", "parent_id").explain()
    assert index in plan
    assert "SCAN publishing_delivery" not in plan  # SQLite's word for reading them all
