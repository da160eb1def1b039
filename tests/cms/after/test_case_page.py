"""The page of a case: all that was published on it, for its prosecutors; read by lawyers; not there for others."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cms.after import incidents
from cms.court import closing
from cms.court.models import Case, CasePage, Defendant, Report, Restriction
from cms.models import CourtResult, Export, Incident, Post
from publishing.models import EvidenceRecord
from tests.cms.after.conftest import settle

RESULT = "En 33-årig mand er idømt to måneders fængsel. Dommen er ikke endelig."


@pytest.fixture
def case(cast, out, channel):
    """Two pieces of content on two channels, a report that somebody was told of, a lifted ban."""
    page = out(CourtResult, title="Dom i kældersag", summary=RESULT)
    post = out(Post, channels=[channel], title="Opslag om kældre", summary="Lås din kælder.")
    case = Case.objects.create(nickname="Kælderrum", owner=cast.prosecutor)
    report = Report.objects.create(
        case=case, prosecutor=cast.prosecutor, page=page, state="filed", defence_told_at=timezone.now()
    )
    Defendant.objects.create(report=report, number=1, outcome="convicted", finality="final")
    Restriction.objects.create(
        case=case, defendant_number=1, kind="name", state="lifted", registered_by=cast.prosecutor
    )
    CasePage.objects.create(case=case, page_id=post.pk, by=cast.prosecutor)
    return case


def url(case, name="case"):
    return reverse(f"court_desk:{name}", args=[case.key])


def test_it_shows_everything_published_on_every_channel_with_state_address_and_times(cast, client, case):
    client.force_login(cast.prosecutor)
    text = client.get(url(case)).content.decode()
    for said in (
        "Dom i kældersag",
        "Opslag om kældre",
        "Website",
        "Scripted",
        "https://example.org/",
        "ikke orienteret endnu",
    ):
        assert said in text, said
    for page_id in case.page_ids():
        assert reverse("incidents:report", args=[page_id]) in text


def test_what_was_taken_down_stays_on_the_page_with_the_incident(cast, client, case):
    page = CourtResult.objects.get()
    incidents.report(page, by=cast.prosecutor, what="person", why="Set i retten.")
    settle()
    client.force_login(cast.prosecutor)
    text = client.get(url(case)).content.decode()
    assert "trukket tilbage" in text
    assert Incident.objects.get().get_what_display() in text
    assert "frist" in text


def test_a_legal_approver_reads_it_changes_nothing_and_leaves_a_trace(cast, client, case):
    client.force_login(cast.legal)
    answer = client.get(url(case))
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "Dom i kældersag" in text
    assert 'action="/admin/court' not in text
    assert EvidenceRecord.objects.get(kind="case.read").actor == "legal"
    assert "Kælderrum" in client.get(reverse("court_desk:cases")).content.decode()
    for name in ("close", "export", "link", "confirm", "register", "earlier"):
        assert client.post(url(case, name)).status_code == 404


def test_for_everybody_else_it_is_not_there(cast, client, case):
    for who in ("writer", "editor", "duty", "archive", "management", "planner", "admin", "outsider"):
        client.force_login(getattr(cast, who))
        assert client.get(url(case)).status_code in (302, 404), who
        for name in ("close", "export"):
            assert client.post(url(case, name)).status_code in (302, 404), who
        assert "Kælderrum" not in client.get(reverse("court_desk:cases")).content.decode(), who
    assert not Export.objects.exists()
    assert Case.objects.get().closed_at is None


def test_the_list_of_cases_tells_them_apart_by_their_judgment_in_few_queries(cast, client, case):
    client.force_login(cast.prosecutor)
    assert "Dom i kældersag" in client.get(reverse("court_desk:cases")).content.decode()
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("court_desk:cases"))
    for number in range(5):
        Case.objects.create(nickname=f"Sag {number}", owner=cast.prosecutor)
    with CaptureQueriesContext(connection) as more:
        client.get(reverse("court_desk:cases"))
    assert len(more) <= len(few)


def test_another_prosecutor_does_not_see_it(cast, client, case):
    other = cast.user("anden")
    other.groups.add(*cast.prosecutor.groups.all())
    client.force_login(other)
    assert client.get(url(case)).status_code == 404


def test_it_is_closed_when_nothing_is_asked_any_more_and_opened_again(cast, client, case):
    client.force_login(cast.prosecutor)
    Defendant.objects.update(finality="first_instance")
    client.post(url(case, "close"))
    assert Case.objects.get().closed_at is None
    with pytest.raises(closing.NotClosed):
        closing.close(case, by=cast.prosecutor)
    Defendant.objects.update(finality="final")
    client.post(url(case, "close"))
    assert Case.objects.get().closed_at is not None
    assert "closed" in client.get(url(case)).content.decode()
    client.post(url(case, "close"))
    assert Case.objects.get().closed_at is None
    assert set(EvidenceRecord.objects.filter(subject=case.subject).values_list("kind", flat=True)) >= {
        "case.closed",
        "case.reopened",
    }


def test_its_export_is_asked_for_here_and_stands_here(cast, client, case):
    client.force_login(cast.prosecutor)
    assert client.post(url(case, "export")).status_code == 302
    assert Export.objects.get().case == case
    assert "bestilt" in client.get(url(case)).content.decode().lower()
