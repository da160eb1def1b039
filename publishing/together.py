"""Short lists of several models in one query: each row as its id and words, in the order of its own list."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F, QuerySet, Value, Window
from django.db.models.functions import RowNumber

Row = tuple[Any, ...]
Asked = tuple["QuerySet[Any]", Sequence[str]]


def read(lists: Mapping[str, Asked]) -> dict[str, list[Row]]:
    """Every list by its key. Its words are names of columns of text; a name that is empty stands for an empty text."""
    asked = [_ranked(key, rows, words) for key, (rows, words) in lists.items()]
    found: dict[str, list[Row]] = {key: [] for key in lists}
    for key, _place, *row in sorted(asked[0].union(*asked[1:], all=True), key=lambda row: row[:2]):
        found[key].append(tuple(row))
    return found


def _ranked(key: str, rows: "QuerySet[Any]", words: Sequence[str]) -> "QuerySet[Any, Row]":
    """With the place of each, which a union would lose."""
    order = [F(name[1:]).desc() if name.startswith("-") else F(name).asc() for name in rows.model._meta.ordering]
    columns = [F(word) if word else Value("") for word in words]
    return rows.order_by().values_list(Value(key), Window(RowNumber(), order_by=order), F("pk"), *columns)
