"""The statements of the hot path: compiled once, run many times.

Every send runs the same few. Building them through the ORM each time costs several times what running them costs, so
their SQL is kept, for each database, and only the values change. On PostgreSQL they are bound on the server, which
prepares what it has seen a few times (OPTIONS, ``prepare_threshold``) and plans it no more. The models stay the one
place that knows fields, columns and conversions.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar, cast

from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Prepare = Callable[[Any, BaseDatabaseWrapper], Any] | None
# Their values go to every driver as they are.
PLAIN = (
    models.CharField,
    models.TextField,
    models.IntegerField,
    models.BooleanField,
    models.ForeignKey,
    models.AutoField,
)


@dataclass(frozen=True)
class Statement:
    sql: str
    values: Sequence[Any] = ()
    gives: bool = True  # rows
    behind: str = ""  # the same as a step behind a fence, where one statement can hold several


@dataclass
class Result:
    count: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)


def run(statement: Statement) -> Result:
    """What it changed, and what it gave."""
    with _cursor() as cursor:
        return _run(cursor, statement)


def run_behind(fence: Statement, *steps: Statement) -> list[Result]:
    """Run the steps only if the fence changed a row; what each gave, or nothing at all. In a transaction.

    PostgreSQL gets everything as one statement, SQLite, which is not asked over a wire, one after the other.
    """
    with _cursor() as cursor:
        if connections[DEFAULT_DB_ALIAS].vendor != "postgresql":
            taken = _run(cursor, fence).count
            return [_run(cursor, step) for step in steps] if taken else []
        values = [value for item in (fence, *steps) for value in item.values]
        [[taken, *numbers]] = _run(cursor, Statement(_fence(fence.sql, *(step.behind for step in steps)), values)).rows
        return [Result(int(number is not None), [(number,)]) for number in numbers] if taken else []


@cache
def _fence(fence: str, *steps: str) -> str:
    """One statement of many parts. Its parts see one snapshot, so none may touch what another has changed."""
    parts = [f"fence AS ({fence} RETURNING 1)", *(f"step{n} AS ({step})" for n, step in enumerate(steps))]
    found = ["SELECT count(*) FROM fence", *(f"TABLE step{n}" for n in range(len(steps)))]
    return f"WITH {', '.join(parts)} SELECT {', '.join(f'({item})' for item in found)}"


@contextmanager
def _cursor() -> Iterator[Any]:
    db = connections[DEFAULT_DB_ALIAS]
    if db.vendor != "postgresql" or db.queries_logged:  # a log of queries shows what was bound on our side
        with db.cursor() as cursor:
            yield cursor
        return
    from psycopg import Cursor

    db.ensure_connection()
    db.validate_thread_sharing()
    with db.make_cursor(cast(Any, Cursor(db.connection))) as cursor:
        yield cursor


def _run(cursor: Any, statement: Statement) -> Result:
    cursor.execute(statement.sql, statement.values)
    rows = cursor.fetchall() if statement.gives else []  # SQLite counts while it is read
    return Result(cursor.rowcount, rows)


def _preparing(column: Any) -> Prepare:
    return None if isinstance(column, PLAIN) else column.get_db_prep_save


def _prepared(values: Sequence[Any], preparing: Sequence[Prepare], db: BaseDatabaseWrapper) -> list[Any]:
    return [prepare(value, db) if prepare else value for value, prepare in zip(values, preparing, strict=True)]


@cache
def _inserting(vendor: str, model: type[Model]) -> tuple[str, str, list[str], list[Prepare]]:
    db = connections[DEFAULT_DB_ALIAS]
    quote, meta = db.ops.quote_name, model._meta
    fields = [item for item in meta.local_concrete_fields if not item.primary_key]
    columns, marks = ", ".join(quote(str(item.column)) for item in fields), ", ".join(["%s"] * len(fields))
    table, number = quote(meta.db_table), quote(str(meta.pk and meta.pk.column))
    into, giving = f"INSERT INTO {table} ({columns})", f"RETURNING {number}"
    sql = f"{into} VALUES ({marks}) {giving}"
    behind = f"{into} SELECT {marks} FROM fence {giving}"  # noqa: S608 (our own names)
    return sql, behind, [item.attname for item in fields], [_preparing(item) for item in fields]


def insert(row: Model) -> Statement:
    """What ``save(force_insert=True)`` would run for a new row; it gives back the number. No signals: none listens."""
    db = connections[DEFAULT_DB_ALIAS]
    sql, behind, names, preparing = _inserting(db.vendor, type(row))
    return Statement(sql, _prepared([getattr(row, name) for name in names], preparing, db), behind=behind)


def inserted(row: Row, result: Result) -> Row:
    """The row knows that it is there."""
    row.pk = result.rows[0][0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    return row


@cache
def _updating(
    vendor: str,
    model: type[Model],
    changes: tuple[str, ...],
    equal: tuple[str, ...],
    within: tuple[tuple[str, int], ...],
) -> tuple[str, list[Prepare]]:
    db = connections[DEFAULT_DB_ALIAS]
    quote, meta = db.ops.quote_name, model._meta
    fields: dict[str, Any] = {name: meta.get_field(name) for name in (*changes, *equal, *(name for name, _ in within))}
    column = {name: quote(item.column) for name, item in fields.items()}
    sets = ", ".join(f"{column[name]} = %s" for name in changes)
    wheres = [f"{column[name]} = %s" for name in equal]
    wheres += [f"{column[name]} IN ({', '.join(['%s'] * many)})" for name, many in within]
    names = [*changes, *equal, *(name for name, many in within for _ in range(many))]
    sql = f"UPDATE {quote(meta.db_table)} SET {sets} WHERE {' AND '.join(wheres)}"  # noqa: S608 (our own names)
    return sql, [_preparing(fields[name]) for name in names]


def update(
    model: type[Model],
    changes: Mapping[str, Any],
    *,
    equal: Mapping[str, Any],
    within: Mapping[str, Collection[Any]] | None = None,
) -> Statement:
    """``filter(**equal, name__in=within).update(**changes)``, with plain values."""
    within = within or {}
    shape = tuple((name, len(values)) for name, values in within.items())
    db = connections[DEFAULT_DB_ALIAS]
    sql, preparing = _updating(db.vendor, model, tuple(changes), tuple(equal), shape)
    values = [*changes.values(), *equal.values(), *(value for many in within.values() for value in many)]
    behind = f"{sql} AND EXISTS (TABLE fence) RETURNING 1"
    return Statement(sql, _prepared(values, preparing, db), gives=False, behind=behind)


class Lookup(Generic[Row]):
    """A query that is built once. ``build`` gets ``examples``, unlike any other value in it; each must reach the
    statement as it is."""

    def __init__(self, *examples: Any, build: Callable[..., QuerySet[Row]]) -> None:
        self.examples, self.build = examples, build
        self._compiled: dict[str, tuple[Any, ...]] = {}

    def _compile(self, db: BaseDatabaseWrapper) -> tuple[Any, ...]:
        compiler = self.build(*self.examples).query.get_compiler(connection=db)
        sql, params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        added = [alias for _column, _sql, alias in compiler.select if alias]  # annotations come last
        if any(params.count(example) != 1 for example in self.examples):
            raise TypeError("A value of this lookup does not reach the statement.")
        places = [params.index(example) for example in self.examples]
        names = [column.target.attname for column in columns[: len(columns) - len(added)]]
        return (sql, params, places), compiler.get_converters(columns), names, added, compiler.query.model

    def _parts(self) -> tuple[Any, ...]:
        db = connections[DEFAULT_DB_ALIAS]
        if db.vendor not in self._compiled:
            self._compiled[db.vendor] = self._compile(db)
        return self._compiled[db.vendor]

    def statement(self, *values: Any) -> Statement:
        (sql, params, places), *_rest = self._parts()
        filled = list(params)
        for place, value in zip(places, values, strict=True):
            filled[place] = value
        return Statement(sql, filled)

    def rows(self, result: Result) -> list[Row]:
        """What the statement found, annotations and all."""
        _statement, converters, names, added, model = self._parts()
        db, found = connections[DEFAULT_DB_ALIAS], [list(row) for row in result.rows]
        for row in found:
            for position, (functions, expression) in converters.items():
                for convert in functions:
                    row[position] = convert(row[position], expression, db)
        rows = [model.from_db(DEFAULT_DB_ALIAS, names, row[: len(names)]) for row in found]
        for item, row in zip(rows, found, strict=True):
            vars(item).update(zip(added, row[len(names) :], strict=True))
        return rows

    def all(self, *values: Any) -> list[Row]:
        return self.rows(run(self.statement(*values)))
