"""Something for the time after: a review that is due, an incident that was closed, and who is told."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cms.after import incidents, removing
from cms.models import Incident, Lifetime, Policy, Story
from publishing import followups

REPORTED = "Jeg synes, man kan se nummerpladen på den parkerede bil i billedet."
ASSESSED = (
    "Billedet viste en nummerplade på en bil, der intet havde med sagen at gøre. Opslaget blev trukket tilbage med det "
    "samme, og ingen har henvendt sig. Næste billede beskæres før brug."
)
WHY_NOT = "Risikoen for den berørte er usandsynlig: Nummerpladen kunne ikke læses i den størrelse, der blev vist."


def ensure(users: Mapping[str, Any]) -> Iterator[str]:
    """Once: the second newest story is old enough to be looked at, the oldest was reported and is closed."""
    policy = Policy.load()
    if not policy.dpo_email:
        policy.dpo_email = "dpo@example.org"
        policy.save()
    if Incident.objects.exists():
        return
    stories = list(Story.objects.live().order_by("first_published_at"))
    if len(stories) > 1:
        today = timezone.localdate()
        dates = {"review_on": today, "expires_on": today + timedelta(days=30)}
        Lifetime.objects.filter(page_id=stories[-1].pk).update(**dates)
        yield f"{stories[-1].title} (skal gennemgås)"
    if len(stories) > 2:
        yield from _incident(stories[0], users)


def _incident(page: Any, users: Mapping[str, Any]) -> Iterator[str]:
    incident = incidents.report(page, by=users["skribent"], what=Incident.What.PICTURE, why=REPORTED)
    followups.take_down(timezone.now() + timedelta(seconds=1))
    removing.carry_on(timezone.now())
    incidents.close(incident, by=users["vagt"], assessment=ASSESSED, notified=False, notified_why=WHY_NOT)
    yield f"{page.title} (meldt som mulig fejl, lukket)"
