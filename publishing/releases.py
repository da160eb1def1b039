"""Releases: deliveries in a given order, and what people can do to all of one at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from publishing import ahead, following, scheduling, stopping
from publishing.evidence import record
from publishing.models import Delivery, Follow, Release, State
from publishing.models.delivery import NOT_BEGUN
from publishing.scheduling import name_of

IN_A_RELEASE = (Follow.LEADS, Follow.AFTER, Follow.AFTER_FIT)


def arrange(
    ranks: Sequence[Sequence[Delivery]],
    *,
    rule: str,
    gap: timedelta,
    patience: Mapping[int, datetime | None],
    by: User | None,
) -> Release | None:
    """Let these deliveries go in order: one rank after the other, the last rank together.

    Only what is planned is placed; what has begun, or waits for a person, stays what the others wait for. ``patience``
    is for each (by key) how late it may go; None: as the channel says, from its turn on. Again is harmless. None when
    there is nothing to order.
    """
    rows = [row for rank in ranks for row in rank]
    planned = [row for row in rows if row.state == State.SCHEDULED]
    if not planned or (len(planned) < 2 and planned == rows[:1]):
        dissolve(planned, by=by)
        return None
    if rows[0] not in planned and rows[0].follow_mode != Follow.LEADS:
        return None  # what it began with was called off: people decide about the rest
    first, previous, wanted = rows[0], rows[0], list[tuple[Delivery, Delivery]]()
    for number, rank in enumerate(ranks):
        for row in rank:
            if row is not first:
                wanted.append((row, previous))
            if number < len(ranks) - 1:
                previous = row
    mode = Follow.AFTER_FIT if rule == Release.Rule.LET_FIT_GO else Follow.AFTER
    with transaction.atomic():
        release, made = Release.objects.get_or_create(first=first, defaults={"rule": rule})
        changed = [_place(first, None, Follow.LEADS, 0, first.latest_at)]
        for row, before in wanted:
            changed.append(_place(row, before, mode, int(gap.total_seconds()), patience.get(row.pk)))
        if made or any(changed) or release.rule != rule:
            Release.objects.filter(pk=release.pk).update(rule=rule, checked_at=None, fit=False, findings={})
            payload = {"order": [str(row.key) for row in rows], "rule": str(rule), "gap": gap.total_seconds()}
            record("release.arranged", actor=name_of(by), subject=f"release:{first.key}", payload=payload)
        Release.objects.filter(first__in=[row.pk for row, _before in wanted]).delete()  # it led before
    release.refresh_from_db()
    return release


def _place(row: Delivery, before: Delivery | None, mode: Follow, gap: int, latest_at: datetime | None) -> bool:
    """Whether that changed anything."""
    wanted = {"follows_id": before and before.pk, "follow_mode": mode, "follow_gap": gap, "latest_at": latest_at}
    if all(getattr(row, name) == value for name, value in wanted.items()):
        return False
    if before is not None:
        Delivery.objects.filter(pk=before.pk).update(followed=True)
    done = Delivery.objects.filter(pk=row.pk, state=State.SCHEDULED).update(next_at=row.due_at, **wanted)
    row.refresh_from_db()
    return bool(done)


def dissolve(rows: Sequence[Delivery], *, by: User | None) -> None:
    """Each goes at its own time again."""
    for row in rows:
        if row.follow_mode in IN_A_RELEASE:
            loose = Delivery.objects.filter(pk=row.pk, state=State.SCHEDULED, follow_mode__in=IN_A_RELEASE)
            start = ahead.start(row.due_at, row.channel, row.message_json)
            if loose.update(follows=None, follow_mode="", follow_gap=0, next_at=start):
                Release.objects.filter(first=row).delete()
                record("release.dissolved", actor=name_of(by), delivery=row)
                row.refresh_from_db()


def of(delivery: Delivery) -> Release | None:
    """The release that it belongs to, if any."""
    if not delivery.follow_mode:
        return None
    first = delivery
    while first.follows is not None and first.follow_mode != Follow.LEADS:
        first = first.follows
    return Release.objects.filter(first=first).select_related("first__channel").first()


def stop(release: Release, *, reason: str, by: User | None) -> int:
    """Hold whatever of it has not begun; how many that were. It goes on when a person says so."""
    done = 0
    with transaction.atomic():
        for row in release.in_order():
            if row.state in NOT_BEGUN and row.follow_mode != Follow.ANSWERS:
                try:
                    stopping.hold(row, reason=reason, by=by)
                except scheduling.NotPossible:  # it has begun this very moment
                    continue
                done += 1
    return done


def go_on(release: Release, *, by: User | None) -> int:
    """Release what is held or missed: in its order, and without those before it that failed or were called off.

    How many that were. When the first has not gone, everything is looked over anew before it does.
    """
    done = 0
    with transaction.atomic():
        for row in release.in_order():
            row.refresh_from_db()
            if row.state not in (State.HELD, State.MISSED) or row.follow_mode == Follow.ANSWERS:
                continue
            if row.follows is not None and row.follows.state in following.GONE:
                Delivery.objects.filter(pk=row.pk).update(follow_mode=Follow.ALONE)
                reason = _("Without %(before)s.") % {"before": following.named(row.follows)}
                record("decision.went_alone", actor=name_of(by), delivery=row, payload={"reason": reason})
                row.refresh_from_db()
            stopping.release(row, by=by)
            done += 1
    return done


def let_fit_go(release: Release, *, by: User | None) -> int:
    """A person lets those go that can, though not all of them can: what cannot is held at the next look."""
    with transaction.atomic():
        Release.objects.filter(pk=release.pk).update(rule=Release.Rule.LET_FIT_GO)
        for row in release.in_order():
            Delivery.objects.filter(pk=row.pk, follow_mode=Follow.AFTER).update(follow_mode=Follow.AFTER_FIT)
        record("release.let_fit_go", actor=name_of(by), subject=f"release:{release.first.key}")
        return go_on(release, by=by)
