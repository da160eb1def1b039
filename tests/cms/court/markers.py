"""An unmistakable word in every internal field, and the places where no such word may ever stand."""

from django.apps import apps
from django.db import connection

from cms.court import models as court

MARK = "ZQXINTERN"
# What is typed in each internal field of the form. Every one of them is another word.
TYPED = {
    name: f"{MARK}{number:02d}"
    for number, name in enumerate(
        (
            "police_number", "court_number", "nickname", "not_to_be_said", "pending_note", "t1-sections", "quote",
            "quoted", "said_1", "r1-protects", "r1-scope", "r1-lasts_until", "other_court",
        )
    )
}  # fmt: skip
INTERNAL_ANSWERS = {
    **TYPED,
    "others_pending": "on",
    "minor_victim": "on",
    "vulnerable_victim": "on",
    "victims": "641",
    "t1-relation": "acquainted",
    "t1-severity": "gravest",
    "t1-age": "31",
    "t1-age_then": "30",
}

INTERNAL = {
    model._meta.db_table
    for model in apps.get_app_config("cms").get_models(include_auto_created=True)
    if model.__module__.startswith(court.__name__)
}


def rows_outside_the_desk():
    """Every value of every table that is not the desk's own, as (table, text)."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in INTERNAL or table.startswith("sqlite_"):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                yield table, " ".join(_text(value) for value in row)


def _text(value):
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("latin-1")
    return str(value)


def tables_with_a_marker():
    return sorted({table for table, text in rows_outside_the_desk() if MARK.casefold() in text.casefold()})
