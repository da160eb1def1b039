"""Words that claim a fact, by list: which outcome, sanction, plea or answer to the judgment a word stands for."""

import regex

from cms.court.vocabulary import Outcome, Plea, SanctionKind, Sex, Stance


def whole(pattern: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)(?<![\p{{L}}-])(?:{pattern})(?![\p{{L}}])")


ALL_PRISON = {SanctionKind.PRISON, SanctionKind.SUSPENDED, SanctionKind.LIFE}
RIGHTS = {SanctionKind.DRIVING_BAN, SanctionKind.RIGHTS_LOST}
SANCTIONS = (
    (whole(r"fængsel|fængsels?straf\p{L}*|bag tremmer"), ALL_PRISON),
    (whole(r"ubetinget"), {SanctionKind.PRISON}),
    (whole(r"betinget|betingede"), {SanctionKind.SUSPENDED}),
    (whole(r"livstid\p{L}*|livsvarigt?"), {SanctionKind.LIFE}),
    (whole(r"forvaring"), {SanctionKind.DETENTION}),
    (whole(r"samfundstjeneste"), {SanctionKind.COMMUNITY_SERVICE}),
    (whole(r"bøden?|bøder"), {SanctionKind.FINE}),
    (whole(r"dagbøder?"), {SanctionKind.DAY_FINES}),
    (whole(r"førerret\p{L}*|kørekort\p{L}*"), {SanctionKind.DRIVING_BAN}),
    (whole(r"frakendt|frakendes|frakendelse\p{L}*"), RIGHTS),
    (whole(r"udvist|udvises|udvisning\p{L}*|indrejseforbud\p{L}*"), {SanctionKind.EXPULSION}),
    (whole(r"konfiskere\p{L}*|konfiskation\p{L}*|inddraget"), {SanctionKind.CONFISCATION}),
    (whole(r"forbud mod at (?:opholde|færdes)|opholdsforbud\p{L}*|zoneforbud\p{L}*"), {SanctionKind.ZONE_BAN}),
    (
        whole(r"behandlingsdom\p{L}*|anbringelsesdom\p{L}*|dømt til (?:\p{L}+ )?(?:behandling|anbringelse)"),
        {SanctionKind.TREATMENT},
    ),
)
GUILTY = {Outcome.CONVICTED, Outcome.PARTLY_ACQUITTED}
FREED = {Outcome.ACQUITTED, Outcome.PARTLY_ACQUITTED}
OUTCOMES = (
    (whole(r"idømt|idømmes|idømte|dømt|dømte|straffet|(?:kendt|fundet|erklæret) skyldige?"), GUILTY),
    (whole(r"frifundet|frifundne|frikendt\p{L}*|frifandt"), FREED),
    (whole(r"sag(?:en)? (?:mod [^.]*?)?(?:er|blev) afvist|afvist (?:sagen|tiltalen)"), {Outcome.DISMISSED}),
    (
        whole(r"opgivet (?:sagen|sigtelsen|påtalen)|påtaleopgivelse\p{L}*|sigtelsen er opgivet"),
        {Outcome.CHARGE_DROPPED},
    ),
    (whole(r"frafaldet (?:tiltalen|sagen)|tiltalefrafald\p{L}*"), {Outcome.PROSECUTION_WAIVED}),
)
PLEAS = (
    (whole(r"(?:erkend|tilst|indrømme|vedg)\p{L}+"), {Plea.ADMITS, Plea.PARTLY}),
    (whole(r"nægt\p{L}+|benægt\p{L}+"), {Plea.DENIES, Plea.PARTLY}),
)
SEXES = (
    (whole(r"mand|manden|mandens|mænd|mændene|han|ham|hans|dreng\p{L}*"), {Sex.MAN}),
    (whole(r"kvinde|kvinden|kvindens|kvinder|kvinderne|hun|hende|hendes|pige\p{L}*"), {Sex.WOMAN}),
)
APPEALS = {Stance.APPEALED_GUILT, Stance.APPEALED_SENTENCE}
ANSWERS = (
    (
        whole(
            r"(?:har )?modtaget dommen|modtog (?:på stedet )?dommen|tog imod dommen|accepteret? dommen|godtog dommen"
        ),
        {Stance.ACCEPTED},
    ),
    (whole(r"betænkningstid\p{L}*"), {Stance.CONSIDERING}),
)
APPEALED = whole(r"(?:har )?(?:(?:også|straks) )?anket|ankede|anker(?![^.,]{0,30} ikke)|er anket|appellere\p{L}*")
PROSECUTION = whole(r"anklagemyndigheden|anklageren|statsadvokaten")
AIMS = (
    (whole(r"(?:for at få|krav om|påstand om|gå efter|for at blive|vil) (?:en )?frif(?:indelse|undet)"), "guilt"),
    (whole(r"mildere straf|formildelse|lavere straf|kortere straf"), "milder"),
    (whole(r"strengere straf|skærpe\p{L}*|længere straf|hårdere straf|højere straf"), "stricter"),
)
FINAL = whole(r"(?<!ikke )(?<!ikke er )endelig|retskraftig|kan ikke ankes|endeligt afgjort")
NOT = regex.compile(r"(?i)\b(?:ikke|endnu|hverken|uden)\b[^.]{0,25}$")
NOT_FINAL = whole(r"ikke (?:\p{L}+ )?endeligt?")
CRIMES = whole(
    r"(?:røveri|vold|voldtægt|drab|manddrab|mord|tyveri|indbrud|bedrageri|databedrageri|svindel|hærværk|trusler|hæleri|hvidvask"
    r"|brandstiftelse|afpresning|frihedsberøvelse|blufærdighedskrænkelse|spirituskørsel|narkokørsel|vanvidskørsel|smugling"
    r"|menneskehandel|chikane|stalking|knivsti?kkeri|skyderi|underslæb|mandatsvig|dokumentfalsk|røverier|tyverier|indbrud"
    r"|drabsforsøg|våbenbesiddelse|knivbesiddelse|narkohandel|gadevold|terror|spionage|vidnetrusler|incest)(?:et|en|erne|s)?"
)
GROSS = whole(r"grovt?|grove|særlig farlig\p{L}*|særligt farlig\p{L}*|forsøg på|medvirken til")
COURTS = regex.compile(
    r"Københavns Byret|Retten (?:i|på|for) \p{Lu}[\p{L} ]*?(?=[ .,]|$)|Østre Landsret|Vestre Landsret|(?i:\b(?:byretten|landsretten|højesteret))(?!s?\p{L}{2})"
)
