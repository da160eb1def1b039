# ruff: noqa: E501 (lines are texts)
"""Labelled texts: rewordings of the same facts, and texts with a fact changed (what the change is stands beside it)."""

from datetime import date

from cms.court.facts import Defendant, Facts, Sanction

DAY = date(2026, 5, 12)
ROBBERY = Facts(
    "Københavns Byret", 1, DAY,
    (Defendant("convicted", ("røveri",), sanctions=(Sanction("prison", years=1, months=6), Sanction("expulsion", years=6)),
               age=31, sex="man", plea="denies", stance="appealed_guilt", finality="appealed"),),
)  # fmt: skip
DRIVING = Facts(
    "Retten på Frederiksberg", 1, DAY,
    (Defendant("convicted", ("spirituskørsel",),
               sanctions=(Sanction("suspended", days=60), Sanction("community_service", hours=80),
                          Sanction("fine", amount=12500), Sanction("driving_ban", years=3)),
               age=44, sex="woman", plea="admits", stance="accepted"),),
)  # fmt: skip
FREED = Facts(
    "Københavns Byret", 1, DAY,
    (Defendant("acquitted", acquitted_of=("grov vold",), age=24, sex="man", plea="denies", stance="accepted",
               prosecution="awaiting"),),
)  # fmt: skip
TWO = Facts(
    "Københavns Byret", 1, DAY,
    (Defendant("convicted", ("tyveri",), sanctions=(Sanction("prison", months=3),), age=24, sex="man", stance="considering"),
     Defendant("convicted", ("tyveri",), sanctions=(Sanction("prison", months=8),), age=37, sex="woman", stance="accepted")),
)  # fmt: skip
FINAL = Facts(
    "Østre Landsret", 2, DAY,
    (Defendant("convicted", ("hvidvask",), sanctions=(Sanction("fine", amount=1250000),), company=True, finality="final"),),
)  # fmt: skip
HIDDEN = Facts(
    "Københavns Byret", 1, DAY,
    (Defendant("convicted", ("voldtægt",), sanctions=(Sanction("prison", years=3),), prosecution="appealed_sentence"),),
    anonymous=True,
)  # fmt: skip

