"""Earlier posts on a case: found on every channel, asked about, and each decided by a person (R-06, R-24).

Until every one is decided, nothing more is sent about the case. What is proposed is to take it down.
"""

from typing import Any

import regex
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms import rules
from cms.court import access
from cms.court.models import Case, EarlierPost, Restriction
from publishing import takedown
from publishing.models import Delivery, State
from publishing.scheduling import record_evidence

OUT = (State.SENDING, State.PROCESSING, State.UNCERTAIN, State.DELIVERED)  # it is out, or may be
SHORTEST_REASON = 20
# “Everybody knows already” was no defence in court.
EVERYBODY_KNOWS = regex.compile(
    r"(?i)\balle[ ](?:andre[ ]|jo[ ]|vist[ ])?(?:ved|kender|har[ ](?:jo[ ])?(?:set|hørt|læst))\b"
    r"|\b(?:er|var|blev)[ ](?:jo[ ]|allerede[ ]|alligevel[ ]|i[ ]forvejen[ ]|kendt[ ]og[ ])*"
    r"(?:offentlig\p{L}*|kendt\p{L}*|ude|fremme|almindelig[ ]kendt)\b"
    r"|\b(?:i|på|fra)[ ](?:medierne|pressen|avisen|aviserne|nettet|internettet|reddit|tiktok|facebook|flashback)\b"
    r"|\bandre[ ](?:medier|aviser|har[ ](?:jo[ ])?(?:skrevet|bragt))\b|\bnavnet[ ]er[ ](?:jo[ ])?(?:allerede[ ])?ude\b"
    r"|\b(?:everybody|everyone)[ ]knows\b|\b(?:already|widely)[ ](?:public|known)\b"
)


class NotDecided(Exception):
    """The decision cannot be taken like this. The message is a sentence for people."""


def posts(case: Case) -> list[Delivery]:
    """Everything of the case that is out on any channel, whatever revision it was; oldest first."""
    named = Q(pk__in=[])
    for page_id in case.page_ids():
        named |= Q(labels__contains=f" page:{page_id} ")
    partly = Q(parts__state=State.DELIVERED)
    rows = Delivery.objects.filter(named, Q(state__in=OUT) | partly, parent__isnull=True).distinct()
    found: dict[Any, Delivery] = {}
    for row in rows.select_related("channel").order_by("sent_at", "pk"):
        # A page on the website shows its latest version only; every other post stands for itself.
        key = (row.channel_id, page_of(row)) if row.channel.limits.publishes_page else row.pk
        found[key] = row
    return sorted(found.values(), key=lambda row: (row.sent_at or row.due_at, row.pk))


def page_of(delivery: Delivery) -> int | None:
    """The content that a delivery carries, read off its label, which outlives the revision."""
    label = next((label for label in delivery.label_list() if label.startswith("page:")), "")
    return int(label.partition(":")[2]) if label else None


def ask(
    case: Case, *, why: str, by: Any, restriction: Restriction | None = None, except_page: int | None = None
) -> list[EarlierPost]:
    """Put a question to every earlier post on the case. One that is open already is not asked twice."""
    asked = []
    pages = set(Page.objects.filter(pk__in=case.page_ids()).values_list("pk", flat=True))
    with transaction.atomic():
        for delivery in posts(case):
            page = page_of(delivery)
            if except_page is not None and page == except_page:
                continue
            row, created = EarlierPost.objects.get_or_create(
                delivery=delivery,
                decision="",
                defaults={
                    "case": case,
                    "page_id": page if page in pages else None,
                    "why": why,
                    "restriction": restriction,
                },
            )
            if created:
                asked.append(row)
        if asked:
            record_evidence(
                "earlier.asked",
                actor=by.get_username(),
                subject=case.subject,
                payload={"why": why, "deliveries": [str(row.delivery.key) for row in asked]},
            )
    return asked


