"""What is odd in the source is settled one by one, with who and when, and can be opened again."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import ModelLogEntry

from campaigns import anomalies
from campaigns.models import Anomaly

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(as_user, loaded):
    def send(code="A01", user="editor", **data):
        row = Anomaly.objects.get(code=code)
        return as_user(user).post(reverse("anomalies:index"), {"anomaly": row.pk, **data}, follow=True)

    return send


def anomaly(code="A01"):
    return Anomaly.objects.get(code=code)


def test_the_page_shows_what_is_printed_the_proposal_and_the_initiatives(as_user, loaded):
    page = as_user("editor").get(reverse("anomalies:index")).content.decode()
    for row in Anomaly.objects.prefetch_related("initiatives"):
        assert f'id="{row.code}"' in page
    assert "11051 1140, 1158" in page
    assert reverse("initiative:edit", args=[anomaly("A08").initiatives.first().pk]) in page


def test_accepting_the_proposal_settles_it_with_who_and_when(post, cast):
    post(action="accept")
    row = anomaly()
    assert (row.decision, row.settled_by) == (row.proposal_da, cast.editor)
    assert row.settled_at is not None
    entry = ModelLogEntry.objects.get(action="campaigns.anomaly_settled")
    assert (entry.user, entry.data["decision"]) == (cast.editor, row.decision)


def test_a_decision_of_ones_own_is_kept_as_written(post):
    post(action="settle", decision="  Enheden siger 1095.  ")
    assert anomaly().decision == "Enheden siger 1095."


def test_settling_without_a_word_is_explained_at_the_field(post):
    response = post("A02", action="settle", decision="   ")
    assert response.status_code == 422
    page = response.content.decode()
    assert f'aria-describedby="fault-{anomaly("A02").pk}"' in page
    assert anomaly("A02").settled_at is None


def test_it_can_be_opened_again_and_the_words_stay(post):
    post(action="settle", decision="Spørg igen.")
    post(action="reopen")
    row = anomaly()
    assert (row.settled_at, row.settled_by, row.decision) == (None, None, "Spørg igen.")
    assert ModelLogEntry.objects.filter(action="campaigns.anomaly_reopened").count() == 1


def test_of_two_who_settle_at_once_the_first_counts(loaded, cast):
    first, second = anomaly(), anomaly()
    assert anomalies.settle(first, "Den første", by=cast.editor)
    assert not anomalies.settle(second, "Den anden", by=cast.admin)
    assert anomaly().decision == "Den første"


def test_readers_read_and_settle_nothing(post, as_user, loaded, cast, refused):
    assert "<textarea" not in as_user("writer").get(reverse("anomalies:index")).content.decode()
    assert refused(as_user("outsider").get(reverse("anomalies:index")))
    post(user="writer", action="accept")
    assert anomaly().settled_at is None
    with pytest.raises(PermissionDenied):
        anomalies.reopen(anomaly(), by=cast.writer)


def test_when_all_are_settled_the_page_says_so(as_user, loaded, cast):
    for row in Anomaly.objects.all():
        anomalies.settle(row, "Afgjort.", by=cast.editor)
    response = as_user("editor").get(reverse("anomalies:index"))
    assert response.context["open"] == []
    assert len(response.context["settled"]) == 18


def test_without_a_strategy_the_page_teaches(as_user, cast):
    assert as_user("editor").get(reverse("anomalies:index")).status_code == 200
