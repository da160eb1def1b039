"""C-02 to C-05: numbers and addresses that point at a person: case numbers, plates, phones, e-mail, streets."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Severity, at
from cms.rules.normalising import Normal
from cms.rules.places import apart

# --- Case numbers
SEP = r"[ ]?[-./_ ]?[ ]?"
CASES = (
    regex.compile(rf"(?<![\d-])\d{{4}}{SEP}\d{{5}}{SEP}\d{{5}}{SEP}\d{{2}}(?![\d])"),
    regex.compile(r"(?i)(?<![^\W_]|-)[SB][ ]?[-./ ][ ]?\d{3,5}[ ]?[-./][ ]?(?:20)?\d{2}(?![\d])"),
    regex.compile(r"(?i)(?<![\w])SS[ .-]{0,3}(?:\d{1,2}[ ]?-[ ]?)?\d{2,6}[ ]?[/-][ ]?(?:20)?\d{2}(?!\d)"),
    regex.compile(r"(?i)(?<![\w])(?:BS|K|KS|SK|R)[ .-]{0,2}\d{1,2}[ ]?-[ ]?\d{2,6}[ ]?/[ ]?(?:20)?\d{2}(?!\d)"),
    regex.compile(r"(?i)(?<![\w])(?:AM|SA|RA|STK)[ .-]?\d{0,2}[ .-]?20\d\d[ .-]\d{2,6}(?:[ .-]\d{2,6})*[ØV]?(?![\d])"),
    regex.compile(
        r"(?i)\b(?:sags?[ -]?(?:nr|nummer|numre|id)?|sags?nummer\p{L}*|journal[ -]?(?:nr|nummer\p{L}*)|j\.?[ ]?nr|jour\.?[ ]?nr|"
        r"anmeldelses?[ -]?(?:nr|nummer\p{L}*)|koster[ -]?(?:nr|nummer\p{L}*)|(?:rettens|politiets)[ ](?:nr|nummer)|dokument[ -]?(?:nr|nummer))"
        r"\b\.?[ ]?(?:er|lyder|nr|nummer|med)?\.?[ ]?[:#]?[ ]?(?=[\p{Lu}\d./-]*\d)([\p{Lu}]{0,4}[ -]?\d[\p{Lu}\d]*(?:[ ]?[-./][ ]?\d[\p{Lu}\d]*)+|\p{Lu}{0,4}-?\d{5,})"
    ),
)
NEAR_CASE = regex.compile(r"(?<![\d/.-])(?!20\d\d/|19\d\d/)\d{1,5}[ ]?/[ ]?(?:19|20)\d\d(?![\d/])")


def case_numbers(normal: Normal, context: Context) -> Iterator[Finding]:
    message = _("Case numbers are internal. Leave it out, or write what kind of case it is.")
    places = [match.span() for pattern in CASES for match in pattern.finditer(normal.text)]
    for match in NEAR_CASE.finditer(normal.text):
        before, after = normal.text[max(0, match.start() - 30) : match.start()], normal.text[match.end() :][:12]
        near = regex.search(r"(?i)\b\p{L}*sag(?:s|en|er|erne|ens|snr|snummer)?\b[^.!?\n]*$|\bnr\.?[ ]?$", before)
        near = near or regex.match(r"(?i)[ ]?\)?[ ]\p{L}*sag", after)
        law = regex.search(
            r"(?i)\b(?:\p{L}*bekendtgørelse|\p{L}*lov|cirkulære|forordning|vejledning|direktiv|betænkning)[ ](?:nr\.?)?[ ]?$",
            before,
        )
        if near and not law and not regex.search(r"(?i)\b(?:i|fra|siden|den|uge|sæson\p{L}*)[ ]?$", before):
            places.append(match.span())
    for place in apart(places):
        yield at("C-02", Severity.BLOCK, normal, place, message)


# --- Number plates
PLATE = regex.compile(
    r"(?<![\p{L}\d]|(?<!\p{L})\p{L}[ ])(?P<letters>\p{L}[ ._-]?\p{L})\s?[-._/· ]?\s?"
    r"(?P<figures>\d{2}\s?[ ._/·-]?\s?\d{3}|\d{3}[ ._-]\d{2}|\d(?:[ ._-]\d){4})(?![\d\p{L}/%]|[.,]\d|[ ]\d{3}\b|-\d)"
)
WORDS = frozenset(
    "af at ad bl ca da de du dk ek el en er et eu få gå ha hr ja jo kl km kr ni nr nu nå og om op os på pr qr rv se sr ss så te ti to tv ud vi år ål ø".split()  # noqa: SIM905
)
PLATE_WORD = regex.compile(
    r"(?i)\b(?:nummer?plade\p{L}*|reg\.?[ -]?(?:nr|nummer)\p{L}*|registrerings?[ -]?(?:nr|nummer)\p{L}*|indreg\.?[ ]?(?:nr|nummer)|indregistrering\p{L}*)"
    r"\.?[ ]?(?:(?:er|med|var|lyder|på|nr\.?|nummer\p{L}*|teksten|bilen)[ ]){0,3}[:\"'»”„(]{0,2}[ ]?"
    r"(?-i:(?P<plate>(?=[A-ZÆØÅ\d -]{0,9}\d)[A-ZÆØÅ\d]{1,7}(?:[ -][A-ZÆØÅ\d]{1,5}){0,2}|[A-ZÆØÅ]{3,7}))(?![\p{L}])"
)


def plates(normal: Normal, context: Context) -> Iterator[Finding]:
    message = _("A number plate points at its owner. Write the make and colour instead, unless it is a search.")
    places = []
    for match in PLATE.finditer(normal.text):
        letters = regex.sub(r"[^\p{L}]", "", match["letters"])
        around = normal.text[max(0, match.start() - 40) : match.start()]
        tight = regex.fullmatch(r"\p{L}{2}\d{5}", match[0]) is not None
        told = regex.search(r"(?i)plade|reg\.|registrer|bil|fører|knallert|motorcykel|varevogn|køretøj|trailer", around)
        if letters.lower() in WORDS and not (letters.isupper() and (told or tight)):
            continue
        if letters.isupper() or told or tight or letters == match["letters"]:
            places.append(match.span())
    for match in PLATE_WORD.finditer(normal.text):
        if not regex.match(r"(?i)[ ,]{1,2}(?:og[ ])?konto", normal.text[match.end() :]):  # of a bank
            places.append(match.span("plate"))
    for place in apart(places):
        yield at("C-03", Severity.BLOCK, normal, place, message)


# --- Phone, e-mail
KNOWN_PHONES = {"33141448", "70101155", "35151515", "38748888"}
PHONE = regex.compile(
    r"(?<![\d.,/-]|\d[ ])(?:(?:\+|00)45[ ]?)?(\d{2}(?:[ .-]\d{2}){3}|\d{4}[ ]\d{4}|\d{8})(?![\d/]|[.,-]\d|[ ]\d)"
)
MAIL = regex.compile(
    r"(?i)(?<![\w.+-])[\w.+-]{1,64}(?:@|[ ]?\(at\)[ ]?|[ ]?\[at\][ ]?|[ ]snabel-?a[ ])[\w-]+(?:\.[\w-]+)+"
)
OURS = ("politi.dk", "ankl.dk", "anklagemyndigheden.dk", "domstol.dk")


def contacts(normal: Normal, context: Context) -> Iterator[Finding]:
    for match in PHONE.finditer(normal.text):
        digits = regex.sub(r"\D", "", match[1])
        before = normal.text[max(0, match.start() - 15) : match.start()].lower()
        is_date = regex.match(r"20\d\d(0[1-9]|1[0-2])[0-3]\d$", digits) and match[1] == digits
        if digits not in KNOWN_PHONES and not regex.search(r"cvr|ean|konto|sag|nr\.?[ ]?$", before) and not is_date:
            message = _("Is this phone number meant for the public? Otherwise write 114, or 112 in an emergency.")
            yield at("C-04", Severity.WARN, normal, match.span(), message)
    for match in MAIL.finditer(normal.text):
        if not match[0].lower().endswith(OURS):
            message = _("Is this e-mail address meant for the public? Otherwise write a shared mailbox of the police.")
            yield at("C-04", Severity.WARN, normal, match.span(), message)


# --- Addresses
STREET = (
    r"(?:[A-ZÆØÅ][\w.]*(?:vej|gade|alle|allé|stræde|plads(?:en)?|torv(?:et)?|vænget?|parken|boulevard|vang|have|kaj|brygge|gård|stien|passage|bakke|toft)"
    r"|(?:Boulevard|Allé|Vej|Gade|Plads|Torv|Stræde|Kaj|Brygge|Vænge|Park))(?:en|et)?"
)
ADDRESS = regex.compile(
    rf"(?:\b\p{{Lu}}[\w.]*[ ])?\b{STREET},?[ ](?:nr\.?[ ]?)?\d+[ ]?(?:[A-Za-z]\b(?![ ]?\.?\p{{Ll}}))?(?![.:]\d\d|[ ]?(?:mænd|personer|biler|år)\b)"
)
LOWER = regex.compile(
    r"\b[a-zæøå]{3,}(?:vej|gade|stræde|allé|boulevard|vænget)[ ](?:nr\.?[ ]?)?\d{1,3}[ ]?[A-Za-z]?\b(?![.:]\d\d|[ ]?(?:mænd|personer|biler|år|km|gange|timer)\b)"
)
DOOR = regex.compile(
    r"(?i)\b(?:\d{1,2}\.[ ]?(?:sal|etage)?,?[ ]?(?:tv|th|mf)\b|(?:stuen|st\.)[ ,]+(?:tv|th|mf)\b|dør[ ]\d+\b)"
)


def addresses(normal: Normal, context: Context) -> Iterator[Finding]:
    severity = Severity.BLOCK if context.about_case else Severity.WARN
    message = _("A street with a number points at people. Write the part of town instead, such as “på Nørrebro”.")
    places = [match.span() for pattern in (ADDRESS, LOWER, DOOR) for match in pattern.finditer(normal.text)]
    for place in apart(places):
        yield at("C-05", severity, normal, place, message)
