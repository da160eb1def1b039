"""What waits for another delivery: begun only once that one is out, and never alone when that one does not go.

A follower that is due before its turn is put to wait; it costs nothing until the one before it settles, which wakes it
(``beginning.announce``). Whether it may go is asked where every send begins, with the row of the one before locked: so
no news of it is missed between the question and the waiting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from publishing import claiming
from publishing.models import Delivery, Receipt, Release, State
from publishing.models.delivery import CANCELLABLE, CLAIMABLE, FAR, DeliveryQuerySet
from publishing.models.follow import Follow
from publishing.models.receipt import READ_BADLY

GONE = frozenset({State.FAILED, State.CANCELLED, State.WITHDRAWN})
ASIDE = frozenset({State.HELD, State.MISSED})
NEWS = GONE | ASIDE | {State.DELIVERED}  # of these whoever waits must hear
UNDER_WAY = frozenset({State.QUEUED, State.SENDING, State.PROCESSING})
DOUBTFUL = frozenset({State.UNCERTAIN, State.PROCESSING})
WAITS = frozenset({Follow.AFTER, Follow.AFTER_FIT, Follow.ANSWERS})
LOOK = timedelta(seconds=5)  # at what waits to be looked over, which takes seconds


@dataclass(frozen=True)
class After:
    """What a delivery follows, how, and how long after it."""

    delivery: Delivery
    mode: Follow
    gap: timedelta = timedelta()


@dataclass(frozen=True)
class Go:
    """Its turn has come, at ``since`` (UTC); None when it waited for nobody."""

    since: datetime | None = None


@dataclass(frozen=True)
class Wait:
    """Not yet: looked at again then (UTC), or when it is woken."""

    until: datetime
    reason: str


@dataclass(frozen=True)
class Not:
    """Never by itself: a person decides."""

    reason: str


def waits(delivery: Delivery) -> bool:
    """Whether it goes only after another one."""
    return delivery.follow_mode in WAITS and delivery.follows_id is not None


def gate(delivery: Delivery, now: datetime) -> Go | Wait | Not:
    """May it begin, as far as the one before it is concerned? Inside the transaction that begins it."""
    if delivery.follow_mode == Follow.LEADS:
        return _looked_over(delivery, now)
    return standing(delivery, _locked(delivery), now) if waits(delivery) else Go()


def _looked_over(first: Delivery, now: datetime) -> Go | Wait | Not:
    """The first of a release goes when a worker has found that all of it can."""
    release = Release.objects.filter(first=first).first()
    if release is None:
        return Go()
    if not release.checked_lately(now):
        return Wait(now + LOOK, _("Waits until every channel of the release has been looked over."))
    return Go() if release.fit else Not(_("Not everything of the release can go."))


def _locked(delivery: Delivery) -> Delivery:
    rows = Delivery.objects.select_for_update(of=("self",), no_key=True).select_related("channel")
    return before(delivery, lambda pk: rows.get(pk=pk))


def before(delivery: Delivery, get: Callable[[int], Delivery] | None = None) -> Delivery:
    """The one that it waits for: what is not sent is passed over where that was chosen, but never the first."""
    get = get or (lambda pk: Delivery.objects.select_related("channel").get(pk=pk))
    head = get(delivery.follows_id or 0)
    while delivery.follow_mode == head.follow_mode == Follow.AFTER_FIT and head.state in GONE | ASIDE:
        head = get(head.follows_id or 0)
    return head


def standing(delivery: Delivery, head: Delivery, now: datetime) -> Go | Wait | Not:
    """The same of two rows in hand: what the screens say too."""
    if head.state in GONE:
        return Not(_not_alone(delivery, head))
    if head.state != State.DELIVERED:
        passed_over = head.pk != delivery.follows_id
        again = now + claiming.lease() if head.state in UNDER_WAY or passed_over else FAR
        return Wait(again, _("Waits until it is out: %(before)s.") % {"before": named(head)})
    receipt = Receipt.objects.get(delivery=head)
    if delivery.follow_mode == Follow.ANSWERS:
        objection: Wait | Not | None = _unanswerable(head, receipt, now)
    else:
        objection = _of_the_page(delivery, head, receipt, now)
    if objection is not None:
        return objection
    since = receipt.sent_at + timedelta(seconds=delivery.follow_gap)
    if since > now:
        return Wait(since, _("Waits a little after the one before it: %(before)s.") % {"before": named(head)})
    return Go(since)


def _unanswerable(head: Delivery, receipt: Receipt, now: datetime) -> Not | None:
    if head.withdraw_next_at is not None and head.withdraw_next_at <= now:
        return Not(_("What it answers is being taken down: %(before)s.") % {"before": named(head)})
    if receipt.by_hand:
        sentence = _("What it answers was marked as sent by a person, so the system cannot answer it: %(before)s.")
        return Not(sentence % {"before": named(head)})
    return None


def _of_the_page(delivery: Delivery, head: Delivery, receipt: Receipt, now: datetime) -> Wait | Not | None:
    """What links to a page of ours goes only when that page has been read back, at the very address in the post."""
    if not head.channel.limits.publishes_page or head.channel.dry_run:
        return None
    if receipt.read_back == Receipt.ReadBack.PENDING:
        return Wait(now + claiming.lease(), _("Waits until the page has been read back."))
    if receipt.read_back in READ_BADLY:
        return Not(_("The page is not there as it was sent: %(before)s.") % {"before": named(head)})
    planned, link = head.message.link, delivery.message.link.partition("?")[0]
    if planned and link == planned.partition("?")[0] and receipt.permalink not in ("", planned):
        return Not(_("The page has got another address than the post says: it needs a new approval."))
    return None


def named(delivery: Delivery) -> str:
    """How a sentence about another delivery names it."""
    return f"“{delivery.headline}”, {delivery.channel}"


def _not_alone(delivery: Delivery, head: Delivery) -> str:
    if delivery.follow_mode == Follow.ANSWERS:
        sentence = _("What it answers is %(state)s, and it never goes alone: %(before)s.")
    else:
        sentence = _("What goes before it is %(state)s, so it waits for your decision: %(before)s.")
    return sentence % {"state": head.get_state_display(), "before": named(head)}


def latest(delivery: Delivery, turn: Go) -> datetime | None:
    """No later than (UTC). A follower without a moment of its own has the channel's patience, from its turn on."""
    if delivery.latest_at is not None or turn.since is None:
        return delivery.latest_at
    return max(turn.since, delivery.due_at) + timedelta(minutes=delivery.channel.late_after)


