"""What changed from one set of facts to another, for the people who approve."""

from collections.abc import Iterator
from dataclasses import fields

from django.utils.translation import gettext as _

from cms.court.facts import Defendant, Facts
from cms.court.sentences.sanctions import besides, imposed
from cms.court.sentences.words import day, listing
from cms.court.vocabulary import Finality, Outcome, Plea, Sex, Stance, of_prosecution

Change = tuple[str, str, str]  # label, before, after


def changed(before: Facts, after: Facts) -> list[Change]:
    """(label, before, after), words for people; empty where there was nothing."""
    changes = list(_compared(_whole(before), _whole(after)))
    for number in range(max(len(before.defendants), len(after.defendants))):
        name = _("Defendant %(number)s") % {"number": number + 1}
        olds, news = _of(before, number), _of(after, number)
        changes += [(f"{name}: {label}", old, new) for label, old, new in _compared(olds, news)]
    return changes


def _compared(before: dict[str, str], after: dict[str, str]) -> Iterator[Change]:
    for label in dict.fromkeys((*before, *after)):
        old, new = before.get(label, ""), after.get(label, "")
        if old != new:
            yield label, old, new


def _whole(facts: Facts) -> dict[str, str]:
    yes = _("yes")
    labels = {
        _("court"): facts.court,
        _("instance"): str(facts.instance),
        _("date of the judgment"): day(facts.judged_on),
        _("number of defendants"): str(len(facts.defendants)),
        _("without age, sex and day"): yes if facts.anonymous else "",
        _("result only"): yes if facts.result_only else "",
        _("what may be said"): " / ".join(facts.said),
    }
    shown = {"court", "instance", "judged_on", "defendants", "anonymous", "result_only", "said"}
    rest = {one.name: str(getattr(facts, one.name)) for one in fields(facts) if one.name not in shown}
    names = {"place": _("place, coarse"), "period": _("period, coarse"), "advice": _("advice to the public")}
    return labels | {str(names.get(name, name)): value for name, value in rest.items()}


def _of(facts: Facts, number: int) -> dict[str, str]:
    if number >= len(facts.defendants):
        return {}
    one = facts.defendants[number]
    return {
        _("outcome"): str(Outcome(one.outcome).label),
        _("offences"): listing(one.offences),
        _("acquitted of"): listing(one.acquitted_of),
        _("sentence"): _sentence(one),
        _("age"): _("under 18") if one.minor else str(one.age or ""),
        _("sex"): str(Sex(one.sex).label) if one.sex else "",
        _("a company"): _("yes") if one.company else "",
        _("plea"): str(Plea(one.plea).label) if one.plea else "",
        _("the defendant"): str(Stance(one.stance).label),
        _("the prosecution"): of_prosecution(one.prosecution),
        _("where it stands"): str(Finality(one.finality).label),
    }


def _sentence(one: Defendant) -> str:
    are, have = besides(one.sanctions)
    main = imposed(one.sanctions) or [part.what or part.kind for part in one.sanctions if part.kind == "treatment"]
    return listing([*main, *are, *have])
