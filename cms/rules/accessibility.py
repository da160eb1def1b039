"""C-40, C-41, C-42, C-44, C-46: what keeps people from reading it. C-43 needs a look into the image."""

from collections.abc import Iterator
from pathlib import PurePosixPath

import regex
from django.utils.translation import gettext as _

from cms import readability
from cms.rules.base import Context, Finding, Kind, Severity, at, whole
from cms.rules.normalising import Normal

LONGEST_ALT = 300
IMAGE_OF = regex.compile(
    r"(?i)^\W*(?:et[ ]|dette[ ]er[ ]et[ ]|her[ ]ses[ ]et[ ])?(?:billede|foto|fotografi|illustration|image|picture|photo|grafik)(?:t|et|en)?[ ](?:af|der[ ]viser|som[ ]viser|viser|of)\b"
)
FILE_LIKE = regex.compile(
    r"(?i)^\W*[\w() -]+\.(?:jpe?g|png|gif|webp|heic|tiff?|svg|pdf)\W*$|^\W*(?:IMG|DSC|DSCN|PXL|DJI|WP|image|billede|foto|screenshot|skærmbillede)[ _-]?\d[\d_ -]*\W*$"
)


def alternative_text(normal: Normal, context: Context) -> Iterator[Finding]:
    if context.kind != Kind.ALT_TEXT:
        return
    text = normal.text.strip()
    stem = PurePosixPath(context.file_name).stem.lower() if context.file_name else ""
    if not text:
        message = _("The image has no alternative text. Write what somebody who cannot see it needs to know.")
        yield whole("C-40", Severity.BLOCK, normal, message)
    elif FILE_LIKE.search(text) or (stem and text.lower() in {stem, context.file_name.lower()}):
        message = _("This is the name of a file. Write what somebody who cannot see the image needs to know.")
        yield whole("C-40", Severity.BLOCK, normal, message)
    if len(text) > LONGEST_ALT:
        place = (min(LONGEST_ALT, len(normal.text) - 1), len(normal.text))
        yield at(
            "C-40",
            Severity.WARN,
            normal,
            place,
            _("Alternative text should be at most 300 characters. Put the rest in the text."),
        )
    match = IMAGE_OF.search(normal.text)
    if match:
        message = _("Leave out “billede af”: a screen reader says that it is an image.")
        yield at("C-40", Severity.WARN, normal, match.span(), message)


