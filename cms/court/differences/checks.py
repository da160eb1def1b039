"""The checks, one for each kind of fact: places in a sentence that say it otherwise, with what the facts say."""

from collections.abc import Callable, Iterator

import regex

from cms.court.differences import values, words
from cms.court.differences.known import AGED, Known
from cms.court.facts import Sanction
from cms.court.sentences.words import counted, day, kroner, listing, span
from cms.court.vocabulary import Finality, SanctionKind, Sex
from cms.rules.restriction import DETAILS

Found = Iterator[tuple[tuple[int, int], str]]
Check = Callable[[str, Known], Found]
ON_YEARS = regex.compile(r"(?i)\bpå (\d{1,3}(?:, \d{1,3})*(?: og \d{1,3})?) år\b")
RANGE = regex.compile(r"(?i)\b(?:alderen|mellem) (\d{1,3})(?:-|–| til | og )(\d{1,3}) år\b")
PEOPLE = regex.compile(
    rf"(?i)({values.NUMBER})[ ](?:(?:\d+-årige|unge|yngre|andre|af de)[ ])*(?:mænd|kvinder|personer|tiltalte|virksomheder|medtiltalte)\b"
)
SEVERAL = {"mænd": Sex.MAN, "kvinder": Sex.WOMAN}
TOGETHER = regex.compile(rf"(?i)\balle ({values.NUMBER})(?!\p{{L}}|[ ]år)|\b(begge)\b")
MINOR = regex.compile(r"(?i)\b(?:under 18 år|mindreårig\p{L}*|teenager\p{L}*|ung(?:e)? under 18)\b")
APART = ("occupation", "employer", "nationality", "relation", "street", "method", "place")


def ages(part: str, known: Known) -> Found:
    fact = listing([str(age) for age in known.ages])
    for match in AGED.finditer(part):
        if int(match[1]) not in known.ages:
            yield match.span(), fact
    for match in ON_YEARS.finditer(part):
        if not {int(age) for age in regex.findall(r"\d+", match[1])} <= set(known.ages):
            yield match.span(), fact
    for match in RANGE.finditer(part):
        if not known.ages or [int(match[1]), int(match[2])] != [known.ages[0], known.ages[-1]]:
            yield match.span(), fact
    if not any(one.minor for one in known.facts.defendants):
        yield from ((match.span(), "") for match in MINOR.finditer(part))


def sex(part: str, known: Known) -> Found:
    sexes = set() if known.facts.anonymous else {one.sex for one in known.about if not one.minor}
    yield from _by_word(part, words.SEXES, sexes)
    for match in PEOPLE.finditer(part):  # “to mænd”, where one of them is a woman
        meant = SEVERAL.get(match[0].lower().rsplit(" ", 1)[-1])
        if meant in sexes and values.number(match[1]) > sum(one.sex == meant for one in known.facts.defendants):
            yield match.span(), ""


def number(part: str, known: Known) -> Found:
    fact = counted(len(known.facts.defendants))
    for match in PEOPLE.finditer(part):
        if values.number(match[1]) not in known.counts:
            yield match.span(), fact
    for match in TOGETHER.finditer(part):
        if (2 if match[2] else values.number(match[1])) not in known.counts:
            yield match.span(), fact


def terms(part: str, known: Known) -> Found:
    """A span of time belongs to the sanction whose word is nearest; where there is none, to any of them."""
    taken = [match.span() for pattern in (ON_YEARS, RANGE, MINOR) for match in pattern.finditer(part)]
    for place, value in values.spans(part):
        if any(start <= place[0] < end for start, end in taken):
            continue
        kinds = _nearest(part, place)
        fitting = [one for one in known.sanctions if not kinds or one.kind in kinds]
        if value not in {_span(one) for one in fitting}:
            yield place, listing([told for one in fitting if (told := _told_span(one))])


def sums(part: str, known: Known) -> Found:
    amounts = [one.amount for one in known.sanctions if one.amount]
    for place, value in values.sums(part):
        if value not in amounts:
            yield place, listing([kroner(amount) for amount in amounts])


