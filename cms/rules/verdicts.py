"""The words that judge, by list. Whole words with their inflections: “gerningssted” is not “gerningsmand”."""

import regex

MEN = (
    "gernings|volds|voldtægts|drabs|trussels|bande|overgrebs|røver|brand|tyve|krænkelses|mord|svindel|hæler|terror"
    "|blufærdigheds|blotter|overfalds|hærværks|kniv|økse|pistol|syre|bombe|medgernings|hoved|bag|voldsgernings"
)
DOERS = (
    r"\p{L}*morder|dræber|\p{L}*forbryder|lovbryder|\p{L}*svindler|\p{L}*bedrager|børnelokker|\p{L}*krænker|voldsudøver|\p{L}*mishandler"
    r"|brandstifter|mordbrænder|hæler|\p{L}*pusher|narkohandler|hashhandler|hashsælger|narkosælger|\p{L}*dealer|\p{L}*smugler|menneskehandler"
    r"|våbenhandler|afpresser|stalker|hacker|gangster|kidnapper|knivstikker|hvidvasker|voldtager|(?:\p{L}{2,}(?<!for|om)volder)|(?:bank|gade|volds|butiks|kiosk|hjemme|taske|rolex|ur|knallert)?røver|færdselssynder"
    r"|leje(?:morder|soldat)|bortfører|gidseltager|plyndrer|voldsforbryder"
)
PERSONS = regex.compile(
    rf"(?i)(?<![\p{{L}}\d])(?:\p{{L}}*(?:{MEN})-?m(?:and|anden|ænd|ændene)|(?:med)?gerningsperson(?:en|er|erne)?|(?:med)?gerningskvinde(?:n|r|rne)?"
    rf"|(?:{DOERS})(?:en|e|ne|ske|sken)?"
    r"|(?:lomme|indbruds|bil|cykel|butiks|trick|kabel|knallert|smykke|pung|taske|metal|mester|mobil|ur|scooter|mønt|kobber|båd|hunde|vare|gade)?tyv(?:en|ene)?"
    r"|\p{L}{2,}tyv(?:en|ene)|(?:lomme|indbruds|bil|cykel|butiks|trick|kabel|smykke|taske)tyve"
    r"|tyve(?![ ](?:år|dage|døgn|måned|minut|time|uge|sekund|person|mænd|kvinder|unge|bil|betjent|vidne|meter|kilo|gram|kr|gang|pct|procent|tusind|sag|forhold|sigtelse|cykl|telefon|lejlighed|ransagning|patrulje|million|anmeldelse|andre|\d)\p{L}*)"
    r"|(?:serie|mord)?pyroman(?:en|er|erne)?|banditt?(?:en|er|erne)?|skurk(?:en|e|ene)?|terrorist(?:en|er|erne)?|pædofil(?:e|en)?|skytte(?:n|r|rne)?|psykopat(?:en|er)?|monster(?:et)?"
    r"|\p{L}*(?:flugt|vanvids|sprit)bilist(?:en|er|erne)?|synder(?:en|ne)|(?:den|de)[ ]skyldige|(?:er|var)[ ](?:en|et|to|tre|nogle)[ ](?:\p{{L}}+[ ]){{0,2}}kriminel(?:le)?(?![ ]\p{{L}})|(?:den|de|denne|disse)[ ]kriminelle(?![ ](?:handling|forhold|miljø|bande|gruppe|lavalder)\p{L}*)"
    r"|(?:den|de)[ ]ansvarlige[ ]for[ ](?:røveri|vold|overfald|drab|tyveri|indbrud|mord|skyderi)\p{L}*)(?:s|'s)?(?![\p{L}\d]|-(?!\p{Lu})|[ ]Street)"
)
CRIME = r"\p{L}*(?:røveri|overfald|indbrud|tyveri|drab|mord|bedrageri|angreb|attentat|svindel|kup|skyderi|hærværk|voldtægt|overgreb|brandstiftelse|forbrydelse|knivstikkeri)\p{L}*"
WHOM = r"(?:ham|hende|dem|manden|kvinden|offeret|forurettede|drengen|pigen|sin|sit|en|den|to|tre|de|mod|efter)"
DONE = (
    r"begået|slået[^.!?,\n]{1,60}ihjel|dræbt|myrdet|likvideret|stjålet|voldtaget|røvet|overfaldet|knivstukket|knivdræbt|skudt(?![ ](?:film|af[ ]sted))|stukket(?![ ]af\b)|snydt|bedraget|svindlet|franarret|truet|stået[ ](?:\p{L}+[ ])?bag|gjort[ ]sig[ ](?:\p{L}+[ ])?skyldig|taget[ ]livet[ ]af|berøvet[ ][^.!?,\n]{1,30}[ ]livet|pryglet|overdænget|udøvet[ ]vold"
    r"|bestjålet|udplyndret|mishandlet|misbrugt|krænket|bortført|afpresset|solgt[^.!?,\n]{0,30}(?:stoffer|hash|kokain|narko)|smuglet|hvidvasket|brudt[ ]ind|tævet|forgrebet[ ]sig|blottet[ ]sig"
    r"|sat[^.!?,\n]{1,40}(?:i[ ]brand|ild)|slået(?![ ](?:fast|alarm|rekord|til\b|sig|igennem|følge|ned[ ]på))|sparket|kvalt|tæsket|gjort[ ]det"
    rf"|(?:udført|gennemført|foretaget|lavet|planlagt|organiseret)[ ][^.!?,\n]{{0,20}}(?<![ ]mod[ ]){CRIME}"
)
WORDS = r"(?:[\p{L}\d.]+[ ]){0,7}?"
PERFECT = regex.compile(rf"(?i)\b(?:har|havde)[ ]{WORDS}(?:{DONE})\b")
INFINITIVE = regex.compile(rf"(?i)\bat[ ]have[ ]{WORDS}(?:{DONE})\b|\bat[ ]stå[ ]bag\b(?=[ ]{CRIME})")
FINITE = regex.compile(
    r"(?i)(?<![\p{L}])(?:(?:slog|slår)\b[^.!?,\n]{1,60}\bihjel|(?:stod|står)[ ](?:\p{L}+[ ]){0,2}?bag[ ](?!rattet|disken|skranken|døren|hegnet|kassen|ham\b|hende\b|dem\b|bilen|huset|et[ ]træ|hækken|tremmer|en\b[^.]*(?:mur|bil))\p{L}+"
    rf"|(?:stod|står)[ ](?:\p{{L}}+[ ])?for[ ]{CRIME}"
    r"|bag[ ](?!tremmer|lukkede|låste|rattet|disken)[^.!?,\n]{2,60}[ ](?:stod|står|gemte[ ]sig|gemmer[ ]sig)(?=[ ](?:en|et|to|tre|den|de|ham|hende|manden|kvinden|\d|unge|en[ ]gruppe)\b)"
    r"|gjorde[ ]sig[ ](?:\p{L}+[ ])?skyldig|(?:tog|tager)[ ]livet[ ]af|udøvede[ ]vold|pryglede|(?:skyld(?:en)?|gerning(?:en)?)[ ](?:er|var|blev)[ ](?:\p{L}+[ ])?(?:bevist|fastslået|slået[ ]fast|godtgjort|placeret)"
    r"|det[ ](?:er|var)[ ](?:en|to|tre|den)[ ][^.!?,\n]{2,40},[ ]der[ ](?:stjal|slog|skød|stak|dræbte|gjorde|stod[ ]bag|begik|truede|overfaldt|røvede|voldtog|sparkede)"
    r"|begik|dræbte|myrdede|likviderede|ihjelslog|stjal|voldtog|røvede|overfaldt|knivdræbte|knivstak|udplyndrede|mishandlede|misbrugte|bedrog|svindlede|franarrede|afpressede|bortførte|hvidvaskede|smuglede|kvalte|tæskede|tævede|bestjal|krænkede|snød|forgreb[ ]sig|blottede[ ]sig"
    rf"|(?:stak|skød|slog|sparkede|truede)[ ](?:{WHOM}|med|\p{{L}}{{3,}}(?:en|et|erne))\b|brød[ ]ind|gik[ ]til[ ]angreb|satte[ ]ild|solgte[ ][^.!?,\n]{{0,30}}(?:stoffer|hash|kokain|narko)"
    rf"|(?:udførte|foretog|gennemførte|lavede|planlagde|organiserede)[ ][^.!?,\n]{{0,20}}(?<![ ]mod[ ]){CRIME}"
    rf"|(?:er|var|står[ ]som)[ ](?:klart[ ]|åbenlyst[ ]|utvivlsomt[ ])?(?:skyldig|skyld[ ]i|ansvarlig[ ]for[ ]{CRIME})|det[ ](?:er|var)[ ](?:ham|hende|manden|kvinden|dem|(?:den[ ])?(?:sigtede|tiltalte)),?[ ]der[ ](?:stjal|slog|skød|stak|dræbte|gjorde|stod|har|begik))(?![\p{{L}}])"
)
PASSIVE = regex.compile(
    r"(?i)\b(?:blev|er[ ]blevet|bliver)[ ](?:\p{L}+[ ]){0,3}?(?:begået|udført|dræbt|myrdet|voldtaget|overfaldet|knivdræbt|bestjålet|udplyndret|stukket|skudt|slået(?:[ ](?:ihjel|ned))?|truet|sparket|sat|planlagt)[ ]af[ ](?:den|de|manden|kvinden|mændene|parret|tiltalte|sigtede|ham|hende|en[ ]\d\d-årig)\b"
)
# Others than the accused: what they have done is no verdict.
OTHERS = regex.compile(
    r"(?i)\b(?:politiet|vi|betjente\p{L}*|patruljen|retten|myndighederne|vidne\p{L}*|forurettede|offeret|ukendte?|nogen|en[ ]eller[ ]flere|anklagemyndigheden|kommunen)[ ]?$"
)

