"""Where a word stands: its sentence, whether it is hedged, denied or quoted. Shared by the rules on guilt and appeal."""

import regex

ENDS = regex.compile(r"(?<!\b(?:kl|ca|bl\.a|f\.eks|nr|jf|pkt|stk|hr|dr|mio|kr|pct|\d{1,2}))[.!?](?=[\s\"”»]|$)|\n\s*\n")
CHARGED = (
    r"(?:sigtet|sigtede|sigtes|tiltalt|tiltalte|tiltales|mistænkt|mistænkte|mistænkes|anklaget|anklagede|anklages"
    r"|sigtelser?n?|tiltalen?|mistanken?|dømt|dømte|idømt|frifundet|frifundne|frikendt|retsforfulgt)"
)
OF = r"(?:\b(?:for|om|i)|\b(?:går|gik|lyder|lød)[ ]på|\bhandler[ ]om|\bgælder)"
GOVERNS_INFINITIVE = regex.compile(rf"(?i)\b{CHARGED}\b.*?{OF},?[ ](?P<what>.*)$", regex.S)
GOVERNS_CLAUSE = regex.compile(rf"(?i)\b{CHARGED}\b.*?{OF},?[ ]at[ ](?!have\b|være\b)(?P<what>.*)$", regex.S)
NEW_CLAUSE = regex.compile(r"(?i),[ ](?:og|men|som|der|hvor|hvorefter|hvorved|fordi|da)\b|\bmen\b|;")
CHARGED_WITH_MORE = regex.compile(r"(?i),?[ ]og[ ](?:for[ ]|at[ ])[^,]*$")
NOT_ALONE = regex.compile(
    r"(?i)\b(?:ikke|aldrig|hverken|nægter|nægtede|nægtet|benægter|benægtede|afviser|afviste|uden[ ]at)\b[^,;]*$"
)
NOT_A = regex.compile(
    r"(?i)\b(?:ikke|aldrig|ingen|hverken|nægter|nægtede|afviser|benægter|afviste)(?:[ ,]+(?:er|var|være|været|at|have|som|en|et|den|de|nogen|selv|eller))*[ ]*$|\b(?:ikke|aldrig)\b[^,;]*\bnogen[ ]*$"
)
UNCERTAIN = regex.compile(
    r"(?i)\bom[ ](?:han|hun|de|den|det|der|manden|kvinden|mændene|tiltalte|sigtede|nogen|parret)\b[^;]*$"
    r"|\b(?:hvorvidt|hvis|såfremt|nægter|nægtede|afviser|afviste|benægter|påstår|ifølge[ ](?:tiltalen|anklageskriftet|sigtelsen|anklagemyndigheden))\b[^;]*$"
)
OFFICES = r"\p{L}*(?:politi|anklager|kommissær|inspektør|advokatur|chef|betjent|statsadvokat|rigsadvokat|efterforsk|leder|vagthavende|talsmand|talsperson|talskvinde)\p{L}*"
SAYS = r"(?:siger|sagde|udtaler|udtalte|oplyser|oplyste|fortæller|fortalte|forklarer|skriver)"
OFFICIAL = regex.compile(rf"(?i)\b{SAYS}\b[^.!?\n]{{0,80}}\b{OFFICES}\b|\b{OFFICES}\b[^.!?\n]{{0,60}}\b{SAYS}\b")
QUOTED = regex.compile(r"[\"“”„]([^\"“”„\n]{1,400})[\"“”]|»([^«\n]{1,400})«|«([^»\n]{1,400})»")


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence that a place lies in."""
    first = max((match.end() for match in ENDS.finditer(text, 0, start)), default=0)
    last = ENDS.search(text, end)
    return first, last.end() if last else len(text)


def before(text: str, start: int) -> str:
    """What stands in the sentence up to a place."""
    return text[sentence(text, start, start)[0] : start]


def hedged(text: str, start: int, *, finite: bool) -> bool:
    """Whether a place is governed by “sigtet for (at have)”, and not in a clause of its own after it.

    “Den sigtede slog hende ihjel” is not hedged: only what somebody is charged *with* is.
    """
    found = (GOVERNS_CLAUSE if finite else GOVERNS_INFINITIVE).search(before(text, start))
    if found is None:
        return False
    if finite:
        return regex.search(r"(?i),[ ](?:som|der|men)\b", found["what"]) is None
    return NEW_CLAUSE.search(found["what"]) is None or CHARGED_WITH_MORE.search(found["what"]) is not None


def denied(text: str, start: int, *, noun: bool = False) -> bool:
    """“har ikke begået”, “nægter at have”; of a person only “er ikke gerningsmanden”, for the missing one exists."""
    return (NOT_A if noun else NOT_ALONE).search(before(text, start)) is not None


def uncertain(text: str, start: int) -> bool:
    return UNCERTAIN.search(before(text, start)) is not None


def quoted(text: str, start: int, end: int) -> bool:
    """Inside the words of somebody else. A quotation of an official is the service's own word (§ 1016 a)."""
    for match in QUOTED.finditer(text):
        if match.start() < start and end < match.end():
            around = text[max(0, match.start() - 80) : match.start()] + " ~ " + text[match.end() : match.end() + 120]
            return OFFICIAL.search(around) is None
    return False
