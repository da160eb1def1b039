"""Which numbers and words belong to which sanction, and which outcomes carry one. Data, not conditions."""

from cms.court.vocabulary import Outcome, SanctionKind

PARTS: dict[str, tuple[str, ...]] = {
    SanctionKind.PRISON: ("years", "months", "days"),
    SanctionKind.SUSPENDED: ("years", "months", "days"),
    SanctionKind.COMMUNITY_SERVICE: ("hours",),
    SanctionKind.FINE: ("amount",),
    SanctionKind.DAY_FINES: ("days", "amount"),
    SanctionKind.DRIVING_BAN: ("years", "months", "for_good"),
    SanctionKind.EXPULSION: ("years", "for_good"),
    SanctionKind.CONFISCATION: ("amount", "what"),
    SanctionKind.RIGHTS_LOST: ("what", "years", "for_good"),
    SanctionKind.ZONE_BAN: ("what", "years"),
    SanctionKind.TREATMENT: ("what",),
    SanctionKind.DETENTION: (),
    SanctionKind.LIFE: (),
}
NAMES = ("years", "months", "days", "hours", "amount", "for_good", "what")
# Of these one at least must be given, or there is no sentence to write.
NEEDED: dict[str, tuple[str, ...]] = {
    SanctionKind.PRISON: ("years", "months", "days"),
    SanctionKind.SUSPENDED: ("years", "months", "days"),
    SanctionKind.COMMUNITY_SERVICE: ("hours",),
    SanctionKind.FINE: ("amount",),
    SanctionKind.DAY_FINES: ("days",),
    SanctionKind.DRIVING_BAN: ("years", "months", "for_good"),
    SanctionKind.EXPULSION: ("years", "for_good"),
    SanctionKind.CONFISCATION: ("amount", "what"),
    SanctionKind.RIGHTS_LOST: ("what",),
    SanctionKind.ZONE_BAN: ("what",),
    SanctionKind.TREATMENT: ("what",),
}
SENTENCED = {Outcome.CONVICTED.value, Outcome.PARTLY_ACQUITTED.value}
JUDGED = {*SENTENCED, Outcome.ACQUITTED.value}  # what both sides take a stance on

# Lay Danish as after "for"; proposals only.
OFFENCES = (
    "vold", "grov vold", "røveri", "tyveri", "indbrud", "hæleri", "bedrageri", "databedrageri", "hærværk",
    "brandstiftelse",
    "trusler", "vidnetrusler", "vold mod tjenestemand i funktion", "stalking", "voldtægt", "blufærdighedskrænkelse",
    "drab", "drabsforsøg", "besiddelse af narkotika", "salg af narkotika", "ulovlig våbenbesiddelse", "knivbesiddelse",
    "spirituskørsel", "narkokørsel", "vanvidskørsel", "uagtsomt manddrab", "hvidvask", "menneskehandel",
    "frihedsberøvelse", "overtrædelse af knivloven",
)  # fmt: skip