def captions(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-41, of a video in which something is said."""
    if context.kind == Kind.CAPTIONS and not normal.text.strip():
        message = _("The video has no captions. Add them in the library, or tick there that nothing is said.")
        yield whole("C-41", Severity.BLOCK, normal, message)


TAG = regex.compile(r"(?<![\w&/#])#(\w+)")
MOST_TAGS = 3
PARTS = [
    "trygt",
    "tryg",
    "trygge",
    "natteliv",
    "københavn",
    "københavns",
    "copenhagen",
    "politi",
    "politiet",
    "sikker",
    "sikkert",
    "trafik",
    "fart",
    "cykel",
    "lygter",
    "cykellygter",
    "kbh",
    "nytår",
    "nytårsaften",
    "jul",
    "stop",
    "vold",
    "din",
    "betjent",
    "mød",
    "dit",
    "kend",
    "ring",
    "tænk",
    "kør",
    "lys",
    "hjelm",
    "by",
    "byen",
    "nørrebro",
    "vesterbro",
    "østerbro",
    "amager",
    "valby",
    "sammen",
    "mod",
    "kriminalitet",
    "tyveri",
    "lommetyve",
    "fyrværkeri",
    "alkohol",
    "ung",
    "unge",
    "digital",
    "mobning",
    "svindel",
    "råd",
    "gode",
    "krise",
    "info",
    "for",
    "dk",
    "bliv",
    "vær",
    "job",
    "vi",
    "er",
    "her",
    "hverdag",
    "festival",
    "distortion",
    "pride",
    "black",
    "friday",
    "safe",
    "night",
    "danmark",
    "pas",
    "på",
    "dine",
    "ting",
    "hold",
    "fri",
    "skole",
    "start",
    "skolestart",
]
ASCII = regex.compile(
    r"(?i)(?:koebenhavn|kobenhavn|noerrebro|norrebro|oesterbro|osterbro|faerdsel|fardsel|tryghedpa|nytaar|nytar|boern|taenk|koer\b|hjaelp)\p{L}*"
)


def hashtags(normal: Normal, context: Context) -> Iterator[Finding]:
    tags = list(TAG.finditer(normal.text))
    for match in tags:
        word = match[1]
        words = _split(word) if word.islower() or word[1:].islower() else []
        if len(words) > 1:
            better = "#" + "".join(part.capitalize() for part in words)
            message = _("Begin each word with a capital, so that it can be read aloud: “%(tag)s”.") % {"tag": better}
            yield at("C-42", Severity.WARN, normal, match.span(), message, better)
        elif ASCII.search(word):
            yield at("C-42", Severity.WARN, normal, match.span(), _("Write æ, ø and å in the hashtag as in the word."))
        elif regex.match(r"-\p{L}", normal.text[match.end() :]):
            yield at(
                "C-42", Severity.WARN, normal, match.span(), _("A hashtag ends at a hyphen. Write it as one word.")
            )
    if len(tags) > MOST_TAGS:
        place = (tags[MOST_TAGS].start(), tags[-1].end())
        yield at(
            "C-42",
            Severity.WARN,
            normal,
            place,
            _("More than three hashtags are hard to read. Keep the most important."),
        )


def _split(word: str) -> list[str]:
    """Into known words, longest first; the word itself when it is one, or when that leaves a rest."""
    rest = word.lower()
    if rest in PARTS:
        return [rest]
    for part in sorted(PARTS, key=len, reverse=True):
        if rest.startswith(part) and len(rest) > len(part):
            more = _split(rest[len(part) :])
            if more and (more[0] in PARTS):
                return [part, *more]
    return []


EMOJI = regex.compile(
    r"\p{Extended_Pictographic}(?:\ufe0f|\u200d\p{Extended_Pictographic}|[\U0001F3FB-\U0001F3FF])*|[\U0001F1E6-\U0001F1FF]{2}|[0-9#*]\ufe0f?\u20e3"
)
MOST_EMOJI = 3
AS_BULLET = regex.compile(rf"(?m)^[ \t]*(?:{EMOJI.pattern})[ \t]*\S")
AS_LETTER = regex.compile(r"(?i)(?<=\p{L})(?:🅰|🅱|🅾|⭕|❗|💯|0️⃣)(?=\p{L})|(?<=\p{L})\p{Extended_Pictographic}(?=\p{L})")


def emoji(normal: Normal, context: Context) -> Iterator[Finding]:
    """Over the original: normalising takes emoji apart."""
    text = normal.original
    found = [match for match in EMOJI.finditer(text) if match[0] not in "©®™"]
    if len(found) > MOST_EMOJI:
        message = _("More than three emoji are a nuisance to whoever has it read aloud. Keep the most important.")
        yield Finding("C-44", Severity.WARN, found[MOST_EMOJI].start(), found[-1].end(), message)
    bullets = list(AS_BULLET.finditer(text))
    if len(bullets) > 1:
        message = _("Emoji as bullets are read aloud on every line. Use a list, or plain lines.")
        yield Finding("C-44", Severity.WARN, bullets[0].start(), bullets[-1].end(), message)
    for match in AS_LETTER.finditer(text):
        yield Finding(
            "C-44", Severity.WARN, match.start(), match.end(), _("An emoji in place of a letter cannot be read aloud.")
        )


def readable(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-46: advice, never a stop; no figure below forty words."""
    if context.kind == Kind.ALT_TEXT:
        return
    reading = readability.read(normal.original)
    if reading.band is None or reading.lix < readability.HARD:
        return
    values = {"lix": f"{reading.lix:.0f}", "words": ", ".join(reading.heavy[:5])}
    if reading.lix >= readability.VERY_HARD:
        message = (
            _("Very hard to read (LIX %(lix)s). Shorten the sentences, and find plainer words for: %(words)s.") % values
        )
    else:
        message = _("Hard to read (LIX %(lix)s). Plainer words help most for: %(words)s.") % values
    yield whole("C-46", Severity.WARN, normal, message)
