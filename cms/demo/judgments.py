"""Sample judgments in Danish, plainly invented."""

from cms.demo.sample import LIVE, PRESS, WEB, Sample, X

JUDGMENTS = (
    Sample(
        "court_result",
        "To års fængsel for røveri mod kiosk",
        "En 24-årig mand er ved Københavns Byret idømt to års fængsel for røveri. Dommen er ikke endelig.",
        "planned",
        ("1196",),
        "borgervendt-kommunikation",
        "",
        (WEB, LIVE, X, PRESS),
        3,
        (
            (
                "paragraph",
                "<p>Retten fandt, at manden i marts truede ekspedienten med en kniv. Han har bedt om betænkningstid "
                "med hensyn til anke.</p>",
            ),
        ),
    ),
    Sample(
        "court_result",
        "Frifundet i sag om hæleri",
        "En 51-årig kvinde er ved Københavns Byret frifundet for hæleri. Anklagemyndigheden overvejer anke.",
        "in_approval",
        ("1196",),
        "borgervendt-kommunikation",
        "",
        (WEB, X),
        6,
    ),
    Sample(
        "court_result",
        "Otte måneders fængsel for indbrud i kælderrum",
        "En 33-årig mand er ved Københavns Byret idømt otte måneders fængsel for 14 indbrud i kælderrum. "
        "Dommen er ikke endelig.",
        "sent",
        ("1196",),
        "borgervendt-kommunikation",
        "almene-sager",
        (WEB, PRESS),
        -24 * 4,
        (
            (
                "paragraph",
                "<p>Retten lagde vægt på spor på hængelåse fra tre ejendomme. Manden nægtede sig skyldig. Han har "
                "bedt om betænkningstid med hensyn til anke.</p>",
            ),
        ),
    ),
)
