"""C-07, C-10 to C-12: what identifies together with other things, and whether what was registered still holds."""

from collections.abc import Iterator
from datetime import timedelta

import regex
from django.utils.translation import gettext as _

from cms.rules.base import Context, Finding, Kind, Severity, at, whole
from cms.rules.normalising import Normal

NATIONS = (
    "dansk|svensk|norsk|finsk|islandsk|tysk|polsk|rumænsk|bulgarsk|litauisk|lettisk|estisk|ukrainsk|russisk|britisk|engelsk|irsk|fransk|spansk|italiensk|portugisisk|hollandsk|belgisk|græsk|tyrkisk|syrisk|irakisk|iransk|afghansk"
    "|pakistansk|somalisk|marokkansk|palæstinensisk|libanesisk|eritreisk|kinesisk|vietnamesisk|amerikansk|brasiliansk|nigeriansk|gambiansk|albansk|serbisk|bosnisk|kosovoalbansk|georgisk|moldovisk|ungarsk|grønlandsk|færøsk|indisk|filippinsk|thailandsk|algerisk|tunesisk|egyptisk"
)
DETAILS: dict[str, regex.Pattern[str]] = {
    "age": regex.compile(r"(?i)\b\d{1,2}[ -]?årig\p{L}*|\bpå[ ]\d{1,2}[ ]år\b|\b\d{1,2}[ ]år[ ]gammel"),
    "sex": regex.compile(
        r"(?i)(?<=årig[e]?[ ])(?:mand|kvinde|dreng|pige)\p{L}*|\ben[ ](?:ung[ ]|yngre[ ]|ældre[ ])?(?:mand|kvinde|dreng|pige)\b"
    ),
    "place": regex.compile(
        r"(?i)(?<!\bRetten[ ])\b(?:fra|på|i|bosat[ ]i)[ ](?:Ydre[ ]|Indre[ ])?(?:Nørrebro|Vesterbro|Østerbro|Amager|Valby|Vanløse|Brønshøj|Husum|Bispebjerg|Emdrup|Kastrup|Dragør|Tårnby|Christianshavn|Christiania|Sydhavnen|Nordhavn|Nordvest|Ørestad|Frederiksberg|Tingbjerg|Mjølnerparken|Urbanplanen|Islands[ ]Brygge|Indre[ ]By)\b"
    ),
    "occupation": regex.compile(
        r"(?i)\b(?:skole|gymnasie|folkeskole)?(?:lærer|pædagog|læge|sygeplejerske|taxichauffør|chauffør|buschauffør|advokat|murer|tømrer|håndværker|kok|tjener|præst|imam|politibetjent|betjent|soldat|direktør|bankansat|bankmand|revisor|ejendomsmægler|frisør|fodboldspiller|fodboldtræner|træner|skuespiller|musiker|politiker|byrådsmedlem|borgmester|journalist|studerende|forsker|professor|pilot|stewardesse|værtshusejer|restauratør|kioskejer|købmand|massør|plejer|hjemmehjælper|social-?rådgiver|vagt|dørmand|fængselsbetjent)(?:en|n)?\b"
    ),
    "employer": regex.compile(
        r"(?i)\b(?:ansat|arbejdede|arbejder|medarbejder|elev|studerer|studerende)[ ](?:i|på|hos|ved)[ ]\p{L}+"
    ),
    "nationality": regex.compile(
        rf"(?i)\b(?:{NATIONS})(?:e|er|eren|ere)?[ ](?:mand|kvinde|statsborger|baggrund|oprindelse|familie|dreng|pige|afstamning|turist)\p{{L}}*|\bstatsborger[ ]i[ ]\p{{L}}+"
    ),
    "relation": regex.compile(
        r"(?i)\b(?:sin|sine|hans|hendes|deres|forurettedes|en|den)?[ ]?\b(?:eks)?(?:kone|hustru|kæreste|ægtefælle|samlever|samleverske|datter|søn|stedfar|stedmor|steddatter|stedsøn|papfar|papdatter|far|mor|bror|søster|lillesøster|storebror|fætter|kusine|niece|nevø|onkel|nabo|kollega|elev|barnebarn|svigersøn|plejebarn|børn)(?:en|n|s)?\b"
    ),
    "date": regex.compile(
        r"(?i)\b(?:den[ ])?\d{1,2}\.[ ](?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
    ),
    "method": regex.compile(
        r"(?i)\bmed[ ](?:en|et)[ ](?:hammer|økse|machete|samuraisværd|armbrøst|sav|bat|baseballbat|jernstang|flaskeskår|golfkølle|boremaskine|strygejern|snor|livrem|pude|\p{L}*syre)\b"
    ),
    "street": regex.compile(r"\b\p{Lu}\p{L}+(?:gade|vej|stræde|plads|torv|allé|boulevard)\b"),
}


def indirect_identifiers(normal: Normal, context: Context) -> Iterator[Finding]:
    """The sum of harmless details can point at one person (R-02). Shows each, so that one can be left out."""
    if not context.about_case or (context.kind == Kind.ALT_TEXT and not context.restricted):
        return
    found = {name: match for name, pattern in DETAILS.items() if (match := pattern.search(normal.text))}
    # The bare "sex" of an unnamed adult identifies nobody by itself; under a ban only court, charge and result are free.
    if context.restricted:
        message = _(
            "A ban on identification is in force. Leave this detail out, or have the legal approver confirm that it cannot identify anybody."
        )
        severity = Severity.SECOND_PERSON
    elif len(found) >= 5:
        message = _(
            "Together with the other details this can identify a person. Leave some out, or have the legal approver look at it."
        )
        severity = Severity.SECOND_PERSON
    elif len(found) == 4:
        message = _(
            "Together with the other details this can identify a person. Leave out what the message does not need."
        )
        severity = Severity.WARN
    else:
        return
    for match in sorted(found.values(), key=lambda match: match.start()):
        yield at("C-07", severity, normal, match.span(), message)


FRESH_RESTRICTION = timedelta(hours=24)
FRESH_STAGE = timedelta(days=14)


def still_holds(normal: Normal, context: Context) -> Iterator[Finding]:
    """C-10 to C-12, as far as the moment of sending and of the confirmations are known."""
    if context.kind == Kind.COURT_RESULT and context.stage is None:
        yield whole(
            "C-11", Severity.BLOCK, normal, _("The stage of the case is not known. Choose it before this is sent.")
        )
    asked, sent = context.now or context.due, context.due or context.now
    if asked is None or sent is None:
        return
    # Confirmed lately is asked now, and again at the send: what is planned for next week cannot be confirmed yet.
    confirmed = context.restriction_confirmed_at
    if context.restricted and confirmed is not None and asked - confirmed > FRESH_RESTRICTION:
        yield whole(
            "C-10", Severity.BLOCK, normal, _("Confirm that what is registered about bans on names still holds.")
        )
    confirmed = context.stage_confirmed_at
    if context.about_case and confirmed is not None and asked - confirmed > FRESH_STAGE:
        yield whole(
            "C-11", Severity.BLOCK, normal, _("The stage of the case was last confirmed over 14 days ago. Confirm it.")
        )
    if context.pronounced_at is not None and sent < context.pronounced_at:
        message = _("It would be sent before the judgment is pronounced. Choose a later time.")
        yield whole("C-12", Severity.BLOCK_HARD, normal, message)