def day_fines(part: str, known: Known) -> Found:
    numbers = [one.days for one in known.sanctions if one.kind == SanctionKind.DAY_FINES and one.days]
    for match in regex.finditer(rf"(?i)({values.NUMBER})[ ]dagbøder?\b", part):
        if values.number(match[1]) not in numbers:
            yield match.span(), listing([str(one) for one in numbers])


def dates(part: str, known: Known) -> Found:
    for place, value in values.dates(part):
        if known.facts.anonymous or not values.same_day(value, known.facts.judged_on):
            yield place, "" if known.facts.anonymous else day(known.facts.judged_on)


def courts(part: str, known: Known) -> Found:
    facts = known.facts
    own = {1: {"byretten"}, 2: {"landsretten", "byretten"}, 3: {"højesteret", "landsretten", "byretten"}}
    allowed = {facts.court.lower(), *own.get(facts.instance, set())}
    if facts.instance == 1 and facts.court in {"Københavns Byret", "Retten på Frederiksberg"}:
        allowed |= {"østre landsret", "landsretten"}
    elif facts.instance == 1:
        allowed |= {"østre landsret", "vestre landsret", "landsretten"}
    else:
        allowed |= {"højesteret"}
    for match in words.COURTS.finditer(part):
        if match[0].lower() not in allowed:
            yield match.span(), facts.court


def outcomes(part: str, known: Known) -> Found:
    for pattern, kinds in words.OUTCOMES:
        if not kinds & {one.outcome for one in known.about}:
            for match in pattern.finditer(part):
                if not words.NOT.search(part[: match.start()]):
                    yield match.span(), ""


def sanctions(part: str, known: Known) -> Found:
    has = {one.kind for one in known.sanctions}
    for pattern, kinds in words.SANCTIONS:
        if not kinds & has:
            yield from ((match.span(), "") for match in pattern.finditer(part))
    for match in regex.finditer(r"(?i)\bfor (?:bestandigt?|altid|evigt)\b", part):
        if not any(one.for_good for one in known.sanctions):
            yield match.span(), listing([told for one in known.sanctions if (told := _told_span(one))])


def pleas(part: str, known: Known) -> Found:
    yield from _by_word(part, words.PLEAS, {one.plea for one in known.about})


def finality(part: str, known: Known) -> Found:
    where = known.finalities
    if Finality.FINAL not in where:
        for match in words.FINAL.finditer(part):
            if not words.NOT.search(part[: match.start()]):
                yield match.span(), ""
    if where == {Finality.FINAL}:
        yield from ((match.span(), "") for match in words.NOT_FINAL.finditer(part))
    stances = {one.stance for one in known.about} | {one.prosecution for one in known.about}
    yield from _by_word(part, words.ANSWERS, stances)
    yield from _appeals(part, known)


def _appeals(part: str, known: Known) -> Found:
    ours, theirs = {one.prosecution for one in known.about}, {one.stance for one in known.about}
    pending = {Finality.APPEALED, Finality.LEAVE_APPLIED, Finality.LEAVE_GRANTED, Finality.SUPREME_COURT}
    if known.facts.instance == 1:
        pending.add(Finality.SECOND_INSTANCE)  # judged above since
    unknown = bool(known.finalities & pending) and not (ours | theirs) & words.APPEALS
    for match in words.APPEALED.finditer(part):
        before = part[: match.start()]
        if words.NOT.search(before) or regex.search(r"(?i)\b(?:kan|om|skal|at)\b[^.,]{0,30}$", before):
            continue
        clause = regex.split(r"(?i),? og |, mens |, men |;", before)[-1]
        passive = regex.search(r"(?i)\b(?:dommen|den|sagen)[ ]?(?:er|blev)?[ ]?$", clause) is not None
        both = regex.search(r"(?i)\b(?:både|begge parter)\b", before) is not None
        said = ours | theirs if passive else ours if words.PROSECUTION.search(clause) else theirs
        if (both and not (ours & words.APPEALS and theirs & words.APPEALS)) or not (said & words.APPEALS or unknown):
            yield match.span(), ""
    aims = {"guilt": "appealed_guilt" in theirs, "milder": "appealed_sentence" in theirs}
    for pattern, aim in words.AIMS:
        if not aims.get(aim, "appealed_sentence" in ours):
            yield from ((match.span(), "") for match in pattern.finditer(part))


