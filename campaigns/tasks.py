"""What workers do for the plan and its coverage. Imported by Celery only."""

from celery import shared_task
from django.utils import timezone

from campaigns import series
from campaigns.coverage import closing, digest, ended, meanwhile, running
from campaigns.importing import landing


@shared_task(name="campaigns.bring_in_plans", ignore_result=True, time_limit=900)
def bring_in_plans() -> None:
    """Bring in the plans that somebody uploaded."""
    landing.carry_on(timezone.now())


@shared_task(name="campaigns.close_months", ignore_result=True, soft_time_limit=840, time_limit=870)
def close_months() -> None:
    """Store the coverage of what has ended, table and figures, and note what has changed in what had."""
    now = timezone.now()
    closing.close_due(now)
    ended.close_due(now)


@shared_task(name="campaigns.count_coverage", ignore_result=True, soft_time_limit=110, time_limit=120)
def count_coverage() -> None:
    running.count(timezone.now())


@shared_task(name="campaigns.count_figures", ignore_result=True, soft_time_limit=560, time_limit=590)
def count_figures() -> None:
    """Those beside the coverage of what is open, where they take long."""
    meanwhile.count(timezone.now())


@shared_task(name="campaigns.send_coverage", ignore_result=True, soft_time_limit=300, time_limit=360)
def send_coverage() -> None:
    """The monthly letter, when its morning has come."""
    digest.send_due(timezone.now())


@shared_task(name="campaigns.expand_series", ignore_result=True, time_limit=900)
def expand_series() -> None:
    """The slots of every running series, 90 days ahead."""
    series.expand_all(timezone.now())
