"""Guideline text inside the attributes of a labeling config."""

from __future__ import annotations

from html import escape


def shown(text: str) -> str:
    """Text for an attribute that the editor shows: there, a dollar sign would be read as a key of the task data."""
    return " ".join(text.split()).replace("$", "＄")


def markup(text: str) -> str:
    """Text for HTML inside the value of a Markdown tag: escaped, on one line, without a dollar sign."""
    return escape(" ".join(text.split())).replace("$", "&#36;")
