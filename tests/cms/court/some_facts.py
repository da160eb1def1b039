"""Facts of every shape for tests, valid as the prosecutor's form makes them. All are invented."""

from datetime import date

from hypothesis import strategies as st

from cms.court.facts import Defendant, Facts, Sanction
from cms.court.vocabulary import Finality, Outcome, Plea, SanctionKind, Sex, Stance

OFFENCES = (
    "røveri", "grov vold", "voldtægt", "tyveri", "hvidvask", "spirituskørsel", "trusler", "besiddelse af kokain",
    "bedrageri", "hærværk", "drabsforsøg", "at have ført bil uden førerret", "overtrædelse af knivloven",
)  # fmt: skip
COURTS = {
    1: ("Københavns Byret", "Retten på Frederiksberg", "Retten i Odense"),
    2: ("Østre Landsret",),
    3: ("Højesteret",),
}
FINALITIES = {
    1: (
        Finality.FIRST_INSTANCE,
        Finality.APPEALED,
        Finality.FINAL,
        Finality.REOPENED,
        Finality.DEFAULT_JUDGMENT,
        Finality.SECOND_INSTANCE,
        Finality.LEAVE_APPLIED,
        Finality.LEAVE_GRANTED,  # judged above since
    ),
    2: (Finality.SECOND_INSTANCE, Finality.LEAVE_APPLIED, Finality.LEAVE_GRANTED, Finality.FINAL, Finality.REMITTED),
    3: (Finality.SUPREME_COURT, Finality.FINAL, Finality.REMITTED),
}
WHAT = {
    SanctionKind.CONFISCATION: ("", "en kniv", "en bil", "to mobiltelefoner"),
    SanctionKind.TREATMENT: ("", "psykiatrisk behandling", "anbringelse på psykiatrisk afdeling"),
    SanctionKind.ZONE_BAN: ("", "nattelivszonen", "på et torv"),
    SanctionKind.RIGHTS_LOST: ("", "retten til at drive virksomhed"),
}
small = st.integers(0, 16)
amounts = st.sampled_from([0, 1, 500, 5000, 12500, 1250000, 33141448])
TERM = {"years": small, "months": small, "days": st.sampled_from([0, 1, 7, 40, 60])}
BAN = {"years": small, "months": small, "for_good": st.booleans()}
NUMBERS = {  # what the form asks of each kind; of the others the term
    SanctionKind.FINE: {"amount": amounts},
    SanctionKind.DAY_FINES: {"days": st.sampled_from([0, 1, 10, 30]), "amount": amounts},
    SanctionKind.CONFISCATION: {"amount": amounts},
    SanctionKind.COMMUNITY_SERVICE: {"hours": st.sampled_from([0, 1, 30, 80, 240])},
    SanctionKind.DRIVING_BAN: BAN,
    SanctionKind.EXPULSION: BAN,
    SanctionKind.RIGHTS_LOST: BAN,
    SanctionKind.ZONE_BAN: BAN,
    SanctionKind.LIFE: {},
    SanctionKind.DETENTION: {},
    SanctionKind.TREATMENT: {},
}
lists = st.lists(st.sampled_from(OFFENCES), max_size=3, unique=True).map(tuple)


@st.composite
def sanctions(draw):
    kind = draw(st.sampled_from(SanctionKind))
    numbers = {name: draw(values) for name, values in NUMBERS.get(kind, TERM).items()}
    return Sanction(kind=kind.value, what=draw(st.sampled_from(WHAT.get(kind, ("",)))), **numbers)


@st.composite
def defendants(draw, instance):
    outcome = draw(st.sampled_from(Outcome))
    punished = outcome in {Outcome.CONVICTED, Outcome.PARTLY_ACQUITTED}
    minor = draw(st.booleans()) and draw(st.booleans())
    return Defendant(
        outcome=outcome.value,
        offences=draw(lists),
        acquitted_of=draw(lists) if outcome in {Outcome.ACQUITTED, Outcome.PARTLY_ACQUITTED} else (),
        sanctions=tuple(draw(st.lists(sanctions(), max_size=4))) if punished else (),
        age=None if minor else draw(st.one_of(st.none(), st.integers(18, 90))),
        minor=minor,
        sex=draw(st.sampled_from(Sex)).value,
        company=draw(st.booleans()) and draw(st.booleans()),
        plea=draw(st.sampled_from(Plea)).value,
        stance=draw(st.sampled_from(Stance)).value,
        prosecution=draw(st.sampled_from(Stance)).value,
        finality=draw(st.sampled_from(FINALITIES[instance])).value,
    )


@st.composite
def facts(draw):
    instance = draw(st.sampled_from([1, 1, 2, 3]))
    return Facts(
        court=draw(st.sampled_from(COURTS[instance])),
        instance=instance,
        judged_on=draw(st.dates(date(2020, 1, 1), date(2030, 12, 31))),
        defendants=tuple(draw(st.lists(defendants(instance), min_size=1, max_size=13))),
        anonymous=draw(st.booleans()),
        result_only=draw(st.booleans()),
        place=draw(st.sampled_from(["", "Nørrebro", "Valby", "på Amager", "København"])),
        period=draw(st.sampled_from(["", "foråret 2026", "maj 2026", "mellem januar og marts 2026"])),
        said=draw(st.sampled_from([(), ("retten lagde vægt på videoovervågning",), ("Sagen varede to dage.", "")])),
        advice=draw(st.sampled_from(["", "Ring 114, hvis du har oplysninger i en lignende sag"])),
    )