REWORDED = [
    (ROBBERY, "En mand på 31 år skal halvandet år i fængsel for røveri. Han har anket til landsretten."),
    (ROBBERY, "Københavns Byret har idømt en 31-årig mand 18 måneders fængsel for røveri. Dommen er anket."),
    (ROBBERY, "Fængsel i 1 år og 6 måneder for røveri. Den 31-årige ankede dommen med påstand om frifindelse."),
    (ROBBERY, "For røveri er en 31-årig mand den 12. maj dømt til et år og seks måneders fængsel og udvist i seks år."),
    (ROBBERY, "Manden må ikke komme til Danmark i 6 år. Dommen er ikke endelig, da han har anket til Østre Landsret."),
    (
        ROBBERY,
        "Byretten fandt den 31-årige skyldig i røveri. Han nægtede sig skyldig og går efter frifindelse i landsretten.",
    ),
    (ROBBERY, "Dom for røveri: Han blev udvist med indrejseforbud i 6 år. Tiltalte har anket."),
    (ROBBERY, "Dommen faldt 12. maj 2026 og er anket."),
    (DRIVING, "En kvinde på 44 år fik 60 dages betinget fængsel for spirituskørsel. Hun modtog dommen."),
    (DRIVING, "Hun skal udføre 80 timers samfundstjeneste, betale 12.500 kroner i bøde og mister førerretten i 3 år."),
    (DRIVING, "Retten på Frederiksberg: Betinget fængsel i 60 dage til 44-årig kvinde. Dommen er ikke endelig."),
    (DRIVING, "Kvinden erkendte. Hun er frakendt førerretten i tre år og idømt en bøde på 12.500 kr."),
    (DRIVING, "En 44-årig kvinde har tilstået spirituskørsel og er idømt samfundstjeneste. Hun tog imod dommen."),
    (DRIVING, "Kørekortet ryger i tre år for en 44-årig kvinde efter spirituskørsel. Dommen er ikke endelig."),
    (FREED, "Københavns Byret har frifundet en 24-årig mand for grov vold. Dommen er ikke endelig."),
    (
        FREED,
        "En mand på 24 år er frikendt for grov vold. Anklagemyndigheden har endnu ikke besluttet, om dommen skal ankes.",
    ),
    (FREED, "Den 24-årige blev frifundet. Han nægtede. Dommen er ikke endelig."),
    (FREED, "Byretten frifandt manden. Han har modtaget dommen, som endnu ikke er endelig."),
    (FREED, "Frifundet for grov vold: Dommen i sagen mod den 24-årige er endnu ikke endelig."),
    (TWO, "En mand og en kvinde er dømt for tyveri. Han fik tre måneders fængsel, hun otte måneder."),
    (TWO, "To personer på 24 og 37 år er idømt mellem 3 og 8 måneders fængsel for tyveri. Dommen er ikke endelig."),
    (TWO, "Den 24-årige mand er idømt 3 måneders fængsel. Den 37-årige kvinde er idømt 8 måneders fængsel."),
    (TWO, "Begge er dømt for tyveri. Den 37-årige modtog dommen. Den 24-årige udbad sig betænkningstid."),
    (TWO, "Københavns Byret har dømt to for tyveri. Dommen er ikke endelig, fordi den ene har betænkningstid."),
    (TWO, "Otte måneders fængsel til kvinden på 37 år. Dommen er ikke endelig."),
    (FINAL, "Østre Landsret har idømt en virksomhed en bøde på 1.250.000 kroner for hvidvask. Dommen er endelig."),
    (FINAL, "En virksomhed skal betale 1,25 mio. kr. i bøde for hvidvask. Dommen er nu endelig."),
    (FINAL, "Bøde på 1.250.000 kr. for hvidvask. Sagen er endeligt afgjort i landsretten."),
    (FINAL, "Landsretten dømte den 12. maj 2026 virksomheden for hvidvask."),
    (
        HIDDEN,
        "En person er idømt tre års fængsel for voldtægt. Anklagemyndigheden har anket og vil have en strengere straf.",
    ),
    (HIDDEN, "Københavns Byret: 3 års fængsel for voldtægt. Dommen er anket til Østre Landsret."),
    (
        HIDDEN,
        "Anklagemyndigheden ankede dommen for voldtægt med påstand om skærpelse. Den lød på fængsel i 36 måneder.",
    ),
]

