"""C-24 to C-27, C-33, C-34, C-45: wording that colours, points at groups of people, or sends the reader the wrong way."""

from collections.abc import Iterator

import regex
from django.utils.translation import gettext as _

from cms.rules import clauses
from cms.rules.base import Context, Finding, Kind, Severity, at, whole
from cms.rules.normalising import Normal
from cms.rules.restriction import DETAILS, NATIONS

COLOURED = regex.compile(
    r"(?i)\b(?:desværre|heldigvis|heldigt|glædeligt|endelig(?=[ ](?:fik|er|blev|har|kom|får|dømt|idømt|retfærdighed))|omsider|fortjent|fortjener|for[ ]mildt?|for[ ]milde|for[ ]hård|alt[ ]for|latterlig\p{L}*|skandaløs\p{L}*|chokerende|uhyrlig\p{L}*|modbydelig\p{L}*|afskyelig\p{L}*|bestialsk\p{L}*|usling\p{L}*|ynkelig\p{L}*|bravo|tillykke|godt[ ]klaret|velfortjent|retfærdigheden[ ]sker[ ]fyldest|kom[ ]til[ ]kort|naiv\p{L}*|dum|dumme|tåbelig\p{L}*|øv|surt[ ]show|selv[ ]ude[ ]om[ ]det|kunne[ ]have[ ]undgået|ironisk[ ]nok|sjovt[ ]nok|som[ ]straf[ ]kan[ ]han)\b"
)
EXCLAIMED = regex.compile(r"!+")
POLL = regex.compile(
    r"(?i)\b(?:hvad[ ]synes[ ](?:du|I)|hvad[ ]mener[ ](?:du|I)|synes[ ](?:du|I),|mener[ ](?:du|I),|stem[ ](?:her|nu|ja|nej|på|i[ ])|afstemning|meningsmåling|giv[ ](?:din|os[ ]din)[ ](?:mening|stemme)|skriv[ ]i[ ]kommentaren,?[ ](?:om|hvad)|ja[ ]eller[ ]nej\?|er[ ]straffen[ ](?:rimelig|passende|for[ ]\p{L}+)\?|var[ ]det[ ](?:en[ ])?(?:rimelig|fair|retfærdig)\p{L}*[^.!?]*\?)"
)