def offences(part: str, known: Known) -> Found:
    for pattern in (words.CRIMES, words.GROSS):
        for match in pattern.finditer(part):
            stem = regex.sub(r"(?i)(?:erne|et|en|s|t|e)$", "", match[0].lower())
            if stem not in known.free:
                yield match.span(), listing([what for one in known.about for what in one.offences])


def details(part: str, known: Known) -> Found:
    """What points at a person and is not among the facts: a profession, a nationality, a relation, a place."""
    for name in APART:
        for match in DETAILS[name].finditer(part):
            bare = regex.sub(r"(?i)^(?:på|i|fra|en|et|den|sin|sine) ", "", match[0].strip())
            if not known.told(bare):
                yield match.span(), ""


def _by_word(part: str, known_words: object, has: set[str]) -> Found:
    for pattern, kinds in known_words:  # type: ignore[attr-defined]
        if not kinds & has:
            yield from ((match.span(), "") for match in pattern.finditer(part))


CLOSE = regex.compile(r"[^.,;]*")
KINDS = (
    (words.whole(r"(?:ubetinget )?fængsel|fængsels?straf\p{L}*"), {SanctionKind.PRISON}),
    (words.whole(r"betinget|betingede"), {SanctionKind.SUSPENDED}),
    (words.whole(r"samfundstjeneste"), {SanctionKind.COMMUNITY_SERVICE}),
    (words.whole(r"indrejseforbud|udvist|udvises|udvisning"), {SanctionKind.EXPULSION}),
    (words.whole(r"frakendt|frakendes|retten til"), words.RIGHTS),
    (words.whole(r"førerret\p{L}*|kørekort\p{L}*"), {SanctionKind.DRIVING_BAN}),
    (words.whole(r"opholde sig|opholdsforbud|zoneforbud"), {SanctionKind.ZONE_BAN}),
)


def _nearest(part: str, place: tuple[int, int]) -> set[SanctionKind]:
    after = part[place[1] : place[1] + 25]
    right = regex.match(
        r"[ ](?:(?P<b>betinget )|ubetinget |langt? |i )?(?P<word>fængsel\p{L}*|samfundstjeneste|indrejseforbud)", after
    )
    if right:
        kind = {"s": SanctionKind.COMMUNITY_SERVICE, "i": SanctionKind.EXPULSION}.get(right["word"][0])
        return {kind or (SanctionKind.SUSPENDED if right["b"] else SanctionKind.PRISON)}
    before = part[: place[0]]
    found = [(match.end(), kinds) for pattern, kinds in KINDS for match in pattern.finditer(before)]
    near = max(found, default=None, key=lambda one: one[0])
    if near is None or "," in before[near[0] :] or len(before) - near[0] > 60:
        return set()
    suspended = regex.search(r"(?i)(?<!u)betinget (?:fængsel)[^,]*$", before)
    return {SanctionKind.SUSPENDED} if suspended and near[1] == {SanctionKind.PRISON} else near[1]


def _span(one: Sanction) -> tuple[int, int, int]:
    return one.years * 12 + one.months, one.days, one.hours


def _told_span(one: Sanction) -> str:
    return span(years=one.years, months=one.months, days=one.days, hours=one.hours)


CHECKS: tuple[tuple[str, Check], ...] = (
    ("age", ages),
    ("sex", sex),
    ("number", number),
    ("term", terms),
    ("sum", sums),
    ("sanction", day_fines),
    ("date", dates),
    ("court", courts),
    ("outcome", outcomes),
    ("sanction", sanctions),
    ("plea", pleas),
    ("finality", finality),
    ("offence", offences),
    ("detail", details),
)