CHANGED = [
    (ROBBERY, "En 32-årig mand er idømt 1 år og 6 måneders fængsel for røveri. Dommen er anket.", "age"),
    (ROBBERY, "En 31-årig kvinde er idømt 18 måneders fængsel for røveri. Dommen er anket.", "sex"),
    (ROBBERY, "En 31-årig mand er idømt 1 år og 8 måneders fængsel for røveri. Dommen er anket.", "term"),
    (ROBBERY, "En mand er idømt seks års fængsel for røveri. Dommen er anket.", "term"),
    (ROBBERY, "En mand er idømt fængsel for røveri og udvist med indrejseforbud i 12 år. Dommen er anket.", "term"),
    (ROBBERY, "En mand er dømt for grovt røveri. Dommen er anket.", "offence"),
    (ROBBERY, "En mand er dømt for røveri og vold. Dommen er anket.", "offence"),
    (ROBBERY, "En mand er ved Retten i Glostrup dømt for røveri. Dommen er anket.", "court"),
    (ROBBERY, "En mand blev den 13. maj 2026 dømt for røveri. Dommen er anket.", "date"),
    (ROBBERY, "En mand er dømt for røveri. Dommen er endelig.", "finality"),
    (ROBBERY, "En mand er dømt for røveri. Han modtog dommen.", "finality"),
    (ROBBERY, "En mand er dømt for røveri. Anklagemyndigheden har anket dommen.", "finality"),
    (ROBBERY, "En mand er dømt for røveri. Han har anket for at få en mildere straf.", "finality"),
    (ROBBERY, "En mand er frifundet for røveri. Dommen er anket.", "outcome"),
    (ROBBERY, "En mand er dømt for røveri. Han erkendte sig skyldig. Dommen er anket.", "plea"),
    (ROBBERY, "En mand er udvist for bestandig efter røveri. Dommen er anket.", "sanction"),
    (ROBBERY, "En mand er dømt for røveri og skal betale en bøde. Dommen er anket.", "sanction"),
    (ROBBERY, "To mænd er dømt for røveri. Dommen er anket.", "number"),
    (ROBBERY, "En rumænsk mand er dømt for røveri. Dommen er anket.", "detail"),
    (ROBBERY, "En mand, der arbejdede som taxichauffør, er dømt for røveri. Dommen er anket.", "detail"),
    (DRIVING, "En kvinde er idømt 60 dages fængsel for spirituskørsel. Dommen er ikke endelig.", "term"),
    (DRIVING, "En kvinde er idømt 60 dages ubetinget fængsel for spirituskørsel. Dommen er ikke endelig.", "sanction"),
    (DRIVING, "Hun skal udføre 120 timers samfundstjeneste. Dommen er ikke endelig.", "term"),
    (DRIVING, "Hun skal betale en bøde på 15.000 kr. Dommen er ikke endelig.", "sum"),
    (DRIVING, "Hun er frakendt førerretten for bestandig. Dommen er ikke endelig.", "sanction"),
    (DRIVING, "Hun er frakendt førerretten i 2 år. Dommen er ikke endelig.", "term"),
    (DRIVING, "Hun udbad sig betænkningstid. Dommen er ikke endelig.", "finality"),
    (DRIVING, "Hun fik konfiskeret bilen. Dommen er ikke endelig.", "sanction"),
    (DRIVING, "Han modtog dommen.", "sex"),
    (FREED, "En 24-årig mand er dømt for grov vold. Dommen er ikke endelig.", "outcome"),
    (FREED, "En 24-årig mand er frifundet for grov vold. Anklagemyndigheden har anket dommen.", "finality"),
    (FREED, "En 24-årig mand er frifundet for drab. Dommen er ikke endelig.", "offence"),
    (FREED, "En 24-årig mand er frifundet for grov vold mod sin kæreste. Dommen er ikke endelig.", "detail"),
    (FREED, "En dreng på under 18 år er frifundet for grov vold. Dommen er ikke endelig.", "age"),
    (TWO, "Den 24-årige er idømt 8 måneders fængsel. Dommen er ikke endelig.", "term"),
    (TWO, "Den 37-årige udbad sig betænkningstid.", "finality"),
    (TWO, "Tre personer er dømt for tyveri. Dommen er ikke endelig.", "number"),
    (TWO, "To mænd på 24 og 37 år er dømt for tyveri. Dommen er ikke endelig.", "sex"),
    (TWO, "To personer på 24 og 39 år er dømt for tyveri. Dommen er ikke endelig.", "age"),
    (TWO, "Begge har anket dommen.", "finality"),
    (FINAL, "En virksomhed er idømt en bøde på 125.000 kr. for hvidvask. Dommen er endelig.", "sum"),
    (FINAL, "En virksomhed er idømt en bøde for hvidvask. Dommen er ikke endelig.", "finality"),
    (FINAL, "En virksomhed er ved Københavns Byret idømt en bøde for hvidvask. Dommen er endelig.", "court"),
    (FINAL, "En virksomhed har accepteret bøden. Den erkendte hvidvask. Dommen er endelig.", "plea"),
    (HIDDEN, "En 31-årig person er idømt 3 års fængsel for voldtægt. Dommen er anket.", "age"),
    (HIDDEN, "En mand er idømt 3 års fængsel for voldtægt. Dommen er anket.", "sex"),
    (HIDDEN, "En person er den 12. maj 2026 idømt 3 års fængsel for voldtægt. Dommen er anket.", "date"),
    (HIDDEN, "En person er idømt 3 års fængsel for voldtægt på Nørrebro. Dommen er anket.", "detail"),
    (
        HIDDEN,
        "En person er idømt 3 års fængsel for voldtægt. Anklagemyndigheden har anket med påstand om mildere straf.",
        "finality",
    ),
    (HIDDEN, "En person er idømt 2 år og 6 måneders fængsel for voldtægt. Dommen er anket.", "term"),
]
