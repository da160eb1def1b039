"""A prosecutor who sees nothing else of the admin can still report a possible error, and review and fetch their own."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cms.after import exporting
from cms.court.models import Case, Report
from cms.models import CourtResult, Incident, Lifetime

RESULT = "En 33-årig mand er idømt to måneders fængsel. Dommen er ikke endelig."


def test_their_own_result_and_no_other(cast, client, out):
    story = out()
    page = out(CourtResult, title="Dom i kældersag", summary=RESULT)
    case = Case.objects.create(nickname="Kælderrum", owner=cast.prosecutor)
    Report.objects.create(case=case, prosecutor=cast.prosecutor, page=page, state="filed")
    client.force_login(cast.prosecutor)
    assert client.get(reverse("incidents:report", args=[story.pk])).status_code == 404
    assert client.get(reverse("incidents:review", args=[story.pk])).status_code == 404
    Lifetime.objects.filter(page_id=page.pk).update(review_on=timezone.localdate() + timedelta(days=9))
    assert client.get(reverse("incidents:review", args=[page.pk])).status_code == 200
    export = exporting.ask_case(case, by=cast.prosecutor)
    exporting.build_waiting(timezone.now())
    assert client.get(reverse("exports:fetch", args=[export.key])).status_code == 200
    words = {"what": "person", "why": "Set i retten."}
    assert client.post(reverse("incidents:report", args=[page.pk]), words).status_code == 302
    assert not CourtResult.objects.get(pk=page.pk).live
    assert client.get(reverse("incidents:show", args=[Incident.objects.get().key])).status_code == 200
    assert client.get(reverse("exports:list")).status_code == 404
