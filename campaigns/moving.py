"""Move what stands as one in the calendar: all of it or nothing, with a sentence when it may not, and a way back."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from campaigns import closed_times, free_time, planning
from campaigns.models import Placement
from campaigns.planning import Conflict
from publishing.models import Channel
from publishing.scheduling import NotPossible, Refused


@dataclass(frozen=True)
class Before:
    """Where a placement was before a move, and the version that the move left: the way back."""

    pk: int
    due_at: datetime | None
    latest_at: datetime | None
    version: int
    channel: int = 0

    def to_json(self) -> list[Any]:
        return [self.pk, _iso(self.due_at), _iso(self.latest_at), self.version, self.channel]

    @classmethod
    def from_json(cls, data: list[Any]) -> "Before":
        return cls(data[0], _moment(data[1]), _moment(data[2]), *data[3:])


class Refusal(Exception):
    """It may not go there. ``sentences`` say why, each about its channel; ``free_at`` (UTC) is where it could."""

    def __init__(self, sentences: list[str], free_at: datetime | None = None) -> None:
        super().__init__(" ".join(sentences))
        self.sentences, self.free_at = sentences, free_at


def move(
    rows: Sequence[Placement],
    due_at: datetime,
    versions: dict[int, int],
    *,
    by: Any,
    channel: Channel | None = None,
) -> list[Before]:
    """The first row goes to ``due_at`` (UTC), and to ``channel`` if one is given; the others keep their distance to
    it. Refusal moves none."""
    was, done = rows[0].due_at, []
    row = rows[0]
    try:
        with transaction.atomic():
            for row in rows:
                distance = row.due_at - was if row.due_at and was else timedelta(0)
                to = channel if row is rows[0] else None
                done.append(_move_one(row, due_at + distance, versions.get(row.pk, 0), by=by, channel=to))
    except Conflict as error:
        raise Refusal(
            [_about(row, rows, sentence) for sentence in error.sentences], _free(rows, due_at, channel)
        ) from error
    except Refused as error:
        raise Refusal([_about(row, rows, str(problem.message)) for problem in error.problems]) from error
    except NotPossible as error:
        raise Refusal([_about(row, rows, error.summary)]) from error
    except PermissionDenied as error:
        sentence = _("It is held: only somebody who may release it can give it a new time.")
        raise Refusal([_about(row, rows, sentence)]) from error
    return done


def undo(moved: Sequence[Before], *, by: Any) -> list[Placement]:
    """Each goes back to where it was, unless somebody moved it since or the time has passed (Refusal)."""
    rows = {row.pk: row for row in Placement.objects.active().with_states().filter(pk__in=[one.pk for one in moved])}
    if len(rows) != len(moved):
        raise Refusal([_("It is not in the plan any more.")])
    try:
        with transaction.atomic():
            for one in moved:
                channel = Channel.objects.usable().filter(pk=one.channel).first()
                if one.due_at is None:
                    planning.take_time(rows[one.pk], version=one.version, by=by, channel=channel)
                else:
                    planning.move(
                        rows[one.pk],
                        due_at=one.due_at,
                        latest_at=one.latest_at,
                        withdraw_at=rows[one.pk].withdraw_at,
                        version=one.version,
                        by=by,
                        channel=channel,
                    )
    except Conflict as error:
        raise Refusal(error.sentences) from error
    except (NotPossible, Refused) as error:
        raise Refusal([str(error)]) from error
    return [rows[one.pk] for one in moved]


def _move_one(row: Placement, due_at: datetime, version: int, *, by: Any, channel: Channel | None) -> Before:
    before = Before(row.pk, row.due_at, row.latest_at, version + 1, row.channel_id)
    latest_at = row.latest_at + (due_at - row.due_at) if row.latest_at and row.due_at else row.latest_at
    times = {"due_at": due_at, "latest_at": latest_at, "withdraw_at": row.withdraw_at}
    planning.move(row, **times, version=version, by=by, channel=channel)  # type: ignore[arg-type]
    return before


def _free(rows: Sequence[Placement], wanted: datetime, channel: Channel | None) -> datetime | None:
    """When all of them could go at the same distance to each other; asked only after a refusal."""
    was, now = rows[0].due_at, timezone.now()
    own = [row.pk for row in rows]
    asked = []
    for row in rows:
        distance = row.due_at - was if row.due_at and was else timedelta(0)
        to = channel if channel and row is rows[0] else row.channel
        taken = Placement.objects.taken(to).exclude(pk__in=own)
        around = taken.filter(due_at__gte=wanted - free_time.AHEAD, due_at__lte=wanted + 2 * free_time.AHEAD)
        closed = [
            replace(window, start=window.start - distance, end=window.end - distance)
            for window in closed_times.for_placement(row, to, now)
        ]
        asked.append((to, [moment - distance for moment in around if moment is not None], closed))
    return free_time.for_all(asked, wanted, now)


def _about(row: Placement, rows: Sequence[Placement], sentence: str) -> str:
    """Which channel it is about, where there are several."""
    return f"{row.channel}: {sentence}" if len(rows) > 1 and str(row.channel) not in sentence else sentence


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
