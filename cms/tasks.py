"""What workers do for the site itself. Imported by Celery only."""

from typing import Any

from celery import shared_task
from django.utils import timezone

from cms import digests, mail, mentioning
from cms.after import exporting, lifetimes, removing
from cms.court import earlier, following, protecting


@shared_task(name="cms.send_letter", ignore_result=True, soft_time_limit=30, time_limit=60)
def send_letter(letter: dict[str, Any]) -> None:
    mail.post(letter)


@shared_task(name="cms.look_up_handles", ignore_result=True, soft_time_limit=300, time_limit=360)
def look_up_handles() -> None:
    """Find out whom the handles of known accounts mean."""
    mentioning.look_up()


@shared_task(name="cms.send_digests", ignore_result=True, soft_time_limit=300, time_limit=360)
def send_digests() -> None:
    """Letters about what waits, to whoever wants them now."""
    digests.send_due(timezone.now())


@shared_task(name="cms.settle_cases", ignore_result=True, time_limit=60)
def settle_cases() -> None:
    """Note what was owed on cases and is out by now."""
    earlier.settle()
    following.settle()


@shared_task(name="cms.purge_protected_names", ignore_result=True, time_limit=60)
def purge_protected_names() -> None:
    """Remove the names of cases that are over."""
    protecting.purge_what_is_over()


@shared_task(name="cms.end_content", ignore_result=True, time_limit=300)
def end_content() -> None:
    """Take down what has had its last day."""
    lifetimes.end_what_is_over(timezone.now())


@shared_task(name="cms.carry_on_removing", ignore_result=True, time_limit=120)
def carry_on_removing() -> None:
    """See to removals until everything is gone."""
    removing.carry_on(timezone.now())


@shared_task(name="cms.build_exports", ignore_result=True, time_limit=1800)
def build_exports() -> None:
    """Gather what somebody asked for, and remove what nobody fetches any more."""
    exporting.build_waiting(timezone.now())
