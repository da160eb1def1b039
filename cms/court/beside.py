"""What stands beside the words for whoever approves a court result: the confirmed facts, and where the words differ.

What may not be said is told to whoever signs, in red, so that they can see that it is not said. It goes no further.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import TaskState

from cms.court import questions, routes
from cms.court.differences import changed
from cms.court.facts import Defendant, Facts, Sanction
from cms.court.forms.defendant import LABELS
from cms.court.models.routes import Circumstance
from cms.court.parts import PARTS
from cms.court.sentences.parts import effective
from cms.court.vocabulary import Instance, Outcome, Plea, SanctionKind, Sex, Stance, of_prosecution


@dataclass(frozen=True)
class Group:
    """One heading with its facts, as label and value."""

    heading: str
    rows: tuple[tuple[str, str], ...]


def of(page: Any, content: Any, user: Any) -> dict[str, Any] | None:
    """None for what has no facts. The internal part is for those in the groups of the step it stands at."""
    facts = getattr(content, "public_facts", None)
    if facts is None:
        return None
    earlier = _last_decided(page)
    report, task = routes.report_of(page), page.current_workflow_task
    signs = task is not None and task.groups.filter(pk__in=user.groups.values("pk")).exists()
    found = routes.circumstances(report) if report is not None and signs else set()
    return {
        "groups": [_judgment(facts), *(_defendant(facts, one, n) for n, one in enumerate(facts.defendants, 1))],
        "changed": changed(earlier, facts) if earlier is not None else [],
        "differences": questions.all_differences(page),
        "open": bool(questions.open_questions(page)),
        "not_to_be_said": report.not_to_be_said if report is not None and signs else "",
        "circumstances": [label for key, label in Circumstance.choices if key in found],
        "reported_by": report.prosecutor if report is not None else None,
    }


def _last_decided(page: Any) -> Facts | None:
    """The facts as they were when somebody last signed the result or sent it back."""
    decided = TaskState.objects.for_instance(page).filter(finished_at__isnull=False)
    states = decided.exclude(revision=None).select_related("revision").order_by("-finished_at")
    last = states.exclude(status=TaskState.STATUS_CANCELLED).first()
    return getattr(last.revision.as_object(), "public_facts", None) if last is not None else None


def _judgment(facts: Facts) -> Group:
    rows = [
        (_("Court"), facts.court),
        (_("Instance"), str(Instance(facts.instance).label)),
        (_("Date of the judgment"), date_format(facts.judged_on, "DATE_FORMAT")),
        (_("Place"), facts.place),
        (_("Time"), facts.period),
        (_("Said in open court"), " ".join(facts.said)),
        (_("Advice"), facts.advice),
        (_("Anonymous"), _("yes: a ban on naming or somebody under 18") if facts.anonymous else ""),
        (_("Only the result"), _("yes: closed doors or a ban on reporting") if facts.result_only else ""),
    ]
    return Group(_("The judgment"), _given(rows))


def _defendant(facts: Facts, one: Defendant, number: int) -> Group:
    rows = [
        (_("Age"), str(one.age) if one.age is not None else _("under 18") if one.minor else _("may not be said")),
        (_("Sex"), str(Sex(one.sex).label) if one.sex else _("may not be said")),
        (_("Plea"), str(Plea(one.plea).label) if one.plea else _("may not be said")),
        (_("Outcome"), str(Outcome(one.outcome).label)),
        (_("Offence"), ", ".join(one.offences)),
        (_("Acquitted of"), ", ".join(one.acquitted_of)),
        (_("Sentence"), "; ".join(_sanction(part) for part in one.sanctions)),
        (_("The defendant"), str(Stance(one.stance).label)),
        (_("The prosecution"), of_prosecution(one.prosecution)),
        (_("Where it stands"), str(effective(facts, one).label)),
    ]
    return Group(_("Defendant %(number)s") % {"number": number}, _given(rows))


def _given(rows: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple((label, value) for label, value in rows if value)


def _sanction(part: Sanction) -> str:
    return " ".join([str(SanctionKind(part.kind).label), *_numbers(part)])


def _numbers(part: Sanction) -> Iterator[str]:
    for name in PARTS[part.kind]:
        value = getattr(part, name)
        if value is True:
            yield str(LABELS[name])
        elif value:
            yield str(value) if name == "what" else f"{value} {LABELS[name]}"
