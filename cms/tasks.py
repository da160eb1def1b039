"""What workers do for the site itself. Imported by Celery only."""

from typing import Any

from celery import shared_task

from cms import mail


@shared_task(name="cms.send_letter", ignore_result=True, soft_time_limit=30, time_limit=60)
def send_letter(letter: dict[str, Any]) -> None:
    mail.post(letter)
