"""A text with some of its words changed."""

from __future__ import annotations


def edited(text: str, *edits: tuple[str, str]) -> str:
    """Write other words where those of each edit stand; fails where they stand nowhere, as nothing is tested then."""
    for there, here in edits:
        assert there in text, there
        text = text.replace(there, here)
    return text