def undecided_for(user: Any) -> Any:
    """Open questions that this person can answer: of a prosecutor's own cases, and all of them for an editor."""
    rows = EarlierPost.objects.undecided().select_related("case", "delivery__channel", "page", "restriction")
    return rows if access.is_editor(user) else rows.filter(case__in=access.cases_of(user))


def may_decide(user: Any, row: EarlierPost) -> bool:
    return access.is_editor(user) or access.cases_of(user).filter(pk=row.case_id).exists()


def may_keep(user: Any, row: EarlierPost) -> bool:
    """Keeping it is a judgment of law: for the prosecutors of the case."""
    return bool(access.cases_of(user).filter(pk=row.case_id).exists())


def decide(row: EarlierPost, decision: str, *, by: Any, reason: str = "") -> None:
    """Take it down, anonymise it, or keep it with a reason. NotDecided or PermissionDenied with a sentence otherwise.

    1. take down: withdrawn there by the outbox, with proof; a page of ours leaves the website
    2. anonymise: a page stays until the new text is approved; a post that cannot be edited is withdrawn
    3. keep: nothing happens to it, and why is kept as evidence
    """
    if not may_decide(by, row):
        raise PermissionDenied(_("Only the prosecutors of the case and editors can decide this."))
    choice, reason = EarlierPost.Decision(decision), reason.strip()[:500]
    ensure_no_name(reason)
    if choice == EarlierPost.Decision.KEEP:
        _ensure_may_stay(row, by, reason)
    with transaction.atomic():
        decided = EarlierPost.objects.filter(pk=row.pk, decision="").update(
            decision=choice, reason=reason, decided_by=by, decided_at=timezone.now()
        )
        if not decided:
            raise NotDecided(_("Somebody has decided it meanwhile."))
        if choice == EarlierPost.Decision.TAKE_DOWN or (
            choice == EarlierPost.Decision.ANONYMISE and not can_be_edited(row.delivery)
        ):
            _take_down(row, by)
        row.refresh_from_db()
        record_evidence(
            f"earlier.{choice}",
            actor=by.get_username(),
            subject=row.case.subject,
            payload={"delivery": str(row.delivery.key), "why": row.why, "reason": reason},
        )


def can_be_edited(delivery: Delivery) -> bool:
    return bool(delivery.channel.limits.edit or delivery.channel.limits.publishes_page)


def _ensure_may_stay(row: EarlierPost, by: Any, reason: str) -> None:
    if not may_keep(by, row):
        raise PermissionDenied(_("That it may stay is for the prosecutors of the case to say."))
    if EVERYBODY_KNOWS.search(reason):
        raise NotDecided(
            _(
                "That others know it already is no reason: the ban holds all the same, and people have been fined"
                " although the name was partly public. Write why this very post identifies nobody."
            )
        )
    if len(reason) < SHORTEST_REASON:
        raise NotDecided(_("Write why it may stay, in at least %(number)s characters.") % {"number": SHORTEST_REASON})


def ensure_no_name(reason: str) -> None:
    """The reason is kept for ever, so nobody is named in it."""
    if any(finding.check in {"C-01", "C-06"} for finding in rules.check(reason)):
        raise NotDecided(_("Write the reason without names: it is kept as evidence."))


def _take_down(row: EarlierPost, by: Any) -> None:
    delivery = row.delivery
    delivery.refresh_from_db()
    if delivery.state == State.WITHDRAWN:
        return
    refused = takedown.take_down([delivery], reason=str(row.get_why_display()), by=by)
    if refused:
        raise NotDecided(refused[0].summary)


def settle() -> int:
    """Note which anonymised texts are out by now. Returns how many."""
    done = 0
    for row in EarlierPost.objects.to_anonymise().select_related("delivery"):
        newer = Delivery.objects.labelled(f"page:{page_of(row.delivery)}").filter(
            channel=row.delivery.channel_id, state=State.DELIVERED, sent_at__gt=row.decided_at
        )
        if newer.exists():
            done += EarlierPost.objects.filter(pk=row.pk, done_at=None).update(done_at=timezone.now())
    return done
