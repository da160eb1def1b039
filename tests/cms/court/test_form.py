"""The form *Indberet en dom*, posted plainly as a telephone without a script does."""

import pytest
from django.test import Client
from django.urls import reverse

from cms.court import reporting
from cms.court.forms.whole import ReportForms
from cms.court.models import Report, Restriction
from cms.court.vocabulary import Stance
from cms.models import CourtResult
from tests.cms.court.desk import CONVICTED, Telephone

pytestmark = pytest.mark.django_db


def test_a_report_that_is_filed_becomes_a_court_result_that_waits_for_a_lawyer(filed, square):
    page = CourtResult.objects.get(pk=filed.page_id)
    latest = page.get_latest_revision_as_object()
    assert filed.state == Report.State.FILED
    assert "31-årig mand" in latest.summary
    assert "3 års fængsel for røveri" in latest.summary
    assert latest.facts["defendants"][0]["age"] == 31
    assert [tag.initiative for tag in latest.initiative_tags.all()] == [square.initiative]
    assert {row.channel for row in page.placements.all()} == {square.website, square.x, square.press}
    assert page.current_workflow_task.name == "Fakta"
    assert not page.live


def test_what_the_public_page_says_of_the_court_comes_from_the_facts(filed):
    latest = filed.page.get_latest_revision_as_object()
    assert (latest.court, latest.appeal) == ("Københavns Byret", CourtResult.Appeal.OPEN)
    assert latest.judged_on.isoformat() == latest.facts["judged_on"]


def test_the_channel_with_a_limit_has_a_text_that_fits(filed, square):
    latest = filed.page.get_latest_revision_as_object()
    (variant,) = latest.variants.all()
    assert variant.channel == square.x
    assert "ikke endelig" in variant.text
    assert len(variant.text) <= 280


@pytest.mark.parametrize("left_out", [name for name in CONVICTED if name not in ("t1-sex", "t1-plea")])
def test_nothing_is_filed_while_an_answer_is_missing(telephone, square, left_out):
    telephone.begin()
    answer = telephone.file(square.unit, **{left_out: ""})
    assert answer.status_code == 422
    assert b"data-faults" in answer.content, "What is missing is said before the form."
    assert telephone.report.state == Report.State.DRAFT
    assert not CourtResult.objects.exists()


def test_the_next_judgment_begins_with_the_channels_of_the_last_that_was_filed(filed, square, cast):
    filed.channels.set([square.website, square.press])
    assert set(reporting.start(cast.prosecutor).channels.all()) == {square.website, square.press}


def test_nothing_is_filed_without_the_declaration(telephone, square):
    telephone.begin()
    assert telephone.file(square.unit, declared="").status_code == 422
    assert not CourtResult.objects.exists()


def test_a_draft_keeps_what_is_whole_and_says_what_is_wrong(telephone):
    telephone.begin()
    answer = telephone.write(**{"t1-age": "otte"})
    assert answer.status_code == 422
    person = telephone.report.defendants.get()
    assert (person.age, person.outcome) == (None, "convicted")
    assert person.sanctions.get().years == 3
    [fault] = answer.context["faults"]
    assert fault.field == "t1-age"
    assert b'href="#id_t1-age"' in answer.content


def test_the_prosecution_appeals_for_a_conviction_and_never_for_an_acquittal(telephone):
    form = ReportForms(telephone.begin()).defendants[0]
    said = {name: {str(label) for value, label in form.fields[name].choices} for name in ("stance", "prosecution")}
    assert str(Stance.APPEALED_GUILT.label) not in said["prosecution"]
    assert str(Stance.AWAITING.label) in said["prosecution"] - said["stance"]


def test_an_older_window_cannot_undo_a_newer_one(telephone):
    telephone.begin()
    older = telephone.fields()
    telephone.write()
    answer = telephone.client.post(telephone.address, {**older, "t1-age": "99", "keep": "1"})
    assert answer.status_code == 409
    assert telephone.report.defendants.get().age == 31


def test_the_script_saves_each_change_and_is_told_the_text(telephone):
    report = telephone.begin()
    data = {**telephone.fields(), **CONVICTED, "window": "a" * 32, "number": "1"}
    answer = telephone.client.post(reverse("court:save", args=[report.key]), data)
    assert answer.status_code == 200
    said = answer.json()
    assert said["version"] == 1
    assert "3 års fængsel" in said["said"]["text"]
    assert [gap["field"] for gap in said["missing"]] == ["unit"]


def test_a_window_whose_answer_was_lost_may_repeat_itself_but_not_overtake_itself(telephone):
    report = telephone.begin()
    save, data = reverse("court:save", args=[report.key]), {**telephone.fields(), **CONVICTED, "window": "a" * 32}
    assert telephone.client.post(save, {**data, "number": "1"}).status_code == 200
    # The answer was lost, so it still thinks of version 0.
    assert telephone.client.post(save, {**data, "number": "2", "t1-age": "32"}).status_code == 200
    late = telephone.client.post(save, {**data, "number": "1", "t1-age": "31"})
    assert late.status_code == 409
    assert telephone.report.defendants.get().age == 32


def test_another_window_is_refused_and_told_which_version_there_is(telephone):
    report = telephone.begin()
    save, data = reverse("court:save", args=[report.key]), {**telephone.fields(), **CONVICTED}
    telephone.client.post(save, {**data, "window": "a" * 32, "number": "1"})
    answer = telephone.client.post(save, {**data, "window": "b" * 32, "number": "1", "t1-age": "99"})
    assert (answer.status_code, answer.json()["version"]) == (409, 1)
    assert telephone.report.defendants.get().age == 31


