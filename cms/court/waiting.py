"""What of the cases waits for people: earlier posts to decide about, texts to anonymise, bans to confirm."""

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms.court import access, deadlines, earlier, following, standing
from cms.court.models import Case, Defendant, EarlierPost, Restriction
from cms.rules.restriction import FRESH_RESTRICTION
from publishing import presenting
from publishing.models import Delivery, State
from publishing.models.delivery import CANCELLABLE
from publishing.needs import Need, Source
from publishing.presenting import Badge

LOOK_AHEAD = timedelta(hours=24)


def badge(label: str, shape: str, tone: str = "alarm") -> Badge:
    return Badge("case", shape, label, tone)


def _undecided(user: Any, limit: int) -> list[Need]:
    """One row a case: its posts are decided on one page."""
    by_case: dict[Case, list[EarlierPost]] = defaultdict(list)
    for row in earlier.undecided_for(user):
        by_case[row.case].append(row)
    own = set(access.cases_of(user).values_list("pk", flat=True))
    found = []
    for case, posts in list(by_case.items())[:limit]:
        channels = ", ".join(sorted({post.delivery.channel.name for post in posts}))
        words = ngettext(
            "%(number)s post is out on %(channels)s.", "%(number)s posts are out on %(channels)s.", len(posts)
        )
        found.append(
            Need(
                badge=badge(_("to be decided"), "↶"),
                title=str(case) if case.pk in own else posts[0].delivery.headline,
                url=reverse("court_desk:earlier", args=[case.key]),
                action=_("Decide about each"),
                happened=_("Earlier posts on a case: %(why)s.") % {"why": posts[0].get_why_display()},
                sent=words % {"number": len(posts), "channels": channels},
                by_itself=_("Nothing is taken down by itself, and nothing more is sent about the case before."),
                since=posts[0].asked_at,
            )
        )
    return found


def to_anonymise(user: Any) -> Any:
    """For editors: the text is theirs to change."""
    if not access.is_editor(user):
        return EarlierPost.objects.none()
    return EarlierPost.objects.to_anonymise().exclude(page=None).select_related("delivery__channel", "page")


def _to_anonymise(user: Any, limit: int) -> list[Need]:
    return [
        Need(
            badge=badge(_("to be anonymised"), "✎", "notice"),
            title=row.page.title,
            url=reverse("wagtailadmin_pages:edit", args=[row.page_id]),
            action=_("Change the text"),
            happened=_("It was decided to anonymise it: %(why)s.") % {"why": row.get_why_display()},
            sent=_("It is out on %(channel)s.") % {"channel": row.delivery.channel.name},
            by_itself=_("It stays up until the changed text is approved and sent."),
            where=row.delivery.channel.name,
            since=row.decided_at,
        )
        for row in to_anonymise(user)[:limit]
    ]


def to_confirm(user: Any) -> list[tuple[Case, Delivery]]:
    """Own cases of which something is held, or due within a day, and whose restrictions want a fresh confirmation."""
    found: list[tuple[Case, Delivery]] = []
    now = timezone.now()
    if not Restriction.objects.in_force().exists():
        return found
    for case in access.cases_of(user).filter(restrictions__in=Restriction.objects.in_force()).distinct():
        pages = case.page_ids()
        confirmed = min(item.confirmed_at or item.registered_at for item in case.restrictions.in_force())
        waiting = Delivery.objects.filter(
            placements__page_id__in=pages, state__in=CANCELLABLE, due_at__lte=now + LOOK_AHEAD
        )
        for delivery in waiting.select_related("channel").order_by("due_at"):
            if max(delivery.due_at, now) - confirmed > FRESH_RESTRICTION:
                found.append((case, delivery))
                break
    return found


