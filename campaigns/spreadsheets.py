"""Text that goes into a spreadsheet is never read as a formula there."""

from typing import Any

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: Any) -> Any:
    """The value with an apostrophe before anything a spreadsheet would run (OWASP, "CSV injection")."""
    return f"'{value}" if isinstance(value, str) and value.startswith(TRIGGERS) else value


class GuardedExport:
    """For Wagtail's listings: its xlsx writes text as text, its csv does not guard."""

    def write_csv_row(self, writer: Any, row_dict: dict[str, Any]) -> Any:
        guarded_row = {field: guarded(value) for field, value in row_dict.items()}
        return super().write_csv_row(writer, guarded_row)  # type: ignore[misc]
