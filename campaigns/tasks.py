"""What workers do for the plan. Imported by Celery only."""

from celery import shared_task
from django.utils import timezone

from campaigns.importing import landing


@shared_task(name="campaigns.bring_in_plans", ignore_result=True, time_limit=900)
def bring_in_plans() -> None:
    """Bring in the plans that somebody uploaded."""
    landing.carry_on(timezone.now())
