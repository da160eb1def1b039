"""C-13, C-14: what is said about the appeal, and that it is said."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext as _

from cms.rules import clauses
from cms.rules.base import Context, Finding, Kind, Severity, Stage, at, whole
from cms.rules.normalising import Normal

SAID = regex.compile(
    r"(?i)\bikke[ ](?:\p{L}+[ ]){0,2}?(?:endelig|retskraftig)|\b(?:anker|ankede|anket|ankes|anke|anken|ankesag\p{L}*|ankefrist\p{L}*|kontraanke\p{L}*)\b"
    r"|\bbetænkningstid|\bmodtog[ ](?:på[ ]stedet[ ])?dommen|\btog[ ]imod[ ]dommen|\bPROCESBEVILLINGSNÆVNET\b|\b(?:can[ ]be[ ]|has[ ]been[ ]|was[ ])?appealed\b|\bnot[ ]final\b"
)
FINAL = regex.compile(
    r"(?i)\b(?:endelig|endelige)[ ](?:\p{L}+[ ])?(?:dom|dommen|afgørelse|afgjort|dømt|straf|frifindelse|frifundet)\b|\b(?:dommen|afgørelsen|kendelsen|frifindelsen|sagen|den|straffen)[ ](?:er|blev|bliver|var)[ ](?:nu[ ]|dermed[ ]|således[ ]|derfor[ ])?endelig\b(?![ ](?:kommet|blevet|afsagt|faldet))"
    r"|\bretskraftig\p{L}*|\bkan[ ]ikke[ ](?:\p{L}+[ ])?ankes\b|\bendeligt[ ](?:dømt|afgjort|frifundet|afsluttet)\b|\bsidste[ ]ord[ ]i[ ]sagen\b"
)
OPEN = regex.compile(
    r"(?i)\b(?:ikke|når|indtil|før|først|inden|hvis|såfremt|endnu|ingen|afventer|venter|foreligger)\b[^;]{0,60}$"
)


def appeal_sentence(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.kind == Kind.ALT_TEXT or not context.judged or context.stage == Stage.ENDELIG:
        return
    if SAID.search(normal.text) or (context.stage == Stage.FRIFUNDET and FINAL.search(normal.text)):
        return
    offer = "Dommen er anket til Østre Landsret." if context.stage == Stage.ANKET else "Dommen er ikke endelig."
    message = _("It does not say where the case stands. Add: “%(sentence)s”") % {"sentence": offer}
    yield whole("C-13", Severity.BLOCK, normal, message, offer)


def finality(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.stage in {None, Stage.ENDELIG} or context.final:
        return
    # Of an acquittal the stage does not tell whether it is final, so unless the context does, a lawyer may lift it.
    severity = Severity.BLOCK if context.stage == Stage.FRIFUNDET else Severity.BLOCK_HARD
    message = _("The judgment is not final. Write “Dommen er ikke endelig.”")
    for match in FINAL.finditer(normal.text):
        if not OPEN.search(clauses.before(normal.text, match.start())):
            yield at("C-14", severity, normal, match.span(), message, "Dommen er ikke endelig.")
