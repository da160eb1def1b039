"""From everything that may be said down to the least that is still of use, step by step.

Every step has the sentence on where the case stands. The steps differ in what they leave out, in this order: advice,
what was said in court, place and period, plea, day; then who appealed and why; then the lesser parts of the sentence;
then the single defendants; then the offences; at last everything but that there is a judgment.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from cms.court.facts import Facts
from cms.court.sentences import counting, narrative, standing
from cms.court.sentences.verdicts import Detail, groups, verdict


@dataclass(frozen=True)
class Step:
    """What one variant keeps."""

    detail: Detail = Detail()  # noqa: RUF009 (frozen)
    advice: bool = True
    said: int = 3
    setting: bool = True
    plea: bool = True
    summed: bool = False
    standing: str = "full"


def candidates(facts: Facts) -> Iterator[str]:
    """The longest first, without repeats."""
    yield from dict.fromkeys(_told(facts, step) for step in _steps(facts))


def _steps(facts: Facts) -> Iterator[Step]:
    step = Step()
    yield step
    for less in ({"advice": False}, {"said": 1}, {"said": 0}, {"setting": False}, {"plea": False}):
        step = replace(step, **less)
        yield step
    step = replace(step, detail=Detail(date=False))
    yield step
    step = replace(step, standing="middle")
    yield step
    yield replace(step, standing="short")
    if len(groups(facts)) > 1:
        yield replace(step, summed=True, standing="full")
        yield replace(step, summed=True)
        step = replace(step, summed=True)
    for detail in (
        Detail(date=False, besides=1),
        Detail(date=False, besides=0),
        Detail(date=False, besides=0, offences=2),
        Detail(date=False, besides=0, offences=1),
        Detail(date=False, besides=0, offences=1, court=False),
    ):
        step = replace(step, detail=detail)
        yield step
        yield replace(step, standing="short")
    yield replace(step, detail=replace(step.detail, offences=0), standing="short")


def _told(facts: Facts, step: Step) -> str:
    detail = step.detail
    result = counting.summed(facts, detail.offences, court=detail.court) if step.summed else verdict(facts, detail)
    stands = {"full": standing.full, "middle": standing.middle, "short": standing.short}[step.standing](facts)
    parts = [
        result,
        narrative.pleas(facts) if step.plea else "",
        stands,
        narrative.setting(facts) if step.setting else "",
        *narrative.said(facts)[: step.said],
        narrative.advice(facts) if step.advice else "",
    ]
    return " ".join(part for part in parts if part)
