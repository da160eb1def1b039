"""Ring for a worker, once what it shall look at is committed. A bell that nobody hears delays, and loses nothing."""

import logging
from functools import partial

from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)


def ring(task: str, pk: int) -> None:
    """Have ``publishing.tasks.<task>`` look at a row. The broker may be gone: the clock looks at it later."""
    transaction.on_commit(partial(_ring, task, pk))


def _ring(task: str, pk: int) -> None:
    from publishing import tasks

    try:
        getattr(tasks, task).delay(pk)
    except OperationalError:
        log.warning("the broker cannot be reached: %s %s waits for the clock", task, pk)
