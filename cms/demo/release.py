"""A release in order that is planned, and one that waits because a channel could not send."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from campaigns import clock, ordering
from campaigns.models import Placement
from cms.demo import content, pictures
from cms.demo.sample import BLUESKY, MASTODON, PRESS, WEB, Sample, X
from cms.models import Part
from publishing import stopping
from publishing.models import Channel, Release

PLANNED = Sample(
    "story",
    "Åbent hus på den opdigtede station: kom og se cellerne",
    "Lørdag åbner vi dørene. Hils på hundene, prøv en motorcykel, og spørg om alt det, du har undret dig over.",
    "planned",
    ("1124",),
    "borgerinddragelse",
    "lokalpolitienheden",
    body=(
        ("paragraph", "<p>Dørene er åbne fra klokken 10 til 15. Der er kaffe i gården, og hundene kommer kl. 11.</p>"),
        ("heading", "Sådan finder du os"),
        ("paragraph", "<p>Stationen findes ikke i virkeligheden, så du behøver ikke lede efter den.</p>"),
    ),
    alt="En betjent viser en motorcykel frem for to børn.",
    scene="city",
)
WAITING = Sample(
    "story",
    "Ny app skal hjælpe med hittegods på den opdigtede linje 14",
    "Har du glemt din taske i bussen, kan du nu se på telefonen, om den er fundet.",
    "planned",
    ("1124",),
    "borgervendt-kommunikation",
    "lokalpolitienheden",
    body=(("paragraph", "<p>Appen er fundet på til lejligheden. Den viser, hvad der er fundet på linje 14.</p>"),),
)

PLACE, SEEN = "Den opdigtede station", "Gangen på den opdigtede station med plads til mange."
THREAD = (
    "Program: kl. 10 åbner dørene, kl. 11 kommer hundene, kl. 13 viser vi motorcyklerne frem.",
    "Kommer du i kørestol, så brug porten i gården. Der er ingen trin.",
)


def ensure(users: Mapping[str, Any], channels: Mapping[str, Channel]) -> Iterator[str]:
    """Make both once."""
    later = (timezone.now() + timedelta(hours=2)).replace(minute=0, second=0, microsecond=0)
    for sample, due, slugs in ((PLANNED, later, (WEB, PRESS, X, BLUESKY, MASTODON)), (WAITING, later, (WEB, PRESS, X))):
        if Page.objects.filter(title=sample.title).exists():
            continue
        page = content.draft(sample, users)
        for slug in slugs:
            Placement.objects.create(
                page=page,
                channel=channels[slug],
                due_at=due,
                wall_time=clock.written(due),
                created_by=users["planlaegger"],
            )
        if sample is PLANNED:
            page.parts = [Part(channel=channels[MASTODON], text=text, sort_order=n) for n, text in enumerate(THREAD)]
            page.parts.all()[0].picture, page.parts.all()[0].picture_alt = pictures.image("hall", SEEN), SEEN
            page.place_name, page.image_credit = PLACE, "Kredsens opdigtede fotograf"
            page.save_revision(user=users["skribent"], log_action=True)
        ordering.choose(page.pk, (5, Release.Rule.HOLD_ALL), by=users["planlaegger"])
        content.take_along(page, sample, users)
        yield f"{sample.title} (i rækkefølge)"
        if sample is WAITING:
            _found_wanting(page, channels[X])


def _found_wanting(page: Any, channel: Channel) -> None:
    """As a worker would have left it that had looked it over while the channel had no access."""
    release = Release.objects.filter(first__placements__page_id=page.pk).get()
    problem = f"{channel.name}: Adgangen var udløbet, da kanalen blev set efter."
    Release.objects.filter(pk=release.pk).update(
        checked_at=timezone.now(),
        findings={str(row.pk): [problem] for row in release.in_order() if row.channel_id == channel.pk},
    )
    stopping.hold(release.first, reason=f"Intet af det går ud endnu. {problem}", by=None)
