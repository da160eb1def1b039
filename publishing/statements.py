"""The statements of the hot path: compiled once, run many times, and where the database can, several in one journey.

Every send runs the same eight. Building them through the ORM each time costs several times what running them costs, so
their SQL is kept, for each database, and only the values change. The models stay the one place that knows fields,
columns and conversions; nothing here is particular to a database.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Generic, TypeVar

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


@dataclass
class Result:
    count: int
    rows: list[tuple[Any, ...]] = field(default_factory=list)


def run(*statements: Statement) -> list[Result]:
    """Run them in this order; what each gave. PostgreSQL gets them in one message, and each still sees what is new."""
    db = connections[DEFAULT_DB_ALIAS]
    with db.cursor() as cursor:
        if len(statements) == 1 or not _together(db):
            return [_one(cursor, statement) for statement in statements]
        sql, values = (
            "; ".join(item.sql for item in statements),
            [value for item in statements for value in item.values],
        )
        cursor.execute(sql, values)
        results = [_result(cursor, statements[0])]
        for statement in statements[1:]:
            cursor.nextset()
            results.append(_result(cursor, statement))
    return results


def _together(db: BaseDatabaseWrapper) -> bool:
    return db.vendor == "postgresql" and not db.settings_dict["OPTIONS"].get("server_side_binding")


def _one(cursor: Any, statement: Statement) -> Result:
    cursor.execute(statement.sql, statement.values)
    return _result(cursor, statement)


def _result(cursor: Any, statement: Statement) -> Result:
    return Result(cursor.rowcount, cursor.fetchall() if statement.gives else [])


def _preparing(column: Any) -> Prepare:
    return None if isinstance(column, PLAIN) else column.get_db_prep_save


def _prepared(values: Sequence[Any], preparing: Sequence[Prepare], db: BaseDatabaseWrapper) -> list[Any]:
    return [prepare(value, db) if prepare else value for value, prepare in zip(values, preparing, strict=True)]


@cache
def _inserting(vendor: str, model: type[Model]) -> tuple[str, list[str], list[Prepare]]:
    db = connections[DEFAULT_DB_ALIAS]
    quote, meta = db.ops.quote_name, model._meta
    fields = [item for item in meta.local_concrete_fields if not item.primary_key]
    columns, marks = ", ".join(quote(str(item.column)) for item in fields), ", ".join(["%s"] * len(fields))
    table, number = quote(meta.db_table), quote(str(meta.pk and meta.pk.column))
    sql = f"INSERT INTO {table} ({columns}) VALUES ({marks}) RETURNING {number}"  # noqa: S608 (our own names)
    return sql, [item.attname for item in fields], [_preparing(item) for item in fields]


def insert(row: Model) -> Statement:
    """What ``save(force_insert=True)`` would run for a new row; it gives back the number. No signals: none listens."""
    db = connections[DEFAULT_DB_ALIAS]
    sql, names, preparing = _inserting(db.vendor, type(row))
    return Statement(sql, _prepared([getattr(row, name) for name in names], preparing, db))


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
    return Statement(sql, _prepared(values, preparing, db), gives=False)


class Lookup(Generic[Row]):
    """A query that is built once. ``build`` gets ``examples``; each must reach the statement as it is."""

    def __init__(self, *examples: Any, build: Callable[..., QuerySet[Row]]) -> None:
        self.examples, self.build = examples, build
        self._compiled: dict[str, tuple[Any, ...]] = {}

    def _compile(self, db: BaseDatabaseWrapper) -> tuple[Any, ...]:
        compiler = self.build(*self.examples).query.get_compiler(connection=db)
        sql, params = compiler.as_sql()
        columns = [column for column, _sql, _alias in compiler.select]
        if sorted(map(str, params)) != sorted(map(str, self.examples)):
            raise TypeError("A lookup has no other values than its own.")
        order = [self.examples.index(value) for value in params]
        names = [column.target.attname for column in columns]
        return sql, order, compiler.get_converters(columns), names, compiler.query.model

    def _parts(self) -> tuple[Any, ...]:
        db = connections[DEFAULT_DB_ALIAS]
        if db.vendor not in self._compiled:
            self._compiled[db.vendor] = self._compile(db)
        return self._compiled[db.vendor]

    def statement(self, *values: Any) -> Statement:
        sql, order, *_rest = self._parts()
        return Statement(sql, [values[place] for place in order])

    def rows(self, result: Result) -> list[Row]:
        """What the statement found."""
        _sql, _order, converters, names, model = self._parts()
        db, found = connections[DEFAULT_DB_ALIAS], [list(row) for row in result.rows]
        for row in found:
            for position, (functions, expression) in converters.items():
                for convert in functions:
                    row[position] = convert(row[position], expression, db)
        return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in found]

    def all(self, *values: Any) -> list[Row]:
        return self.rows(run(self.statement(*values))[0])
