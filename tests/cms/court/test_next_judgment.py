"""From the first judgment to the one on appeal, by the forms that people use."""

from django.urls import reverse
from django.utils import timezone

from cms import guards
from cms.court.models import EarlierPost, FollowUp, Report
from cms.models import CourtResult
from publishing import sending
from publishing.models import Delivery, State
from tests.cms.court import cases
from tests.cms.court.desk import told


def test_a_judgment_on_appeal_is_reported_from_the_first_one_and_asks_about_what_is_out(telephone, filed, cast, client):
    guards.install()
    cases.signed(CourtResult.objects.get(pk=filed.page_id), cast)
    Delivery.objects.update(due_at=timezone.now(), next_at=timezone.now())
    sending.send_due()
    assert set(Delivery.objects.values_list("state", flat=True)) == {State.DELIVERED}
    client.force_login(cast.prosecutor)
    address = reverse("court_desk:standing", args=[filed.case.key, 1])
    for event in ("appealed", "judged_on_appeal"):
        client.post(address, {"event": event, "on": str(timezone.localdate())})
    follow_up = FollowUp.objects.get()
    answer = client.post(reverse("court_desk:follow_up_report", args=[filed.case.key, follow_up.pk]))
    telephone.address = answer.url
    report = telephone.report
    assert set(report.channels.all()) == set(filed.channels.all())
    assert (report.court, report.instance) == ("eastern", 2)
    last = {
        "t1-outcome": "acquitted",
        "t1-sanction_kinds": [],
        "t1-stance": "accepted",
        "t1-prosecution": "accepted",
        "declared": "1",
    }
    answer = telephone.post(
        "file", restrictions_answer="none", defence_told="now", victim_told="no", senior_told="no", **last
    )
    assert answer.status_code == 302, told(answer)
    assert Report.objects.get(pk=report.pk).page_id
    assert EarlierPost.objects.undecided().filter(why="acquittal").count() == 3
    assert FollowUp.objects.get().report == report
    assert not EarlierPost.objects.filter(page_id=telephone.report.page_id).exists()
