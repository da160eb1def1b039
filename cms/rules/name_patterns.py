"""How names of persons are written, and what only looks like one: the patterns of C-06."""

import regex

WORD = r"(?:\p{Lu}\.(?:\p{Lu}\.)*|\p{Lu}[\p{L}\p{M}]*(?:['-]\p{L}+)*)"
PARTICLE = r"(?:(?:á|í|van|von|der|den|de|da|di|del|du|el|al|bin|ibn|abu|af)[ ])"
JOINT = r"(?:[ ]{1,2}|[ ]?\n|(?<=\p{Ll})[._/*+·|](?=\p{Lu}\p{Ll})|(?<=\p{Lu}\.))"
RUN = regex.compile(rf"(?<![\p{{L}}\d.@#])(?:{WORD})(?:{JOINT}{PARTICLE}{{0,2}}(?:{WORD}))*(?:'s|')?")
PIECE = regex.compile(WORD)
PLACES = regex.compile(
    r"(?i)(?:vej|gade|stræde|plads|pladsen|torv|torvet|allé|alle|boulevard|bro|broen|parken|park|havn|havnen|port|station|kirke|skole|skolen|strand|fælled|vænget"
    r"|kvarteret|brygge|ø|øen|motorvejen|ringvej|gården|slot|sø|søen|søerne|have|haven|metro|stadion|arena|hallen|huset|hus|runddel|center|centeret|centret|passage|tunnelen|bakke|kaj|vold|kajen)$"
)
HOUSES = regex.compile(
    r"\p{L}{3}(?:have|haven|hus|huset|bakke|parken|havn|gården|slot|sø|ø|strand|fælled|vold|kaj|port|bro)$"
)
SURNAMED = regex.compile(
    r"\p{L}{3}(?:gård|gaard|lund|berg|bjerg|dahl|dal|holm|skov|strup|sted|bæk|bech|toft|vig|feldt|felt|strøm|kvist|mark|borg|lev|ager|have|haven|bakke|hus)s?$"
)
ROMAN = regex.compile(r"[IVXLC]+")
OPERATION = regex.compile(r"(?i)\boperation[ ]$")
ORGANISED = regex.compile(
    r"(?i)(?:politi|politiet|politis|ret|retten|styrelsen|styrelse|ministeriet|ministerium|forbund|forbundet|forening|foreningen|rådet|råd|nævnet|udvalg|udvalget|kommune"
    r"|region|enhed|enheden|afdeling|afdelingen|tjeneste|tjenesten|fond|fonden|bank|banken|bladet|avisen|skab|kontor|kontoret|universitet|universitetet|hospital|hospitalet"
    r"|festival|festivalen|kampagnen|kampagne|dag|dagen|dage|uge|ugen|aften|klub|klubben|loven|lovens|lov|samvirke|gruppen|group|team|selskab|selskabet|værket|værk|linjen|linje|bogen|prisen|messen|løbet|cup|ligaen|patruljen|vagten|vagt|patrulje|kursus|betjent|betjente|advokat|akademi|akademiet|museum|teatret|teater|biblioteket|bibliotek|beredskab|alarm|gymnasium|portal|portalen|update|friday|week|safe|street|day|night|pride|marathon|music|live|online|app|appen|run|trust|fan|harbour|league|tour|show|concert|airport|bridge|university|school|shop|store|centre|garden|market|world|open|games|challenge|race|ride|walk|food|film|news|radio|force|unit|service|services|union|united|town|lounge|girls|boys|summer|winter|weekend|light|nights|a/s)$"
)
MORPHOLOGY = regex.compile(
    r"(?:else|ning|ing|hed|erne|ende|ede|ige|igt|ske|elt|ket|tion|ører|tør|itet|ede|ser|der|ter|ger|ler|ner|ker|mer)$"
)
PATRONYMIC = regex.compile(
    r"(?:\p{L}{2,}(?:ssen|dsen|nsen|rsen|lsen|tsen|ksen|psen|fsen|msen|isen|esen|asen|gsen|sson|sdóttir|sdottir|dottir|ski|ska|wicz|vić|vic|ović|escu|ova|enko|oğlu|oglu|zadeh|zada|gaard))$"
)
TITLE = (
    r"(?:hr\.?|fru|frk\.?|frøken|advokat(?:en)?|forsvarer(?:en)?|bistandsadvokat|landsdommer|dommer|\p{L}*anklager|\p{L}*kommissær|\p{L}*inspektør|politiassistent|\p{L}*direktør"
    r"|betjent|kriminalassistent|vagtchef|formand|borgmester|overborgmester|minister|\p{L}*minister|lærer(?:en)?|læge(?:n)?|chauffør(?:en)?|købmand|pastor|doktor|professor|talsmand|talskvinde)"
)
NAMED = regex.compile(
    rf"(?:\b(?i:ved[ ]navn(?:et)?|hedder|hed|kaldet|kendt[ ]som|navngivet|navnet(?:[ ]er)?|navn:|alias|initialerne|{TITLE})[ ]+[\"'»”„(]?)((?!\p{{Lu}}{{3,}}\b){WORD}(?:[ ]{WORD})*)"
)
STAGED = regex.compile(
    r"-(?:koncert|festival|kamp|spil|film|show|museum|turné|event|album|løb|klub|rute|fest|app|butik|forretning)\p{Ll}*$"
)
NO_PERSON = regex.compile(
    r"(?i)\b(?:\p{L}*kampagne|app|projekt|hest|hund|ben|indsats|film|podcast|bog|ordning|øvelse|operation|drone|båd|skib|robot|arrangement|gruppe|gruppen|bande|banden|virksomhed|firma|forening|program|kat)\p{Ll}*\b[^.!?\n]{0,25}$"
)
STORM = regex.compile(
    r"\b(?:[Ss]tormen|[Oo]rkanen|[Ss]torm)[ ]\p{Lu}\p{Ll}++(?![ ]\p{Lu}\p{Ll})"
    r"|\b(?:[Ss]kibet|[Ff]ærgen|[Ff]regatten|[Ff]lådefartøjet|[Kk]rydstogtskibet)[ ]\p{Lu}\p{Ll}+(?:[ ]\p{Lu}\p{Ll}+)?"
)
ROYAL = regex.compile(
    r"\b(?:Kong|Dronning|(?i:kron)?[Pp]rins(?:esse)?)[ ]\p{Lu}\p{Ll}++(?:[ ][IVX]+\b)?(?![ ]\p{Lu}\p{Ll})"
)
SPACED = regex.compile(r"(?<![\p{L}\d])(?:\p{L}[ ._*-]{1,3}){3,}\p{L}(?![\p{L}\d])")
INITIALS = regex.compile(r"(?<![\p{L}.])\p{Lu}\.[ ]?\p{Lu}\.(?:[ ]?\p{Lu}\.)?(?!\p{L}|[ ]?\p{Lu}\p{Ll})")
SMALL = regex.compile(r"(?<![\p{L}\d.@/])\p{Ll}[\p{Ll}'-]*(?![\p{L}\d@])")
DOTTED = regex.compile(r"(?<![\p{L}\d.@/])(\p{Ll}{2,})[._*·|]{1,2}(\p{Ll}{3,})(?![\p{L}@]|\.\p{L})")
TAG = regex.compile(r"(?<![\w])[@#]([\p{L}_.-]{5,})")
START = regex.compile(r"(?:^|[.!?:;\n•*\"“”»«„)]|[-]\s)\s*$|^\s*[-•*]\s*$")