def wake(head: Delivery) -> None:
    """Whoever waits for this one is looked at: now, or at its own time if that is later. In a transaction."""
    now = timezone.now()
    if head.state in ASIDE and not head.followers.filter(follow_mode=Follow.AFTER_FIT).exists():
        return
    for row in head.followers.filter(state__in=CLAIMABLE).select_for_update(of=("self",), no_key=True):
        moment = max(now, row.due_at) if head.state not in GONE else now
        Delivery.objects.filter(pk=row.pk, state__in=CLAIMABLE).update(next_at=moment)
    for passed_over in head.followers.filter(state__in=GONE | ASIDE, follow_mode=Follow.AFTER_FIT, followed=True):
        if head.state == State.DELIVERED:
            through(passed_over, now)


def through(passed_over: Delivery, now: datetime) -> None:
    """What waited for one that does not go is looked at as well."""
    waiting = passed_over.followers.filter(state__in=CLAIMABLE, follow_mode=Follow.AFTER_FIT)
    waiting.filter(due_at__lte=now).update(next_at=now)


def answers_of(delivery: Delivery) -> DeliveryQuerySet:
    """What answers it directly: a first comment, the next part of a thread."""
    return Delivery.objects.filter(follows=delivery, follow_mode=Follow.ANSWERS).select_related("channel")


def thread_of(delivery: Delivery) -> list[Delivery]:
    """The whole thread that it belongs to, in order; itself alone when it is of none."""
    first = delivery
    while first.follow_mode == Follow.ANSWERS and first.follows is not None:
        first = first.follows
    return [first, *below(first)]


def below(delivery: Delivery) -> list[Delivery]:
    """Everything that answers it, and what answers that, in order."""
    found: list[Delivery] = []
    for answer in answers_of(delivery).order_by("pk") if delivery.followed else ():
        found += [answer, *below(answer)]
    return found


def still_up(delivery: Delivery) -> bool:
    """Whether an answer is being sent or being taken down at this moment: then this one stays until that is done.

    One that only a person can settle keeps nobody: it waits in the list, and is taken down when it is found.
    """
    for answer in below(delivery):
        going = answer.withdraw_next_at is not None and answer.withdraw_next_at < FAR
        if answer.state == State.SENDING or (answer.state == State.DELIVERED and going):
            return True
    return False


def unsent(rows: list[Delivery]) -> list[Delivery]:
    """Those of them of which nothing was sent."""
    return [row for row in rows if row.state in CANCELLABLE]
