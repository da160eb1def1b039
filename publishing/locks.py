"""The lock between *begin* and STOP: many may begin at once, none while a stop is being ordered.

PostgreSQL: a shared and an exclusive advisory lock that end with the transaction. SQLite: every writing transaction
is IMMEDIATE and alone, which is the same promise.
"""

from django.db import connection

from publishing import statements
from publishing.statements import Statement

STOP_LOCK = 7_203_002
SHARE = Statement("SELECT true FROM pg_advisory_xact_lock_shared(%s)", [STOP_LOCK])
TRY_TO_SHARE = Statement("SELECT pg_try_advisory_xact_lock_shared(%s)", [STOP_LOCK])


def share(*, wait: bool = True) -> bool:
    """Taken by begin, first in its transaction: whatever it reads after is as a stop has left it.

    Without ``wait``: False when a stop is being ordered just now.
    """
    if connection.vendor != "postgresql":
        return True
    [[shared]] = statements.run(SHARE if wait else TRY_TO_SHARE).rows
    return bool(shared)


def exclude() -> None:
    """Taken by STOP, inside its transaction: waits for every begin under way, keeps out every later one."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [STOP_LOCK])
