"""C-47: words that only colleagues understand, and what to write instead."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Kind, Severity, at
from cms.rules.normalising import Normal

PLAIN: dict[str, str] = {
    r"tiltalefrafald\p{L}*": "anklagemyndigheden fører ikke sagen i retten",
    r"påtaleopgivelse\p{L}*": "anklagemyndigheden har opgivet sagen",
    r"(?:rettigheds|førerrets)?frakendelse[nr]?\p{L}*": "har mistet retten til (fx at køre bil)",
    r"frakendt|frakendes": "har mistet retten til",
    r"konfiskation\p{L}*|konfiskeret|konfiskeres|konfiskere": "staten beholder (fx bilen)",
    r"indrejseforbud\p{L}*": "må ikke komme til Danmark i (antal) år",
    r"fremstilling(?=[ ]i[ ]grundlovsforhør)|fremstilles|fremstillet": "kommer for en dommer",
    r"grundlovsforhør\p{L}*": "retsmøde, hvor dommeren tager stilling til fængsling",
    r"varetægtsfængslet|varetægtsfængsling\p{L}*": "fængslet, mens sagen efterforskes",
    r"beskikket[ ]forsvarer": "forsvarer",
    r"tilståelsessag\p{L}*": "sag, hvor den tiltalte erkender",
    r"domsmandssag\p{L}*": "sag med en dommer og to lægdommere",
    r"nævningesag\p{L}*|nævningeting\p{L}*": "sag med nævninge",
    r"nedlagde[ ]påstand|nedlægger[ ]påstand|nedlagt[ ]påstand": "krævede",
    r"i[ ]henhold[ ]til|jævnfør|jf\.": "efter",
    r"forurettede[s]?": "den, det gik ud over",
    r"kære(?:t|de|n)?(?=[ ](?:til|kendelsen|afgørelsen))": "klaget til landsretten",
    r"sammenskudt|medgerningsm\p{L}+": "en anden, der var med",
    r"euforiserende[ ]stoffer": "narkotika",
    r"RSIOC": "organiseret kriminalitet med bander og rockere",
    r"LCIK": "politiets center for it-kriminalitet",
    r"SSP": "samarbejdet mellem skole, socialforvaltning og politi",
    r"PSP": "samarbejdet mellem politi, socialforvaltning og psykiatri",
    r"KSP": "samarbejdet mellem kriminalforsorg, socialforvaltning og politi",
    r"POLSAS": "politiets sagssystem",
    r"NSK": "National enhed for Særlig Kriminalitet",
    r"ATK": "automatisk fartkontrol",
    r"ETK": "politiets efterforskning",
    r"visitationszone\p{L}*": "område, hvor politiet må undersøge folk for våben",
    r"sigtelse[n]?[ ]for[ ]overtrædelse[ ]af": "sigtet for",
    r"straffelovens[ ]§[ ]?\d+\p{L}*": "hvad loven forbyder, med almindelige ord",
    r"personfarlig[ ]kriminalitet": "vold, trusler og overfald",
    r"berigelseskriminalitet\p{L}*": "tyveri, indbrud og bedrageri",
    r"formodes[ ]at[ ]have|formodet": "er sigtet for at have",
    r"foretage[ ]anmeldelse|indgive[ ]anmeldelse|indgiv[ ]anmeldelse": "anmelde",
    r"bemærkninger[ ]hertil": "svar",
}
PATTERN = regex.compile(
    "(?i)(?<![\\p{L}\\d#@.-])(?:"
    + "|".join(f"(?P<w{number}>{words})" for number, words in enumerate(PLAIN))
    + ")(?![\\p{L}\\d])"
)
SUGGESTIONS = list(PLAIN.values())


def jargon(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.kind == Kind.ALT_TEXT:
        return
    seen: set[str] = set()
    for match in PATTERN.finditer(normal.text):
        name = match.lastgroup or "w0"
        if name in seen or (match[0].isalpha() and match[0].islower() and len(match[0]) <= 4):
            continue
        seen.add(name)
        explained = regex.match(r"[ ]?\((?!\d)|[ ]?[,-][ ](?:det[ ]vil[ ]sige|altså|dvs)", normal.text[match.end() :])
        if explained:
            continue
        suggestion = SUGGESTIONS[int(name[1:])]
        message = _("Not everybody knows this word. Explain it, or write: “%(plain)s”") % {"plain": suggestion}
        yield at("C-47", Severity.WARN, normal, match.span(), message, suggestion)
