"""Enter what a table says, in one go: all that nothing is wrong with, or nothing at all."""

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction

from campaigns import entering
from campaigns.importing.rows import Status
from campaigns.tables.cells import Line
from campaigns.tables.table import Table


@transaction.atomic
def land(table: Table, lines: Iterable[Line], *, by: User) -> int:
    """How many rows were entered. What landed meanwhile, or stands there already, is left alone."""
    if not by.has_perm(table.permission):
        raise PermissionDenied
    landed = 0
    for line in lines:
        if line.status is Status.NEW and table.twin(line.row) is None:
            entering.save(line.row, by=by)
            landed += 1
    return landed
