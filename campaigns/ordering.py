"""In order: the website first, then the press, then the others, which carry the address that is on air by then."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction

from campaigns import planning, words
from campaigns.models import Placement, ReleasePlan
from publishing import releases, scheduling
from publishing.models import Channel, Delivery, Release, State


def rank(channel: Channel) -> int:
    """The website, what goes to lists of people, everything else. What a kind can do decides."""
    limits = channel.limits
    return 0 if limits.publishes_page else 1 if limits.fan_out else 2


def chosen(page: Any) -> words.Order | None:
    """How its channels go in order, by its form where that stands, as words want it; None: each at its own time."""
    if hasattr(page, "order_chosen"):
        choice = page.order_chosen
    else:
        plan = ReleasePlan.objects.filter(page_id=page.pk or 0).first()
        choice = plan and (plan.minutes, plan.rule)
    return in_words(*choice) if choice else None


def in_words(minutes: int, rule: str) -> words.Order:
    return words.Order(timedelta(minutes=minutes), str(Release.Rule(rule).label))


def choose(page_id: int, choice: tuple[int, str] | None, *, by: Any) -> None:
    """Keep whether this content goes in order, with (minutes between, rule), and say so in the evidence."""
    before = ReleasePlan.objects.filter(page_id=page_id).first()
    if choice == (before and (before.minutes, before.rule)):
        return
    if choice is None:
        ReleasePlan.objects.filter(page_id=page_id).delete()
    else:
        minutes, rule = choice
        ReleasePlan.objects.update_or_create(page_id=page_id, defaults={"minutes": minutes, "rule": rule})
    payload = {"minutes": choice and choice[0], "rule": choice and choice[1]}
    scheduling.record_evidence(
        "release.chosen", actor=by.get_username() if by else "", subject=f"page:{page_id}", payload=payload
    )


def arrange(page_id: int, *, by: Any) -> None:
    """Let what is planned of this content follow one another, or not, as was chosen. Again is harmless."""
    plan = ReleasePlan.objects.filter(page_id=page_id).first()
    with transaction.atomic():
        rows = {
            row.delivery: row for row in Placement.objects.of_page(page_id) if row.delivery and _belongs(row.delivery)
        }
        if plan is None:
            in_order = [delivery for delivery in rows if delivery.follow_mode in releases.IN_A_RELEASE]
            releases.dissolve(list(rows), by=by)
            for delivery in in_order:
                if delivery.state == State.SCHEDULED and not _is_update(delivery):
                    planning.follow(rows[delivery], by=by)
            return
        if not any(one.state == State.SCHEDULED and not _is_update(one) for one in rows):
            return  # all of it is out: what changes there goes when it is approved
        patience = {delivery.pk: row.latest_at for delivery, row in rows.items()}
        releases.arrange(_ranks(rows), rule=plan.rule, gap=plan.gap, patience=patience, by=by)


def _belongs(delivery: Delivery) -> bool:
    """Planned, or a part of a release that has begun: then the rest waits for it as before."""
    if delivery.state == State.SCHEDULED:
        return True
    return delivery.follow_mode in releases.IN_A_RELEASE and delivery.state not in (State.CANCELLED, State.WITHDRAWN)


def _is_update(delivery: Delivery) -> bool:
    """Of what is out there already: that goes when it is approved, however long ago its time was."""
    out = Delivery.objects.of_same_content(delivery).filter(channel=delivery.channel_id, state=State.DELIVERED)
    return delivery.edits_id is not None or out.exists()


def _ranks(deliveries: Iterable[Delivery]) -> list[list[Delivery]]:
    ranked: dict[int, list[Delivery]] = {}
    for item in sorted(deliveries, key=lambda item: (rank(item.channel), item.due_at, item.pk)):
        ranked.setdefault(rank(item.channel), []).append(item)
    return list(ranked.values())
