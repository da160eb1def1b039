"""Where a story of the coverage leads whoever asks: to its editor, to the plan, or nowhere."""

from collections.abc import Collection, Mapping

from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import Page

from campaigns import contents
from campaigns.coverage import Story
from campaigns.models import Placement


def page_of(story: Story) -> int:
    return int(story.key.partition(":")[2])


def there(stories: Collection[Story]) -> set[int]:
    """The pages that have not been deleted since."""
    return set(Page.objects.filter(pk__in=[page_of(story) for story in stories]).values_list("pk", flat=True))


def of(stories: Collection[Story], person: User) -> Mapping[str, str]:
    """By story key. Whoever may not edit it reads where and when it went out; nobody is led to a closed door."""
    editable = set(contents.editable({page_of(story) for story in stories}, person))
    told = [one.key for story in stories if page_of(story) not in editable for one in story.appearances]
    plan = {key.hex: pk for key, pk in Placement.objects.active().filter(key__in=told).values_list("key", "pk")}
    may_read, found = person.has_perm("campaigns.view_placement"), dict[str, str]()
    for story in stories:
        places = [plan[one.key] for one in story.appearances if one.key in plan]
        if page_of(story) in editable:
            found[story.key] = reverse("wagtailadmin_pages:edit", args=[page_of(story)])
        elif may_read and places:
            found[story.key] = reverse("campaigns_calendar:item", args=[places[0]])
    return found
