"""Where something is told that a guideline as a whole lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.text.tree import keys_at

if TYPE_CHECKING:
    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


def first_there(draft: Draft, *parts: str) -> KeyPath:
    """Give the first of these parts that is written; the guideline itself, where none is."""
    return next(((part,) for part in parts if keys_at(draft.root, (part,))), ())
