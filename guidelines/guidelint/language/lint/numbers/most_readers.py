"""How many readers any task may have at the most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import READERS

if TYPE_CHECKING:
    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End


def most_readers(draft: Draft) -> list[End]:
    """List the limits that hold of every task; those of a criterion, a class or a condition are about some."""
    of_all = (use for use in draft.uses if not (use.escalates or use.is_conditional))
    every = {use.path for use in of_all if not (use.classes or use.own_classes)}
    ends = (one.upper for one in ranges(draft).values() if one.upper is not None)
    return [end for end in ends if end.bound.of == READERS and end.path[:-1] in every]