CONVICTED = regex.compile(
    r"(?i)(?<![\p{L}-])(?:idømt|idømmes|idømte|dømt|dømtes|dømte|dømmer|dømmes|straffet|domfældt|domfældtes?|straf[ ]på[ ](?:[\p{L}\d,]+[ ]){1,3}(?:års?|måneders?|dages?)(?:[ ](?:\p{L}+[ ])?fængsel)?|(?:kendt|fundet|erklæret)[ ](?:\p{L}+[ ])?skyldig|(?:får|fik)[ ](?:[\p{L}\d,]+[ ]){1,3}(?:års?|måneders?|dages?)[ ](?:\p{L}+[ ])?fængsel)(?![\p{L}])"
)
ACQUITTED = regex.compile(r"(?i)(?<![\p{L}-])(?:frifundet|frifundne|frifindes|frikendt|frifandt)(?![\p{L}])")
INDICTED = regex.compile(r"(?i)(?<![\p{L}-])(?:tiltalt|tiltalte|tiltales)(?![\p{L}])")
SUSPECT = regex.compile(
    r"(?i)\b(?:er|sidder|forbliver|venter)[ ](?:\p{L}+[ ]){0,2}?(?:mistænkt|sigtet|varetægtsfængslet|tiltalt)\b(?![ ]og[ ](?:nu[ ])?dømt)"
    r"|\b(?:den|de)[ ]mistænkte\b|\bhar[ ](?:\p{L}+[ ]){0,2}?sigtet\b|\b(?:afventer|venter[ ]på)[ ](?:sin[ ])?dom\b"
)
NOT_YET = regex.compile(
    r"(?i)\b(?:kan|vil|ville|skal|skulle|risikerer|hvis|ikke|endnu|tidligere|før|kræver|krævede|ønsker|ønskede|nedlagde|nedlægger|går[ ]efter|gik[ ]efter|påstand|påstår|forventes|eventuelt|når|indtil|inden|måske|om|hvorvidt|aldrig|hverken)\b[^;]{0,80}$"
)
OPEN = regex.compile(r"(?i)\b(?:hjemvis|afvist|afvises|på[ ]ny\b|ny[ ]behandling)")  # of somebody whose case goes on
ANOTHER = regex.compile(
    r"(?i)\b(?:medtiltalt\p{L}*|den[ ]anden|de[ ]andre|de[ ]øvrige|en[ ]anden|i[ ](?:by|lands)retten|byrettens?|først(?:e|einstans)?|medgerningsm\p{L}*)\b"
)
CONFESSED = regex.compile(
    r"(?i)(?<![\p{L}-])(?:tilstod|tilstår|tilstået|tilstå|erkendte|erkender|erkendt|erkende|indrømmede|indrømmer|indrømmet|indrømme|vedgik|vedgår|vedgået|bekendte|(?:har[ ]erklæret|erklærede|erklærer)[ ]sig[ ]skyldig|(?:fuld[ ])?tilståelse(?:n|r|rne)?|tilståelsessag(?:en)?|tilstående|bekendelse(?:n|r|rne)?)(?![\p{L}-])"
)
WE = regex.compile(r"(?i)\b(?:vi|politiet|retten|kommunen|ministeriet|anklagemyndigheden|jeg)[ ](?:\p{L}+[ ]){0,2}?$")
