"""A condition written exactly as a partial index has it: SQLite uses such an index only then, never by parameters."""

from typing import Any

from django.db.models import BooleanField, F, Func


class Among(Func):  # type: ignore[type-arg]
    """``column IN ('a', 'b')`` with the values in the words of the query. For constants of ours, nothing typed."""

    template = "%(expressions)s IN (%(values)s)"
    output_field = BooleanField()

    def __init__(self, column: str, values: Any) -> None:
        words = sorted(str(value) for value in values)
        if not all(word.isidentifier() for word in words):
            raise ValueError("Only plain words can stand in a query.")
        super().__init__(F(column), values=", ".join(f"'{word}'" for word in words))
