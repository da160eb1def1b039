"""C-47: words that only colleagues understand, and what to write instead.

The list here is what a site begins with; editors keep their own from then on. Words stand apart by commas; a star
at the end means with any ending.
"""

from collections.abc import Iterator
from functools import lru_cache

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Kind, Severity, at
from cms.rules.normalising import Normal

PLAIN: tuple[tuple[str, str], ...] = (
    ("tiltalefrafald*", "anklagemyndigheden fører ikke sagen i retten"),
    ("påtaleopgivelse*", "anklagemyndigheden har opgivet sagen"),
    ("frakendelse*, rettighedsfrakendelse*, førerretsfrakendelse*", "har mistet retten til (fx at køre bil)"),
    ("frakendt, frakendes", "har mistet retten til"),
    ("konfiskation*, konfiskeret, konfiskeres, konfiskere", "staten beholder (fx bilen)"),
    ("indrejseforbud*", "må ikke komme til Danmark i (antal) år"),
    ("fremstilling i grundlovsforhør, fremstilles, fremstillet", "kommer for en dommer"),
    ("grundlovsforhør*", "retsmøde, hvor dommeren tager stilling til fængsling"),
    ("varetægtsfængslet, varetægtsfængsling*", "fængslet, mens sagen efterforskes"),
    ("beskikket forsvarer", "forsvarer"),
    ("tilståelsessag*", "sag, hvor den tiltalte erkender"),
    ("domsmandssag*", "sag med en dommer og to lægdommere"),
    ("nævningesag*, nævningeting*", "sag med nævninge"),
    ("nedlagde påstand, nedlægger påstand, nedlagt påstand", "krævede"),
    ("i henhold til, jævnfør, jf.", "efter"),
    ("forurettede, forurettedes", "den, det gik ud over"),
    ("kære til, kæret til, kæret kendelsen, kæret afgørelsen, kærede kendelsen", "klaget til landsretten"),
    ("medgerningsm*", "en anden, der var med"),
    ("euforiserende stoffer", "narkotika"),
    ("RSIOC", "organiseret kriminalitet med bander og rockere"),
    ("LCIK", "politiets center for it-kriminalitet"),
    ("SSP", "samarbejdet mellem skole, socialforvaltning og politi"),
    ("PSP", "samarbejdet mellem politi, socialforvaltning og psykiatri"),
    ("KSP", "samarbejdet mellem kriminalforsorg, socialforvaltning og politi"),
    ("POLSAS", "politiets sagssystem"),
    ("NSK", "National enhed for Særlig Kriminalitet"),
    ("ATK", "automatisk fartkontrol"),
    ("ETK", "politiets efterforskning"),
    ("visitationszone*", "område, hvor politiet må undersøge folk for våben"),
    ("sigtelse for overtrædelse af, sigtelsen for overtrædelse af", "sigtet for"),
    ("straffelovens §*", "hvad loven forbyder, med almindelige ord"),
    ("personfarlig kriminalitet", "vold, trusler og overfald"),
    ("berigelseskriminalitet*", "tyveri, indbrud og bedrageri"),
    ("formodes at have, formodet", "er sigtet for at have"),
    ("foretage anmeldelse, indgive anmeldelse, indgiv anmeldelse", "anmelde"),
    ("bemærkninger hertil", "svar"),
)


@lru_cache(maxsize=8)
def _pattern(entries: tuple[tuple[str, str], ...]) -> regex.Pattern[str]:
    """Entry number so-and-so is the group of that name."""
    groups = [f"(?P<w{number}>{_words(words)})" for number, (words, _plain) in enumerate(entries)]
    return regex.compile("(?i)(?<![\\p{L}\\d#@.-])(?:" + "|".join(groups) + ")(?![\\p{L}\\d])")


def _words(text: str) -> str:
    """Words apart by commas, longest first, as alternatives."""
    found = sorted((" ".join(word.split()) for word in text.split(",") if word.strip()), key=len, reverse=True)
    return "|".join(_word(word) for word in found) or "(?!)"


def _word(word: str) -> str:
    star = word.endswith("*")
    text = regex.escape(word.rstrip("* "), literal_spaces=True)
    return text + ("[ ]?[\\p{L}\\d]*" if star and text.endswith("§") else "\\p{L}*" if star else "")


def jargon(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.kind == Kind.ALT_TEXT:
        return
    entries = context.jargon or PLAIN
    seen: set[str] = set()
    for match in _pattern(entries).finditer(normal.text):
        name = match.lastgroup or "w0"
        if name in seen or (match[0].isalpha() and match[0].islower() and len(match[0]) <= 4):
            continue
        seen.add(name)
        explained = regex.match(r"[ ]?\((?!\d)|[ ]?[,-][ ](?:det[ ]vil[ ]sige|altså|dvs)", normal.text[match.end() :])
        if explained:
            continue
        suggestion = entries[int(name[1:])][1]
        message = _("Not everybody knows this word. Explain it, or write: “%(plain)s”") % {"plain": suggestion}
        yield at("C-47", Severity.WARN, normal, match.span(), message, suggestion)
