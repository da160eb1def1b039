"""Who must sign a court result, by what it is about: routes are data, and each signature is another person's."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from wagtail.models import Workflow, WorkflowTask

from cms import decisions, waiting
from cms.court import filing, progress, questions, reporting
from cms.court.models import Report, Route
from cms.models import Approval, CourtResult, FourEyesTask
from publishing.models import Delivery
from tests.cms.court.desk import CONVICTED, told

pytestmark = pytest.mark.django_db


def sign(report, user):
    page = CourtResult.objects.get(pk=report.page_id)
    decisions.approve(page, by=user, shown=decisions.seal(page))
    return CourtResult.objects.get(pk=report.page_id)


def refused(report, user):
    with pytest.raises(PermissionDenied) as told:
        sign(report, user)
    return str(told.value)


@pytest.fixture
def lawyers(cast):
    second = cast.user("second")
    second.groups.set(cast.legal.groups.all())
    return cast.legal, second


def test_a_lawyer_signs_the_facts_then_an_editor_the_words_and_then_it_is_planned(filed, cast):
    refused(filed, cast.editor)
    page = sign(filed, cast.legal)
    assert page.current_workflow_task.name == "Sprog"
    assert not Approval.objects.exists()
    sign(filed, cast.editor)
    assert Approval.objects.get().page_id == filed.page_id
    assert Delivery.objects.count() == 3


DELICATE = [
    {"t1-age": "17"},
    {"sexual_offence": "on"},
    {"minor_victim": "on"},
    {"police_employee": "on"},
    {"restrictions_answer": "some", "r1-kind": "name", "r1-whom": "1"},
    {"restrictions_answer": "some", "r1-kind": "closed_doors", "r1-whom": "1"},
]


def test_who_signed_is_not_asked_again_for_the_signature_of_another_person(telephone, square, lawyers):
    telephone.begin()
    telephone.file(square.unit, **{"t1-age": "17"})
    first, _second = lawyers
    sign(telephone.report, first)
    assert [list(waiting.to_approve(user)) != [] for user in lawyers] == [False, True]
    assert [decisions.waiting_for(user) != [] for user in lawyers] == [False, True]


@pytest.mark.parametrize("answers", DELICATE, ids=lambda answers: "-".join(answers))
def test_delicate_results_want_a_second_lawyer_who_is_another_person(telephone, square, lawyers, cast, answers):
    telephone.begin()
    assert telephone.file(square.unit, **answers).status_code == 302
    report, (first, second) = telephone.report, lawyers
    sign(report, first)
    assert "skal en anden give" in refused(report, first)
    assert sign(report, second).current_workflow_task.name == "Sprog"
    sign(report, cast.editor)
    assert Approval.objects.exists()


def test_a_route_can_be_changed_without_code(filed, telephone, square, cast):
    task = FourEyesTask.objects.create(name="Ledelsen")
    task.groups.set(cast.management.groups.all())
    workflow = Workflow.objects.create(name="Kun ledelsen")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    Route.objects.filter(circumstances=[]).update(workflow=workflow)
    assert "Send den tilbage" in refused(filed, cast.legal)  # it was submitted for other signatures
    telephone.client.post(reverse("court:reopen", args=[filed.key]))
    answer = telephone.post("file", declared="1", **CONVICTED)
    assert answer.status_code == 302, told(answer)
    sign(filed, cast.management)
    assert Approval.objects.exists()


def test_the_prosecutor_never_approves_their_own_result_whatever_groups_they_are_in(filed, cast):
    cast.prosecutor.groups.add(*cast.legal.groups.all())
    assert "Du har indberettet denne dom" in refused(filed, cast.prosecutor)


def test_a_restriction_that_comes_meanwhile_asks_for_more_signatures(filed, cast):
    sign(filed, cast.legal)
    from cms.court import restricting

    restricting.register(filed.case, kind="name", state="active", by=cast.prosecutor, on=filed.confirmed_at.date())
    refused(filed, cast.editor)
    assert not Approval.objects.exists()


def reword(report, old, new, *, by):
    latest = CourtResult.objects.get(pk=report.page_id).get_latest_revision_as_object()
    assert old in latest.summary
    latest.summary = latest.summary.replace(old, new)
    latest.save_revision(user=by)


def test_words_that_change_a_fact_wait_for_the_prosecutor(filed, cast):
    reword(filed, "3 års fængsel", "13 års fængsel", by=cast.editor)
    assert questions.open_questions(CourtResult.objects.get(pk=filed.page_id))
    assert "siger noget andet end oplysningerne" in refused(filed, cast.legal)
    assert progress.of(Report.objects.get(pk=filed.pk)).back


def test_the_prosecutor_may_confirm_such_words_and_only_those(filed, cast, telephone):
    reword(filed, "3 års fængsel", "13 års fængsel", by=cast.editor)
    address = reverse("court:read", args=[filed.key])
    shown = telephone.client.get(address).context["shown"]
    reword(filed, "13 års fængsel", "14 års fængsel", by=cast.editor)
    confirm = reverse("court:confirm_words", args=[filed.key])
    telephone.client.post(confirm, {"shown": shown})
    assert questions.open_questions(CourtResult.objects.get(pk=filed.page_id))
    telephone.client.post(confirm, {"shown": telephone.client.get(address).context["shown"]})
    assert not questions.open_questions(CourtResult.objects.get(pk=filed.page_id))
    sign(filed, cast.legal)


def test_other_words_for_the_same_facts_need_no_prosecutor_but_the_lawyer_again(filed, cast):
    sign(filed, cast.legal)
    reword(filed, "En 31-årig mand er", "En mand på 31 år er", by=cast.editor)
    assert not questions.open_questions(CourtResult.objects.get(pk=filed.page_id))
    other = cast.user("other_editor")
    other.groups.set(cast.editor.groups.all())
    page = sign(filed, other)
    assert page.current_workflow_task.name == "Fakta"  # of the new words
    assert not Approval.objects.exists()


def test_what_is_sent_back_can_be_corrected_and_filed_again(filed, cast, telephone):
    page = CourtResult.objects.get(pk=filed.page_id)
    decisions.send_back(page, by=cast.legal, note="Var det ikke 4 år?")
    assert telephone.report.state == Report.State.RETURNED
    shown = telephone.client.get(reverse("court:index")).content.decode()
    assert "Var det ikke 4 år?" in shown
    assert "Var det ikke 4 år?" in telephone.client.get(telephone.address).content.decode(), "beside what is corrected"
    assert telephone.post("file", declared="1", **{"t1-prison_years": "4"}).status_code == 302
    telephone.client.force_login(cast.legal)
    court = telephone.client.get(reverse("approval:look", args=[filed.page_id])).context["court"]
    assert [(before.split()[0], after.split()[0]) for _label, before, after in court["changed"]] == [("3", "4")]
    sign(filed, cast.legal)
    sign(filed, cast.editor)
    assert "4 års fængsel" in Approval.objects.get().revision.as_object().summary


def test_facts_that_are_being_corrected_cannot_be_approved(filed, cast):
    reporting.reopen(Report.objects.get(pk=filed.pk), by=cast.prosecutor)
    refused(filed, cast.legal)


def test_the_approver_sees_the_facts_the_difference_and_what_may_not_be_said(filed, cast, client):
    Report.objects.filter(pk=filed.pk).update(not_to_be_said="Adressen i Vanløse")
    reword(filed, "3 års fængsel", "13 års fængsel", by=cast.editor)
    client.force_login(cast.legal)
    shown = client.get(reverse("approval:look", args=[filed.page_id]))
    assert shown.context["court"]["differences"]
    assert "Adressen i Vanløse" in shown.content.decode()
    client.force_login(cast.planner)  # may edit, and is not asked
    assert "Adressen i Vanløse" not in client.get(reverse("approval:look", args=[filed.page_id])).content.decode()


def test_routes_are_seen_by_administrators_only(cast, client):
    address = reverse("court_routes:index")
    for who in ("prosecutor", "writer", "editor", "legal", "duty", "archive", "outsider"):
        client.force_login(getattr(cast, who))
        assert client.get(address).status_code in (302, 403, 404)
    client.force_login(cast.admin)
    assert "Følsomme domme" in client.get(address).content.decode()


def test_filing_says_what_is_missing_with_its_field(telephone, cast):
    report = telephone.begin()
    with pytest.raises(filing.Incomplete) as told:
        filing.file(report, by=cast.prosecutor)
    assert {"police_number", "t1-age", "t1-outcome", "restrictions_answer", "unit"} <= {
        gap.field for gap in told.value.gaps
    }
