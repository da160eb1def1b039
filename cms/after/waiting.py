"""What of the time after waits for people: possible errors against the clock, content whose review is due."""

from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cms import owners
from cms.after import removing
from cms.models.incidents import Incident
from cms.models.lifetimes import Lifetime
from publishing import presenting
from publishing.needs import Need, Source


def incidents_for(user: Any) -> Any:
    """Whoever may close them has them in the list until they are."""
    return Incident.objects.open() if user.has_perm("cms.close_incident") else Incident.objects.none()


def reviews_for(user: Any) -> Any:
    """Due reviews of one's own content; those of somebody who has left are for who takes down for others."""
    return Lifetime.objects.to_review(timezone.localdate()).filter(owners.owned_by(user))


def _incident(incident: Incident, now: datetime) -> Need:
    remaining = removing.out(incident.page_id) if incident.page_id else []
    still = _("Still out on %(channels)s.") % {"channels": removing.names(remaining)}
    return Need(
        badge=presenting.badge("incident", countdown(incident, now)),
        title=incident.title,
        url=reverse("incidents:show", args=[incident.key]),
        action=_("Assess and close"),
        happened=_("Reported: %(what)s.") % {"what": incident.get_what_display()},
        sent=still if remaining else _("It is gone everywhere."),
        by_itself=_("Datatilsynet is to be told before %(when)s, if it is a breach.")
        % {"when": presenting.when(incident.deadline, now)},
        since=incident.reported_at,
    )


def countdown(incident: Incident, now: datetime) -> str:
    """How much is left of the 72 hours, in hours as long as there are any."""
    left = incident.deadline - now
    hours = int(left.total_seconds()) // 3600
    if left.total_seconds() <= 0:
        return _("the 72 hours are over")
    if hours < 1:
        return _("%(span)s left of 72 hours") % {"span": presenting.span(left)}
    return _("%(hours)s of 72 hours left") % {"hours": hours}


def _incidents(user: Any, limit: int) -> list[Need]:
    now = timezone.now()
    return [_incident(row, now) for row in incidents_for(user).order_by("reported_at")[:limit]]


def _reviews(user: Any, limit: int) -> list[Need]:
    rows = reviews_for(user).select_related("page").order_by("review_on")[:limit]
    return [_review(row) for row in rows]


def _review(row: Lifetime) -> Need:
    ends = _("It stays as it is.")
    if row.expires_on is not None:
        ends = _("It is taken down everywhere after %(day)s.") % {"day": date_format(row.expires_on, "j. F Y")}
    return Need(
        badge=presenting.badge("to_review", _("to be looked at again")),
        title=row.page.title,
        url=reverse("incidents:review", args=[row.pk]),
        action=_("Look at it"),
        happened=_("Its review date was %(day)s.") % {"day": date_format(row.review_on, "j. F Y")},
        by_itself=ends,
    )


def sources() -> dict[str, Source]:
    return {
        "incidents": Source(
            lambda: _("Possible errors"),
            incidents_for,
            _incidents,
            lambda: presenting.badge("incident", _("possible error")),
            order=-10,
            urgent=True,
            all_url=lambda: reverse("incidents:list"),
        ),
        "content_reviews": Source(
            lambda: _("To be looked at again"),
            reviews_for,
            _reviews,
            lambda: presenting.badge("to_review", _("to be looked at again")),
            order=39,
        ),
    }
