"""A text in quotation marks, as YAML takes it."""

from __future__ import annotations


def quoted(text: str) -> str:
    """Put a text in quotation marks."""
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    doubled = text.replace("'", "''")
    return f"'{doubled}'"
