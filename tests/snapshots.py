"""The database as it was at a moment, to come back to: cheaper than to empty it and to lay everything out again."""

import sqlite3

from django.core.cache import cache
from django.db import connection, transaction


class Snapshot:
    """Taken where it is made; ``come_back`` may be called as often as you like, outside a transaction.

    Numbers that a sequence of PostgreSQL has given out are not given out again, as after a rollback.
    """

    def __init__(self, name: str) -> None:
        connection.ensure_connection()
        self._way = (OfSQLite if connection.vendor == "sqlite" else OfPostgreSQL)(name)

    def come_back(self) -> None:
        connection.ensure_connection()
        self._way.come_back()
        cache.clear()  # Wagtail remembers which sites there are


class OfSQLite:
    """All pages of the file, in memory."""

    def __init__(self, name: str) -> None:
        self.pages = sqlite3.connect(":memory:")
        connection.connection.backup(self.pages)

    def come_back(self) -> None:
        self.pages.backup(connection.connection, sleep=0.01)


class OfPostgreSQL:
    """A schema with the rows of each table that has any. Only rows that differ are written."""

    def __init__(self, name: str) -> None:
        self.schema = f"kept_{name}"
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DROP SCHEMA IF EXISTS {self.schema} CASCADE; CREATE SCHEMA {self.schema}")
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
            tables = [row[0] for row in cursor.fetchall()]
            full = [table for table in tables if self._has_rows(cursor, table)]
            for table in full:
                cursor.execute(f'CREATE TABLE {self.schema}."{table}" AS TABLE "{table}"')
        self.statements = ";".join(
            [
                *(f'DELETE FROM "{table}"' for table in tables if table not in full),
                *(
                    f'DELETE FROM "{table}" AS here WHERE here::text NOT IN'
                    f' (SELECT kept::text FROM {self.schema}."{table}" AS kept)'
                    for table in full
                ),
                *(
                    f'INSERT INTO "{table}" SELECT kept.* FROM {self.schema}."{table}" AS kept'
                    f' WHERE kept::text NOT IN (SELECT here::text FROM "{table}" AS here)'
                    for table in full
                ),
            ]
        )

    @staticmethod
    def _has_rows(cursor, table: str) -> bool:
        cursor.execute(f'SELECT EXISTS (SELECT FROM "{table}")')
        return cursor.fetchone()[0]

    def come_back(self) -> None:
        # Keys are checked at the end of the transaction, so the order of the tables is free.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(self.statements)