def _to_confirm(user: Any, limit: int) -> list[Need]:
    found = []
    for case, delivery in to_confirm(user)[:limit]:
        held = delivery.state == State.HELD
        when = presenting.when(delivery.due_at, timezone.now())
        found.append(
            Need(
                badge=badge(_("to be confirmed"), "?", "notice"),
                title=str(case),
                url=reverse("court_desk:case", args=[case.key]),
                action=_("Confirm the restrictions"),
                happened=_(
                    "A restriction is in force. That it still holds must be confirmed within 24 hours of a send."
                ),
                sent=_("It is held.") if held else _("Something about the case is due %(when)s.") % {"when": when},
                by_itself=_("Without your confirmation it is not sent."),
                where=delivery.channel.name,
                since=delivery.due_at,
            )
        )
    return found


def _follow_ups(user: Any, limit: int) -> list[Need]:
    """For an editor the text to correct, for a prosecutor the case; late ones are an alarm (C-15)."""
    today, editor, found = timezone.localdate(), access.is_editor(user), []
    for row in following.owed_to(user, today)[:limit]:
        late = today > row.due_on
        page = row.earlier.page
        url = reverse("incidents:correct", args=[page.pk]) if editor and page else None
        found.append(
            Need(
                badge=badge(_("late") if late else _("to be followed up"), "◷", "alarm" if late else "notice"),
                title=page.title if page else str(row.case),
                url=url or reverse("court_desk:case", args=[row.case.key]),
                action=_("Correct the text") if editor else _("Follow it up"),
                happened=_("There is a new decision in the case, and what was published before still stands."),
                sent=" ".join(f"{'●' if step.done else '○'} {step.words}" for step in following.steps(row)),
                by_itself=_("Nothing is corrected by itself. It is due on %(day)s.")
                % {"day": date_format(row.due_on, "j. F")},
                since=row.opened_at,
            )
        )
    return found


def finality_to_declare(user: Any) -> list[Case]:
    """Own cases of which the time for appeal is over without an appeal: somebody may be asked whether it is final."""
    today, candidates = timezone.localdate(), _may_be_final()
    if not candidates.exists():
        return []
    cases = access.cases_of(user).open().filter(pk__in=candidates.values("report__case"))
    return [case for case in cases if any(item.suggests_final for item in standing.of(case, today))]


def _may_be_final() -> "QuerySet[Defendant]":
    return Defendant.objects.may_be_final(timezone.localdate() - timedelta(days=deadlines.DAYS))


def _to_declare(user: Any, limit: int) -> list[Need]:
    return [
        Need(
            badge=badge(_("is it final?"), "?", "notice"),
            title=str(case),
            url=reverse("court_desk:case", args=[case.key]),
            action=_("Look at the case"),
            happened=_("The time for appeal is over by the computed date, and no appeal is registered."),
            by_itself=_("Nothing: only a prosecutor declares a judgment final."),
        )
        for case in finality_to_declare(user)[:limit]
    ]


def sources() -> dict[str, Source]:
    return {
        "earlier_posts": Source(
            lambda: _("Earlier posts on a case to decide about"),
            earlier.undecided_for,
            _undecided,
            lambda: badge(_("to be decided"), "↶"),
            each="case_id",
            order=12,
        ),
        "to_anonymise": Source(
            lambda: _("To be anonymised"),
            to_anonymise,
            _to_anonymise,
            lambda: badge(_("to be anonymised"), "✎", "notice"),
            order=13,
        ),
        "to_confirm": Source(
            lambda: _("Restrictions to confirm"),
            lambda user: Restriction.objects.in_force().filter(case__in=access.cases_of(user)),
            _to_confirm,
            lambda: badge(_("to be confirmed"), "?", "notice"),
            count=lambda user: len(to_confirm(user)),
            order=14,
        ),
        "follow_ups": Source(
            lambda: _("Appeals to follow up"),
            following.perhaps_owed_to,
            _follow_ups,
            lambda: badge(_("to be followed up"), "◷", "notice"),
            count=lambda user: len(following.owed_to(user, timezone.localdate())),
            order=15,
        ),
        "finality": Source(
            lambda: _("Judgments that may be final"),
            lambda user: _may_be_final().filter(report__case__in=access.cases_of(user).open()),
            _to_declare,
            lambda: badge(_("is it final?"), "?", "notice"),
            count=lambda user: len(finality_to_declare(user)),
            order=60,
        ),
    }
