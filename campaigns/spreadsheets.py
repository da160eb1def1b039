"""Text that goes into a spreadsheet is never read as a formula there."""

from typing import Any

TRIGGERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def guarded(value: Any) -> Any:
    """The value with an apostrophe before anything a spreadsheet would run (OWASP, "CSV injection")."""
    return f"'{value}" if isinstance(value, str) and value.startswith(TRIGGERS) else value


class GuardedExport:
    """For Wagtail's listings: its xlsx writes text as text, its csv does not guard."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        written = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        return guarded(written) if export_format == "csv" else written
