"""What gets from a report to the public, and what does not: rule by rule."""

import pytest
from django.utils import timezone

from cms.court.models import Case, Defendant, Report
from cms.court.models import Restriction as Ban
from cms.court.publicity import public_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(cast):
    case = Case.objects.create(nickname="Sag", owner=cast.prosecutor)
    report = Report.objects.create(
        case=case,
        prosecutor=cast.prosecutor,
        pronounced_at=timezone.now(),
        place="Nørrebro",
        period="i marts",
        said=[{"text": "Manden truede med en kniv.", "open": True}, {"text": "Vidnet græd.", "open": False}],
        quote="Det er vi glade for.",
        quoted="Anklageren",
        quote_approved=True,
    )
    Defendant.objects.create(
        report=report, number=1, age=31, sex="man", plea="denies", outcome="convicted", offences=["røveri"]
    )
    return report


def change(report, **fields):
    Defendant.objects.filter(report=report).update(**fields)
    return public_facts(report).defendants[0]


def ban(report, kind, state="active"):
    Ban.objects.create(case=report.case, kind=kind, state=state, registered_by=report.prosecutor)
    return public_facts(report)


def test_what_may_be_said_is_said(report):
    facts = public_facts(report)
    one = facts.defendants[0]
    assert (one.age, one.sex, one.plea, one.offences) == (31, "man", "denies", ("røveri",))
    assert (facts.place, facts.period, facts.quote) == ("Nørrebro", "i marts", "Det er vi glade for.")


def test_only_lines_that_were_said_in_open_court_go_on(report):
    assert public_facts(report).said == ("Manden truede med en kniv.",)


@pytest.mark.parametrize(
    ("tick", "field", "nothing"), [("age_public", "age", None), ("sex_public", "sex", ""), ("plea_public", "plea", "")]
)
def test_what_may_not_be_said_of_a_defendant_is_not_there(report, tick, field, nothing):
    assert getattr(change(report, **{tick: False}), field) == nothing


@pytest.mark.parametrize("state", ["requested", "active", "extended", "lifted_appealed"])
def test_a_ban_on_naming_leaves_court_offence_outcome_and_sentence(report, state):
    facts = ban(report, "name", state)
    one = facts.defendants[0]
    assert facts.anonymous
    assert (one.age, one.sex, one.plea) == (None, "", "")
    assert (facts.place, facts.period, facts.said, facts.quote, facts.quoted) == ("", "", (), "", "")
    assert one.offences == ("røveri",)


@pytest.mark.parametrize("state", ["lifted", "refused"])
def test_a_ban_that_is_over_hides_nothing(report, state):
    assert not ban(report, "name", state).anonymous


@pytest.mark.parametrize("kind", ["closed_doors", "doubly_closed", "reporting"])
def test_behind_closed_doors_there_is_a_result_and_no_story(report, kind):
    facts = ban(report, kind)
    assert facts.result_only
    assert (facts.said, facts.quote) == ((), "")


def test_behind_doubly_closed_doors_not_even_the_charge_is_told(report):
    assert ban(report, "doubly_closed").defendants[0].offences == ()


@pytest.mark.parametrize("ages", [{"age": 17}, {"age": 18, "age_then": 17}])
def test_a_minors_age_is_never_a_number(report, ages):
    one = change(report, **ages)
    assert (one.age, one.minor, one.sex) == (None, True, "")
    assert public_facts(report).anonymous


def test_one_minor_makes_all_of_them_anonymous(report):
    Defendant.objects.create(report=report, number=2, age=16, outcome="convicted", offences=["røveri"])
    assert [one.age for one in public_facts(report).defendants] == [None, None]


@pytest.mark.parametrize("relation", ["family", "partner"])
def test_who_is_close_to_the_victim_is_not_described(report, relation):
    one = change(report, relation=relation)
    assert (one.age, one.sex) == (None, "")


def test_a_quotation_that_nobody_approved_is_not_there(report):
    Report.objects.filter(pk=report.pk).update(quote_approved=False)
    report.refresh_from_db()
    assert (public_facts(report).quote, public_facts(report).quoted) == ("", "")


def test_without_an_outcome_there_are_no_facts(report):
    with pytest.raises(ValueError, match="outcome"):
        change(report, outcome="")