def test_defendants_are_added_one_by_one_and_keep_their_numbers(telephone, square):
    telephone.begin()
    telephone.post("add_defendant", **CONVICTED)
    second = {
        "t2-age": "24", "t2-outcome": "acquitted", "t2-offences": "vold", "t2-stance": "accepted",
        "t2-prosecution": "awaiting",
    }  # fmt: skip
    assert telephone.file(square.unit, **second).status_code == 302
    facts = telephone.report.page.get_latest_revision_as_object().facts
    assert [one["outcome"] for one in facts["defendants"]] == ["convicted", "acquitted"]


def test_a_defendant_is_removed_but_never_the_last(telephone):
    telephone.begin()
    telephone.post("add_defendant", **CONVICTED)
    telephone.post(**{"t1-gone": "on"})
    assert [person.number for person in telephone.report.defendants.all()] == [2]
    telephone.post(**{"t2-gone": "on"})
    assert telephone.report.defendants.count() == 1


def test_a_restriction_of_the_form_is_registered_on_the_case_when_it_is_filed(telephone, square):
    telephone.begin()
    ban = {"restrictions_answer": "some", "r1-kind": "name", "r1-whom": "1", "r1-state": "requested"}
    assert telephone.file(square.unit, **ban).status_code == 302
    restriction = Restriction.objects.get(case=telephone.report.case)
    assert (restriction.kind, restriction.state, restriction.defendant_number) == ("name", "requested", 1)
    assert telephone.report.page.get_latest_revision_as_object().facts["anonymous"] is True


def test_a_restriction_counts_before_it_is_filed(telephone):
    telephone.begin()
    telephone.write(restrictions_answer="some", **{"r1-kind": "name", "r1-whom": "1"})
    answer = telephone.client.get(reverse("court:shown", args=[telephone.report.key]))
    assert "31-årig" not in answer.content.decode()
    assert "En person" in answer.content.decode()


def test_a_filed_report_is_read_and_changed_only_after_it_is_opened_again(filed, telephone):
    assert telephone.client.get(telephone.address).url == reverse("court:read", args=[filed.key])
    assert telephone.client.post(telephone.address, {"version": str(filed.version)}).status_code == 302
    telephone.client.post(reverse("court:reopen", args=[filed.key]))
    assert telephone.client.get(telephone.address).status_code == 200
    assert telephone.report.state == Report.State.RETURNED


def test_new_facts_make_a_new_text_and_old_facts_keep_the_editors_words(filed, telephone, cast):
    latest = filed.page.get_latest_revision_as_object()
    latest.summary = latest.summary.replace("En 31-årig mand", "Den 31-årige mand")
    latest.save_revision(user=cast.editor)
    for years, words in (("3", "Den 31-årige mand"), ("4", "4 års fængsel")):
        telephone.client.post(reverse("court:reopen", args=[filed.key]))
        assert telephone.post("file", declared="1", **{"t1-prison_years": years}).status_code == 302
        assert words in Report.objects.get().page.get_latest_revision_as_object().summary


def test_a_deputy_may_go_on_with_it(telephone, cast):
    report = telephone.begin()
    deputy = cast.user("deputy")
    deputy.groups.set(cast.prosecutor.groups.all())
    telephone.post(deputy=str(deputy.pk))
    other = Telephone(Client(), deputy)
    other.address = telephone.address
    assert other.write().status_code == 302
    assert Report.objects.get(pk=report.pk).defendants.get().age == 31


PAGES = ("report", "read", "shown")
ACTIONS = ("save", "reopen", "confirm_words", "report")


def test_nobody_but_prosecutors_sees_the_desk(filed, cast):
    for who in ("outsider", "writer", "editor", "legal", "planner", "duty", "management", "admin"):
        client = Client()
        client.force_login(getattr(cast, who))
        for name in PAGES:
            assert client.get(reverse(f"court:{name}", args=[filed.key])).status_code in (302, 403), (who, name)
        for name in ACTIONS:
            answer = client.post(reverse(f"court:{name}", args=[filed.key]), {"version": "1"})
            assert answer.status_code in (302, 403), (who, name)
            assert not answer.headers.get("Location", "").startswith("/admin/court/")
    assert client.post(reverse("court:new")).status_code in (302, 403)
    assert Report.objects.count() == 1
    assert Report.objects.get().version == filed.version


def test_another_prosecutors_report_is_not_found(filed, cast):
    colleague = cast.user("colleague")
    colleague.groups.set(cast.prosecutor.groups.all())
    client = Client()
    client.force_login(colleague)
    for name in PAGES:
        assert client.get(reverse(f"court:{name}", args=[filed.key])).status_code == 404
    for name in ACTIONS:
        assert client.post(reverse(f"court:{name}", args=[filed.key]), {"version": "1"}).status_code == 404
    assert filed.page.title not in client.get(reverse("court:index")).content.decode()


def test_a_stranger_is_asked_to_log_in(filed):
    assert "/login/" in Client().get(reverse("court:report", args=[filed.key])).url


def test_an_empty_draft_is_used_again_instead_of_heaping_up(cast, square):
    assert reporting.start(cast.prosecutor) == reporting.start(cast.prosecutor)