def coloured(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-24, of texts about cases."""
    if not context.about_case:
        return
    for pattern in (COLOURED, EXCLAIMED):
        for match in pattern.finditer(normal.text):
            message = _("This judges the court, the sentence or the person. Say what happened, without comment.")
            yield at("C-24", Severity.WARN, normal, match.span(), message)
    for match in POLL.finditer(normal.text):
        message = _("No votes and no opinions on a case. Leave the question out.")
        yield at("C-24", Severity.BLOCK, normal, match.span(), message)


SPECIAL = regex.compile(
    rf"(?i)\b(?:(?:{NATIONS})(?:e)?[ ](?:mand|mænd|kvinde|dreng|pige|statsborger|person|bande|familie|kriminel|tyve?|røver)\p{{L}}*|statsborger[ ]i[ ]\p{{L}}+|(?:ikke-vestlig|udenlandsk|etnisk|mellemøstlig|østeuropæisk|afrikansk|arabisk|kurdisk)\p{{L}}*[ ](?:mand|mænd|kvinde|dreng|pige|person|baggrund|udseende|herkomst|oprindelse|minoritet|bande|statsborger|kriminel)\p{{L}}*"
    r"|etnicitet|hudfarve|mørk[ ]i[ ]huden|mørk[ ]hud|indvandrer\p{L}*|efterkommer(?:e|en)?|flygtning\p{L}*|asylansøger\p{L}*|sigøjner\p{L}*|roma(?:er|ere)?|muslim\p{L}*|islamisk\p{L}*|jøde[rn]?|jødisk\p{L}*|kristen|kristne|hindu\p{L}*|imam\p{L}*|homoseksuel\p{L}*|transkønne\p{L}*|lesbisk\p{L}*|bøsse[rn]?"
    r"|psykisk[ ](?:syg|lidelse|sygdom)\p{L}*|sindssyg\p{L}*|skizofren\p{L}*|psykotisk\p{L}*|psykose|psykiatrisk\p{L}*|sindslidende|retspsykiatri\p{L}*|mentalt[ ]\p{L}+|anbringelsesdom|behandlingsdom|dom[ ]til[ ](?:behandling|anbringelse)|selvmord\p{L}*|misbruger\p{L}*|narkoman\p{L}*|alkoholiker\p{L}*|hiv\b|fagforening\p{L}*)\b"
)


def special_categories(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-25."""
    for match in SPECIAL.finditer(normal.text):
        message = _(
            "Nationality, religion, health or sexuality: leave it out unless the message cannot do without, and note why."
        )
        yield at("C-25", Severity.WARN, normal, match.span(), message)


YOUNG = regex.compile(
    r"(?i)\b(?:[0-9]|1[0-7])[ -]?årig\p{L}*|\b(?:under|på)[ ](?:1[0-8]|[1-9])[ ]år\b|\b(?:fjorten|femten|seksten|sytten|tretten|tolv)[ -]?årig\p{L}*|\b(?:mindreårig|teenager|barn|dreng|pige|skoleelev|ungdomskriminel|umyndig)(?:en|et|e|es|ene|s)?\b|\bbørn(?:ene)?\b|\bunge[ ](?:mænd|kvinder|gerningsm\p{L}+|drenge|piger)\b|\bde[ ]unge\b|\bunge\b(?=[ ](?:er|blev|under|tiltalt|sigtet|dømt))|\bdrenge(?:ne)?\b|\bpiger(?:ne)?\b"
)
OFFENCE = regex.compile(
    r"(?i)\b\p{L}*(?:vold|røveri|tyveri|indbrud|overfald|hærværk|overgreb|voldtægt|blufærdighed|trusler|trussel|drab|mord|knivstikkeri|bedrageri|narko|hash|euforiserende|afpresning|kriminalitet|lovovertrædelse|brandstiftelse|hæleri|krænkelse|gerningsmand\p{L}*|sigtet|tiltalt|anholdt|idømt|dømt|forbrydelse|våben|mishandling|incest|blotteri|frihedsberøvelse|skyderi)\p{L}*\b"
)


def minors(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-26: children and young people beside an offence."""
    if not (context.about_case or context.minor_defendant):
        return
    if not (context.minor_defendant or OFFENCE.search(normal.text)):
        return
    message = _(
        "A person under 18 in connection with an offence. Write “under 18 år” and no school or part of town; the legal approver must see it."
    )
    matches = list(YOUNG.finditer(normal.text))
    for match in matches:
        yield at("C-26", Severity.SECOND_PERSON, normal, match.span(), message)
    if context.minor_defendant and not matches and context.kind != Kind.ALT_TEXT:
        yield whole(
            "C-26", Severity.SECOND_PERSON, normal, _("The defendant is under 18. The legal approver must see it.")
        )


SEXUAL = regex.compile(
    r"(?i)\b\p{L}*(?:voldtægt|voldtag|blufærdighed|sexchikane|incest|blotter|blotteri|samleje|sexkrænk|seksuel|børneporno|kønslig|overgrebsmateriale)\p{L}*\b"
)
WHERE = regex.compile(
    r"(?i)\b\p{L}*(?:skole|skolen|gymnasium|gymnasiet|børnehave|børnehaven|institution|institutionen|fritidsklub|fritidshjem|efterskole|kollegium|kollegiet|bosted|arbejdsplads|klassekammerat|veninde|(?<!\bu)bekendt)(?:s|er|erne|n|en)?\b"
    r"|\b(?:familie|barndoms|skole|studie|ungdoms)?(?:ven|vens|vennen|vennens|venner|vennerne)\b"
)


def sexual_offences(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-27: what points at the victim of a sexual offence."""
    if not (context.sexual_offence or (context.about_case and SEXUAL.search(normal.text))):
        return
    message = _("In a case of a sexual offence this points at the victim. Leave relation, place and school out.")
    places = {
        match.span()
        for pattern in (DETAILS["relation"], DETAILS["place"], DETAILS["street"], DETAILS["employer"], WHERE)
        for match in pattern.finditer(normal.text)
    }
    for place in sorted(places):
        yield at("C-27", Severity.BLOCK, normal, place, message)


RING_112 = regex.compile(
    r"(?i)\b(?:ring(?:e|er)?|kontakt(?:e|er)?|tast|opkald[ ]til)[ ](?:\p{L}+[ ]){0,3}?(?:1-1-2|112|1[ ]1[ ]2)\b"
)
ACUTE = regex.compile(
    r"(?i)\b(?:akut\p{L}*|nødsituation\p{L}*|nød|fare|livsfare|livstruende|øjeblikkelig\p{L}*|straks|nu[ ]og[ ]her|i[ ]gang|igangværende|alarm\p{L}*|brænder|brand|tilskadekom\p{L}*|ulykke\p{L}*|haster|kun|drukn\p{L}*|truet|utryg|overfaldet|på[ ]fersk[ ]gerning|bevidstløs|øjeblikket)\b"
)


def emergency_number(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-33: 112 is for emergencies."""
    if context.urgent:
        return
    for match in RING_112.finditer(normal.text):
        first, last = clauses.sentence(normal.text, *match.span())
        if not ACUTE.search(normal.text[first:last]):
            message = _("112 is for emergencies. Write “Ring 114”, or say that it is acute, or point to politi.dk.")
            yield at("C-33", Severity.BLOCK, normal, match.span(), message, "114")


PREVENTS = regex.compile(
    r"(?i)\b(?:pas[ ]på|forebyg\p{L}*|undgå|beskyt\p{L}*|gode[ ]råd|sådan[ ](?:undgår|sikrer|beskytter))\b"
)
ACTS = regex.compile(
    r"(?i)\b(?:ring|ringe|kontakt|læs|se|besøg|kom|mød|meld|anmeld|tip|skriv|husk|lås|sluk|tænd|spær|brug|hold|kør|tag|sæt|følg|tal|del|gem|opgiv|giv|oplys|afbryd|læg|tjek|find|vis|luk|bliv|stop|sig|spørg|sørg|lad|gå|aflever|parkér|drik|aftal|opbevar|hent|114|112|politi\.dk)\b"
)


def call_to_action(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-34."""
    if context.about_case or context.kind != Kind.POST:
        return
    if PREVENTS.search(normal.text) and not ACTS.search(normal.text):
        message = _(
            "Advice should say what the reader can do, or where to turn: “Ring 114” or “Læs mere på politi.dk”."
        )
        yield whole("C-34", Severity.WARN, normal, message)


NAKED = regex.compile(r"(?i)(?<![\w@/.-])(?:https?://|www\.)\S+")
HERE = regex.compile(r"(?i)\b(?:klik|tryk)[ ](?:\p{L}+[ ]){0,2}?her\b|\blæs[ ]mere[ ]her\b|\bclick[ ]here\b")


def links(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-45. The link of a post is added by its channel."""
    for match in NAKED.finditer(normal.text):
        yield at(
            "C-45", Severity.WARN, normal, match.span(), _("A bare address is hard to read. Put it in the link field.")
        )
    for match in HERE.finditer(normal.text):
        yield at(
            "C-45",
            Severity.WARN,
            normal,
            match.span(),
            _("Say what the link leads to, such as “Læs vores råd om cykeltyveri”."),
        )
