"""LIX: how hard a Danish text is to read, and which words make it so. Advice, never a stop.

LIX = words / sentences + 100 × long words / words; a long word has more than six letters. Abbreviations and numbers
with full stops end no sentence; addresses, hashtags and mentions are no words. Below forty words the figure misleads,
so there is no band.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass

import regex

LONG = 7
FEWEST = 40
HARD, VERY_HARD = 45, 55
BANDS = ((24, "meget let"), (34, "let"), (44, "middel"), (54, "svær"))
ABBREVIATIONS = [
    "bl.a.",
    "f.eks.",
    "fx.",
    "m.fl.",
    "m.m.",
    "m.v.",
    "mv.",
    "osv.",
    "ca.",
    "kl.",
    "kr.",
    "pct.",
    "stk.",
    "nr.",
    "jf.",
    "hhv.",
    "inkl.",
    "ekskl.",
    "evt.",
    "dvs.",
    "d.v.s.",
    "o.l.",
    "o.lign.",
    "pga.",
    "p.g.a.",
    "ift.",
    "i.f.m.",
    "mht.",
    "m.h.t.",
    "maks.",
    "min.",
    "max.",
    "mio.",
    "mia.",
    "tlf.",
    "tv.",
    "th.",
    "st.",
    "sal.",
    "red.",
    "dr.",
    "hr.",
    "frk.",
    "adv.",
    "afd.",
    "art.",
    "pkt.",
    "s.",
    "sml.",
    "vedr.",
    "ved.",
    "if.",
    "d.d.",
    "d.å.",
    "f.o.m.",
    "t.o.m.",
    "ml.",
    "tr.",
    "str.",
    "pol.",
    "j.nr.",
    "u.å.",
    "e.l.",
    "a.m.",
    "p.m.",
    "A/S.",
]
NOT_WORDS = regex.compile(r"(?i)(?:https?://|www\.)\S+|[#@][\w.-]+|(?<!\S)\S{1,64}@\S{1,200}")
DOTTED = regex.compile(
    r"(?i)(?<![\p{L}.])(?:"
    + "|".join(regex.escape(word) for word in sorted(ABBREVIATIONS, key=len, reverse=True))
    + r")(?!\p{L})"
)
IN_NUMBER = regex.compile(r"(?<=\d)[.:](?=\d)")
ORDINAL = regex.compile(r"(?i)(?<=\d)\.(?=[ ](?:\p{Ll}|-))")
WORD = regex.compile(r"[\p{L}\d]+(?:['’-][\p{L}\d]+)*")
END = regex.compile(r"[.!?:\n]+")


@dataclass(frozen=True)
class Reading:
    words: int
    sentences: int
    long_words: int
    heavy: tuple[str, ...]  # the long words, longest first

    @property
    def lix(self) -> float:
        if not self.words:
            return 0.0
        return self.words / self.sentences + 100 * self.long_words / self.words

    @property
    def average(self) -> float:
        """Words in a sentence."""
        return self.words / self.sentences if self.sentences else 0.0

    @property
    def band(self) -> str | None:
        """The Danish band; None when the text is too short for one."""
        return band(self.lix) if self.words >= FEWEST else None


def band(lix: float) -> str:
    return next((name for most, name in BANDS if round(lix) <= most), "meget svær")


def read(text: str) -> Reading:
    text = unicodedata.normalize("NFC", text)
    text = NOT_WORDS.sub(" ", text)
    text = DOTTED.sub(lambda match: match[0].replace(".", ""), text)
    text = ORDINAL.sub("", IN_NUMBER.sub("", text))
    counts = [len(WORD.findall(part)) for part in END.split(text)]
    words = [match[0] for match in WORD.finditer(text)]
    heavy = [word for word in words if len(word.replace("-", "")) >= LONG]
    order = Counter(word.lower() for word in heavy if regex.search(r"\p{L}", word))
    return Reading(
        words=len(words),
        sentences=sum(1 for count in counts if count),
        long_words=len(heavy),
        heavy=tuple(sorted(order, key=lambda word: (-len(word), word))),
    )
