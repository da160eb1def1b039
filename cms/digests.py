"""Letters about what waits: a list at a chosen hour, and at once what is urgent. Each once, however often it is run.

A letter tells kinds, numbers and channels. Titles and texts stay in the house: some of what waits is held, under an
embargo, or about people whose names are protected.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override
from wagtail.users.models import UserProfile

from cms import digest_times
from cms.models.digests import DigestTold, DigestWish
from publishing import needs
from publishing.needs import Group, Need

MANY = 200  # urgent things looked at of one kind
REMEMBERED = timedelta(days=120)


def send_due(now: datetime) -> int:
    """Every letter that is due. How many were sent."""
    DigestTold.objects.filter(at__lt=now - REMEMBERED).delete()
    sent = 0
    for wish in DigestWish.objects.wanting():
        if not wish.user.has_perm("wagtailadmin.access_admin"):
            continue
        if digest_times.is_quiet(wish.quiet_from, wish.quiet_until, now):
            continue
        sent += _list(wish, now)
        wish.refresh_from_db(fields=["version"])
        sent += _at_once(wish)
    return sent


def _list(wish: DigestWish, now: datetime) -> int:
    """What waits, for the moment that was chosen; nothing is written when nothing waits."""
    due = digest_times.latest(wish.rhythm, wish.hour, wish.weekday, now)
    if due is None or due < wish.since or wish.sent_for == due.isoformat():
        return 0
    with transaction.atomic(), override(_language(wish.user)):
        if not DigestWish.objects.claim(wish, sent_for=due.isoformat()):
            return 0
        groups = [group for group in needs.groups(wish.user, limit=1) if group.key not in wish.without]
        return _post(wish.user, "digest", groups) if groups else 0


def _at_once(wish: DigestWish) -> int:
    """What is urgent and was not told before, in one letter."""
    if not wish.urgent:
        return 0
    with transaction.atomic(), override(_language(wish.user)):
        kinds = needs.urgent_kinds() - set(wish.without)
        waiting = [group for group in needs.groups(wish.user, limit=MANY, only=kinds) if group.rows]
        keys = {_key(group, row): group for group in waiting for row in group.rows}
        told = set(DigestTold.objects.filter(user=wish.user, need__in=keys).values_list("need", flat=True))
        new = keys.keys() - told
        if not new or not DigestWish.objects.claim(wish):
            return 0
        DigestTold.objects.bulk_create(DigestTold(user=wish.user, need=key) for key in new)
        fresh = [
            replace(group, rows=rows, count=len(rows))
            for group in waiting
            if (rows := [row for row in group.rows if _key(group, row) in new])
        ]
        return _post(wish.user, "digest_urgent", fresh)


def _key(group: Group, row: Need) -> str:
    since = row.since.isoformat() if row.since else ""
    return hashlib.sha256(f"{group.key}|{row.url}|{since}".encode()).hexdigest()


def _language(user: Any) -> str:
    return str(UserProfile.get_for_user(user).get_preferred_language())


def _post(user: Any, notice: str, groups: list[Group]) -> int:
    context = {
        "user": user,
        "lines": [_line(group) for group in groups],
        "count": sum(group.count for group in groups),
        "url": settings.WAGTAILADMIN_BASE_URL + reverse("publishing_desk:needs_you"),
        "account": settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account"),
    }
    said = render_to_string(f"cms/notices/{notice}.txt", context).strip()
    subject, _rest, body = said.partition("\n")
    EmailMultiAlternatives(subject.strip(), body.strip() + "\n", to=[user.email]).send()
    return 1


def _line(group: Group) -> tuple[str, int, datetime | None]:
    """Its heading, how many, and since when the oldest of them waits."""
    return group.heading, group.count, min((row.since for row in group.rows if row.since), default=None)
