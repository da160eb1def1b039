"""Sample content in Danish, plainly invented: one of each kind, in every state that an editor meets."""

from dataclasses import dataclass

WEB, X, BLUESKY, MASTODON, PRESS, FACEBOOK = "website", "x", "bluesky", "mastodon", "press", "facebook"
ALL = (WEB, X, BLUESKY, MASTODON)


@dataclass(frozen=True)
class Sample:
    """``ending`` is what shall become of it; ``hours`` from now it is due (negative: in the past)."""

    kind: str  # story, post, campaign_page, court_result
    title: str
    summary: str
    ending: str  # draft, in_approval, approved, planned, sent, held, missed, uncertain, failed, withdrawn
    initiatives: tuple[str, ...] = ()
    focus: str = ""
    unit: str = ""
    channels: tuple[str, ...] = ()
    hours: float = 0
    body: tuple[tuple[str, str], ...] = ()
    alt: str = ""  # with it goes a drawing as the image
    scene: str = "city"
    campaign: bool = False


SAMPLES = (
    Sample(
        "story",
        "Færre handler på gaden: sådan arbejder vi mod narkosalget",
        "Vi går i civil, vi lytter til naboerne, og vi fortæller, hvad der kommer ud af det. Følg en aften med.",
        "sent",
        ("1132", "1118"),
        "borgervendt-kommunikation",
        "lokalpolitienheden",
        (*ALL, PRESS),
        -26,
        (
            ("paragraph", "<p>Klokken er 19.30, og gaden er våd. Patruljen begynder med at hilse på kioskejeren.</p>"),
            ("heading", "Naboerne ser det først"),
            (
                "paragraph",
                "<p>De fleste af aftenens tips kommer fra folk, der bor her. Derfor ringer vi tilbage og fortæller, "
                "hvad der skete.</p>",
            ),
            ("quote", "Det er rart at få at vide, at nogen tog det alvorligt.|En beboer i opgangen"),
            (
                "advice",
                "Det kan du gøre|<p>Ser du en handel, så ring 114. Er det akut, så ring 112. Skriv ned, hvad du så, "
                "men følg ikke efter nogen.</p>",
            ),
        ),
        "En betjent set bagfra taler med en kvinde foran en kiosk om aftenen.",
        "night",
    ),
    Sample(
        "story",
        "Vi mødes på torvet: borgermøde på Amager",
        "200 borgere kom. Tre ting stod øverst på listen: cykeltyverier, knallerter på stien og lys i tunnelen.",
        "sent",
        ("1189", "1124"),
        "borgerinddragelse",
        "lokalpolitienheden",
        (WEB, MASTODON),
        -24 * 12,
        (
            ("paragraph", "<p>Der blev sat ekstra stole frem, inden mødet overhovedet var begyndt.</p>"),
            ("heading", "I sagde – vi gjorde"),
            (
                "paragraph",
                "<ul><li>Flere fodpatruljer ved stationen torsdag og fredag.</li><li>Kommunen har fået besked om "
                "lyset i tunnelen.</li></ul>",
            ),
        ),
        "Mange mennesker sidder på rækker i en sportshal og lytter til en betjent.",
        "hall",
    ),
    Sample(
        "story",
        "Når du ringer 114, møder du Hanne",
        "En dag i servicecentret, hvor hver samtale begynder med det samme spørgsmål: Er du i sikkerhed?",
        "planned",
        ("1167", "1174"),
        "i-oejenhoejde-med-borgerne",
        "lokalpolitienheden",
        ALL,
        19,
        (
            (
                "paragraph",
                "<p>Hanne er en opdigtet kollega i denne prøvetekst, men spørgsmålene er dem, vi stiller.</p>",
            ),
        ),
        "En kvinde med hovedtelefoner sidder foran to skærme og smiler.",
        "office",
    ),
    Sample(
        "story",
        "Rytterne i nattelivet",
        "Fra hesten ser man over hele gaden, og folk kommer helt af sig selv hen for at tale.",
        "in_approval",
        ("1100",),
        "i-oejenhoejde-med-borgerne",
        "specialenheden",
        (WEB, BLUESKY),
        43,
        (("paragraph", "<p>Det er svært at være sur på en hest, siger de, der rider den.</p>"),),
    ),
    Sample(
        "story",
        "Sådan foregår en ransagning",
        "Hvad må vi, hvad skal vi spørge en dommer om, og hvad kan du bede om bagefter?",
        "approved",
        ("1171",),
        "borgerinddragelse",
        "lokalpolitienheden",
    ),
    Sample(
        "story",
        "Hundene får mere tid",
        "Kladde: mangler tal for træningstimer og et billede fra banen.",
        "draft",
        ("1183",),
        "baeredygtig-opgaveloesning",
        "beredskabsenheden",
    ),
    Sample(
        "campaign_page",
        "Lys på",
        "Fra oktober til februar minder vi om cykellygter, der hvor folk cykler.",
        "sent",
        ("1203", "1202"),
        "borgervendt-kommunikation",
        "specialenheden",
        (WEB,),
        -24 * 30,
        (
            ("paragraph", "<p>En cyklist uden lys bliver set to sekunder senere. Det er langt, når man bremser.</p>"),
            ("advice", "Det kan du gøre|<p>Hvidt lys for, rødt lys bag, og begge skal kunne ses på 300 meter.</p>"),
        ),
        "En cykellygte lyser op i regnvejr.",
        "night",
        campaign=True,
    ),
    Sample(
        "post",
        "Lys på – uge 47",
        "Mørket kommer før myldretiden nu. Har du lys både for og bag? #lyspå",
        "sent",
        ("1203",),
        "borgervendt-kommunikation",
        "specialenheden",
        (X, BLUESKY, MASTODON),
        -24 * 5,
        alt="En cykellygte lyser op i regnvejr.",
        scene="night",
        campaign=True,
    ),
    Sample(
        "post",
        "Lys på – uge 48",
        "I dag deler vi gratis lygter ud på Dybbølsbro fra kl. 7.30, så længe lager haves. #lyspå",
        "planned",
        ("1203",),
        "borgervendt-kommunikation",
        "specialenheden",
        (X, BLUESKY, MASTODON, FACEBOOK),
        10,
        campaign=True,
    ),
    Sample(
        "post",
        "Lys på – uge 49",
        "Kladde: noget om reflekser til børn.",
        "draft",
        ("1203",),
        "borgervendt-kommunikation",
        "specialenheden",
        (X,),
        24 * 8,
        campaign=True,
    ),
    Sample(
        "post",
        "Black Week: falske pakkebeskeder",
        "Har du fået en sms om en pakke, du ikke har bestilt? Tryk ikke på linket. Spær kortet hos din bank, hvis du "
        "gjorde det.",
        "held",
        ("1132",),
        "borgervendt-kommunikation",
        "direktionssekretariatet",
        (X, BLUESKY),
        4,
    ),
    Sample(
        "post",
        "Kø ved lufthavnen",
        "Der er længere kø end normalt ved paskontrollen i terminal 3. Kom en halv time før.",
        "missed",
        ("1161",),
        "borgervendt-kommunikation",
        "specialenheden",
        (X,),
        -7,
    ),
    Sample(
        "post",
        "Vidner til uheld søges",
        "Så du uheldet på Tagensvej i dag kl. 15.10? Ring 114.",
        "uncertain",
        ("1202",),
        "baeredygtig-opgaveloesning",
        "specialenheden",
        (X,),
        -3,
    ),
    Sample(
        "post",
        "Færdselskontrol ved skolerne",
        "Vi står ved skolerne hele ugen. Sænk farten, også når der er god plads.",
        "failed",
        ("1200",),
        "i-oejenhoejde-med-borgerne",
        "specialenheden",
        (MASTODON,),
        -30,
    ),
    Sample(
        "post",
        "Savnet er fundet",
        "Den savnede mand er fundet i god behold. Tak for hjælpen.",
        "withdrawn",
        ("1187",),
        "i-oejenhoejde-med-borgerne",
        "efterforskningsenheden",
        (BLUESKY,),
        -24 * 9,
    ),
    Sample(
        "court_result",
        "To års fængsel for røveri mod kiosk",
        "En 24-årig mand er ved Københavns Byret idømt to års fængsel for røveri. Dommen er ikke endelig.",
        "planned",
        ("1196",),
        "borgervendt-kommunikation",
        "",
        (WEB, X, PRESS),
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
)
