"""What the outbox itself has waiting for people: decisions, posts and take-downs made by hand."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from publishing import deciding, leftovers, needs, presenting, waiting_channels
from publishing.models import Delivery, Leftover, Receipt, State
from publishing.models.delivery import FAR, DeliveryQuerySet
from publishing.needs import Need, Source
from publishing.presenting import Badge

DECIDE, RELEASE, WITHDRAW = (f"publishing.{verb}_delivery" for verb in ("decide", "release", "withdraw"))
TO_TAKE_DOWN = gettext_lazy("to be taken down by hand")
TO_CLEAR = gettext_lazy("draft to be taken away by hand")


def _uncertain(row: Delivery) -> Need:
    when = presenting.when(row.next_at, timezone.now())
    asks = _("%(channel)s is asked again %(when)s.") % {"channel": row.channel.name, "when": when}
    return _need(
        row,
        State.UNCERTAIN,
        action=_("Look and decide"),
        happened=_("The answer was lost."),
        sent=_("It may be out on %(channel)s, or it may not.") % {"channel": row.channel.name},
        by_itself=asks if row.next_at < FAR else _("Nothing more: it is never sent again without proof or your word."),
    )


def _failed(row: Delivery) -> Need:
    sure = deciding.surely_unposted(row)
    return _need(
        row,
        State.FAILED,
        action=_("See why"),
        happened=_("A fault of ours."),
        sent=_("Nothing was posted.") if sure else _("It may have been posted all the same."),
        by_itself=_("It is not tried again."),
    )


def _not_as_sent(row: Delivery) -> Need:
    differs = row.receipt.read_back == Receipt.ReadBack.DIFFERENT
    problems = " ".join(str(problem) for problem in row.receipt.read_back_problems)
    happened = (
        _("It was read back and differs from what was sent.") if differs else _("It was sent, but is not to be seen.")
    )
    return Need(
        badge=presenting.badge_of(row),
        title=row.headline,
        url=page_of(row),
        action=_("Look at it"),
        happened=f"{happened} {problems}".strip(),
        sent=_("%(channel)s accepted it %(when)s.")
        % {"channel": row.channel.name, "when": presenting.when(row.receipt.sent_at, timezone.now())},
        by_itself=_("Nothing more: it is neither sent again nor taken down."),
        where=row.channel.name,
        since=row.receipt.read_back_at,
    )


def _missed(row: Delivery) -> Need:
    return _need(
        row,
        State.MISSED,
        action=_("Decide"),
        happened=_("Its latest moment had passed."),
        sent=_("Nothing was sent."),
        by_itself=_("It is never sent late by itself."),
    )


def _held(row: Delivery) -> Need:
    return _need(
        row,
        State.HELD,
        action=_("Decide"),
        happened=_("Somebody put it aside."),
        sent=_("Nothing was sent."),
        by_itself=_("It goes only when somebody releases it."),
    )


def _by_hand(row: Delivery) -> Need:
    return Need(
        badge=presenting.badge_of(row),
        title=row.headline,
        url=page_of(row),
        action=_("Open and post"),
        happened=_("It is time to post this on %(channel)s by hand.") % {"channel": row.channel.name},
        sent=_("Nothing is out before you have posted it."),
        by_itself=_("It waits here until you say that it is posted, or that it will not be."),
        where=row.channel.name,
        since=row.due_at,
    )


def _to_take_down(row: Delivery) -> Need:
    return Need(
        badge=presenting.badge("to_take_down", str(TO_TAKE_DOWN)),
        title=row.headline,
        url=page_of(row),
        action=_("Open and take down"),
        happened=row.state_reason,
        sent=_("It can still be seen on %(channel)s.") % {"channel": row.channel.name},
        by_itself=_("Nothing: somebody must do it there."),
        where=row.channel.name,
        since=row.sent_at,
    )


def _draft(row: Leftover) -> Need:
    return Need(
        badge=presenting.badge("to_take_down", str(TO_CLEAR)),
        title=row.delivery.headline,
        url=page_of(row.delivery),
        action=_("Open and take away"),
        happened=row.reason,
        sent=_("A draft that is given up lies on %(channel)s.") % {"channel": row.delivery.channel.name},
        by_itself=_("Nothing: somebody must do it there."),
        where=row.delivery.channel.name,
        since=row.delivery.due_at,
    )


def _drafts(user: Any, limit: int) -> list[Need]:
    rows = leftovers.by_hand().select_related("delivery__channel").order_by("pk")[:limit]
    return [_draft(row) for row in rows] if user.has_perm(WITHDRAW) else []


def _need(row: Delivery, state: State, *, happened: str, **words: str) -> Need:
    """A row about a state; what the delivery itself says about it comes first, ``happened`` when it says nothing."""
    return Need(
        badge=presenting.badge(state, str(state.label)),
        title=row.headline,
        url=page_of(row),
        happened=(row.state_reason if row.state == state else through_parts(row, state)) or happened,
        where=row.channel.name,
        since=row.due_at,
        **words,
    )


def through_parts(row: Delivery, *about: State) -> str:
    """For a list: how many of its recipients it is about, and in which state. Nothing for a row that is so itself."""
    if row.state in about:
        return ""
    states = list(row.parts.values_list("state", flat=True))
    return " ".join(_so_many(states, state) for state in about if state in states)


def _so_many(states: list[str], state: State) -> str:
    text = ngettext(
        "%(count)s of %(of)s recipient: %(state)s.", "%(count)s of %(of)s recipients: %(state)s.", len(states)
    )
    return text % {"count": states.count(state), "of": len(states), "state": state.label}


def page_of(delivery: Delivery) -> str:
    return reverse("publishing_desk:delivery", args=[delivery.pk])


def _source(
    heading: str | Promise,
    permission: str,
    find: Callable[[], DeliveryQuerySet],
    tell: Callable[[Delivery], Need],
    badge: tuple[str, str | Promise],
    **more: Any,
) -> Source:
    """Deliveries that whoever has ``permission`` decides about; nobody else has them in their list."""

    def rows(user: Any, limit: int) -> list[Need]:
        if not user.has_perm(permission):
            return []
        return [
            tell(row) for row in find().heads().select_related("channel", "receipt").order_by("due_at", "pk")[:limit]
        ]

    def marked() -> Badge:
        key, label = badge
        return presenting.badge(key, str(label))

    return Source(
        heading=lambda: str(heading),
        there=lambda user: find() if user.has_perm(permission) else find().none(),
        rows=rows,
        badge=marked,
        each=Coalesce("parent_id", "pk"),  # recipients of a list show through their list
        **more,
    )


def sources() -> dict[str, Source]:
    """What the outbox tells of, the most urgent first."""
    aside = {"all_url": lambda: reverse("publishing_desk:held")}
    by_hand = ("by_hand", gettext_lazy("to be posted by hand"))
    urgent = {"uncertain", "by_hand", "take_down", "failed", "not_as_sent"}
    found = {
        "uncertain": _of_state(State.UNCERTAIN, gettext_lazy("Uncertain"), DECIDE, _uncertain),
        "by_hand": _source(gettext_lazy("To be posted by hand"), DECIDE, Delivery.objects.by_hand, _by_hand, by_hand),
        "take_down": _source(
            gettext_lazy("To be taken down by hand"),
            WITHDRAW,
            Delivery.objects.to_take_down_by_hand,
            _to_take_down,
            ("to_take_down", TO_TAKE_DOWN),
        ),
        "drafts": Source(
            heading=lambda: _("Drafts to be taken away by hand"),
            there=lambda user: leftovers.by_hand() if user.has_perm(WITHDRAW) else leftovers.by_hand().none(),
            rows=_drafts,
            badge=lambda: presenting.badge("to_take_down", str(TO_CLEAR)),
        ),
        "failed": _of_state(State.FAILED, gettext_lazy("Failed"), DECIDE, _failed),
        "not_as_sent": _source(
            gettext_lazy("Sent, but not as it should be"),
            DECIDE,
            Delivery.objects.not_as_sent,
            _not_as_sent,
            ("absent", gettext_lazy("sent, but not to be seen")),
        ),
        "missed": _of_state(State.MISSED, gettext_lazy("Not sent in time"), RELEASE, _missed, **aside),
        "held": _of_state(State.HELD, gettext_lazy("Held"), RELEASE, _held, **aside),
        "channels": waiting_channels.source(),
    }
    return {key: replace(source, urgent=key in urgent) for key, source in found.items()}


def _of_state(state: State, heading: Promise, permission: str, tell: Callable[[Delivery], Need], **more: Any) -> Source:
    def find() -> DeliveryQuerySet:
        return Delivery.objects.needing_a_person().filter(state=state)

    return _source(heading, permission, find, tell, (state, state.label), **more)


def install() -> None:
    """Called once, when the site starts."""
    for order, (key, source) in enumerate(sources().items()):
        needs.register(key, replace(source, order=10 * order))
