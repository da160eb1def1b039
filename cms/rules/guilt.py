"""C-20 to C-23: words that judge before the court has, or otherwise than it did. Stems with boundaries, never parts.

Decided means a judgment of the first instance; while an appeal is pending the case counts as undecided (R-20, to be
confirmed by the district's lawyers). What somebody is *charged with*, denies, or is quoted as saying is no verdict.
"""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext as _

from cms.rules import clauses, verdicts
from cms.rules.base import Context, Finding, Plea, Severity, Stage, at
from cms.rules.normalising import Normal

SPACED = regex.compile(r"(?<![\p{L}\d])(?:\p{L}[ ._*-]{1,3}){3,}\p{L}(?![\p{L}\d])")
NOT_AFTER = regex.compile(r"(?i)\b(?:ikke|aldrig)\b")
UNDECIDED = {Stage.SIGTET, Stage.TILTALT, Stage.ANKET, Stage.FRIFUNDET}


def judged_too_early(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.stage not in UNDECIDED:
        return
    if context.stage == Stage.FRIFUNDET:
        message = _(
            "The defendant was acquitted. Write “den frifundne” or “den tidligere tiltalte”, and no word that makes them guilty."
        )
    elif context.stage == Stage.ANKET:
        message = _(
            "The judgment has been appealed, so guilt is not decided. Write “den tiltalte” and “er i byretten dømt for”."
        )
    else:
        message = _(
            "The case is not decided. Write “sigtet for” or “tiltalt for”, and “den sigtede” or “den tiltalte” of the person."
        )
    text = normal.text
    taken = -1
    for start, end in sorted(_verdicts(text)):
        if start >= taken:
            taken = end
            yield at("C-20", Severity.BLOCK, normal, (start, end), message)


def _verdicts(text: str) -> Iterator[tuple[int, int]]:
    for match in SPACED.finditer(text):
        if verdicts.PERSONS.fullmatch(regex.sub(r"\P{L}", "", match[0])):
            yield match.span()
    for match in verdicts.PERSONS.finditer(text):
        start, end = match.span()
        free = clauses.hedged(text, start, finite=False) or clauses.denied(text, start, noun=True)
        if not free and not clauses.quoted(text, start, end):
            yield start, end
    for pattern in (verdicts.PERFECT, verdicts.FINITE, verdicts.PASSIVE, verdicts.INFINITIVE):
        finite = pattern is not verdicts.INFINITIVE
        for match in pattern.finditer(text):
            start, end = match.span()
            if (
                clauses.hedged(text, start, finite=finite)
                or clauses.denied(text, start)
                or clauses.quoted(text, start, end)
            ):
                continue
            if verdicts.OTHERS.search(text[max(0, start - 30) : start]) or clauses.uncertain(text, start):
                continue
            if not NOT_AFTER.search(match[0] + text[end : end + 8]):
                yield start, end


def status_words(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-21: a word for another stage. C-22: convicted, said of somebody who was acquitted."""
    text, stage = normal.text, context.stage
    wrong: list[tuple[regex.Pattern[str], str]] = []
    if stage == Stage.SIGTET:
        wrong.append((verdicts.INDICTED, _("Nobody is indicted yet. Write “sigtet for”.")))
    if stage in {Stage.SIGTET, Stage.TILTALT}:
        wrong.append((verdicts.CONVICTED, _("There is no judgment yet. Write “sigtet for” or “tiltalt for”.")))
        wrong.append(
            (verdicts.ACQUITTED, _("There is no judgment yet. Write what the charge is, and when the court decides."))
        )
    if stage in {Stage.DOM_1_INSTANS, Stage.ENDELIG} and not verdicts.CONVICTED.search(text):
        wrong.append(
            (
                verdicts.ACQUITTED,
                _("The case is registered as a conviction. Correct the text, or the outcome of the case."),
            )
        )
    if stage in {Stage.DOM_1_INSTANS, Stage.ENDELIG, Stage.FRIFUNDET}:
        wrong.append((verdicts.SUSPECT, _("There is a judgment. Write “dømt for” or “frifundet for”.")))
    for pattern, message in wrong:
        for match in pattern.finditer(text):
            first, last = clauses.sentence(text, *match.span())
            of_another = pattern is verdicts.SUSPECT and (
                verdicts.ANOTHER.search(text[first:last]) or verdicts.OPEN.search(text[first:last])
            )
            told = verdicts.NOT_YET.search(text[first : match.start()]) or clauses.quoted(text, *match.span())
            if not told and not of_another:
                yield at("C-21", Severity.BLOCK, normal, match.span(), message)
    if stage == Stage.FRIFUNDET:
        message = _("The defendant was acquitted. Write “frifundet for”.")
        for match in verdicts.CONVICTED.finditer(text):
            first, last = clauses.sentence(text, *match.span())
            if not verdicts.NOT_YET.search(text[first : match.start()]) and not verdicts.ANOTHER.search(
                text[first:last]
            ):
                yield at("C-22", Severity.BLOCK_HARD, normal, match.span(), message)


def confessions(normal: Normal, context: Context) -> Iterator[Finding]:
    if not context.about_case or context.plea == Plea.ERKENDER:
        return
    message = _("The plea is not registered as a confession. Leave it out, or write “nægter sig skyldig”.")
    for match in verdicts.CONFESSED.finditer(normal.text):
        denies = regex.match(r"(?i)[ ](?:sig[ ])?ikke\b", normal.text[match.end() :]) is not None
        head = clauses.before(normal.text, match.start())
        if denies or clauses.denied(normal.text, match.start()) or verdicts.WE.search(head):
            continue
        yield at("C-23", Severity.BLOCK, normal, match.span(), message)
