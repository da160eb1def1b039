"""C-30: elections and closed times against content, as the publication rules tell it. Never why."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from campaigns import closed_times, windows
from campaigns.windows import Item, Window
from cms import rules, topics
from cms.models.overrides import Override
from cms.rules import Context, Finding, Kind, Severity
from cms.texts import Text, texts
from publishing.models import Channel

CHECK = "C-30"


def against(page: Any, context: Context, now: datetime) -> Iterator[tuple[Text, Finding]]:
    """What is closed for it where it is planned; while an election is on, what its words must not be about."""
    rows = [row for row in page.placements.all() if row.channel_id and row.due_at and not row.is_out]
    ahead = closed_times.ahead(now) if rows else []
    if not ahead:
        return
    topic, neutral = topics.of_page(page), False
    seen: set[tuple[int, int]] = set()
    for row in rows:
        moment = max(row.due_at, now)  # what is held and late goes when somebody lets it
        neutral |= any(window.neutral and window.start <= moment < window.end for window in ahead)
        for window in windows.against(Item(topic, row.channel.slug), moment, ahead):
            if (row.channel_id, window.pk) not in seen:
                seen.add((row.channel_id, window.pk))
                yield finding(row.channel, window, context.kind)
    for text in texts(page) if neutral else ():
        for found in rules.check(
            text.text, replace(context, kind=text.kind, neutrality_period=True), rules.OF_THE_WORLD
        ):
            if found.severity == Severity.SECOND_PERSON:
                yield text, found


def finding(channel: Channel, window: Window, kind: Kind = Kind.POST) -> tuple[Text, Finding]:
    """One that blocks must be met by another time. One that warns is let pass by a second person, under the terms of
    the window as they are now."""
    terms = hashlib.sha256(window.terms.encode()).hexdigest()[:16]
    severity = Severity.BLOCK_HARD if window.blocks else Severity.BLOCK
    text = Text("placements", _("the plan"), f"{channel.name} {terms}", kind)
    return text, Finding(CHECK, severity, 0, len(channel.name), windows.sentence(window))


def let_pass(page_id: int | None, channel: Channel, window: Window) -> bool:
    """Whether a second person said that this content may go there all the same."""
    text, _found = finding(channel, window)
    return Override.objects.filter(page_id=page_id or 0, check_id=CHECK, text_sha256=text.sha256).exists()
