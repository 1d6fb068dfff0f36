"""Shares of one whole add up to more than all, or less."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import Range, ranges
from guidelint.validation.rule.parameters.bound import SHARE_OF_CLASS
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Add up the least and the largest shares that stand side by side."""
    for path, shares in _side_by_side(draft).items():
        least = sum(one.lower.value for one in shares.values() if one.lower is not None)
        if least > 1 + _ROUNDING:
            message = f"the least shares add up to {number(round(least, 6))}, which is more than all"
            yield Flaw(message, path, "Lower some of them: together they are 1 at most.", "key")
        most = [one.upper.value for one in shares.values() if one.upper is not None]
        if len(most) == len(draft.written.classes) and sum(most) < 1 - _ROUNDING:
            message = f"the largest shares add up to {number(round(sum(most), 6))}, and no class is left for the rest"
            yield Flaw(message, path, "Raise some of them: together they are 1 at least.", "key")


def _side_by_side(draft: Draft) -> dict[KeyPath, dict[KeyPath, Range]]:
    """Gather the limits of shares by the part in which they stand under names."""
    found: dict[KeyPath, dict[KeyPath, Range]] = {}
    for (place, _, _), one in ranges(draft).items():
        end = one.lower or one.upper
        if end is not None and end.bound.of == SHARE_OF_CLASS:
            found.setdefault(place[:-1], {})[place] = one
    return found


_ROUNDING: Final = 1e-9


LINT = Lint(
    code="shares-of-more-than-all",
    means="Shares of one whole add up to more than all, or to less.",
    why=("No delivery can be like that. All shares together are 1."),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  organ: {title: Organ, definition: The organ around it., draw: polygon}
delivery: {rules: {class-balance: {shares: {lesion: {min: 0.6}, organ: {min: 0.6}}}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  organ: {title: Organ, definition: The organ around it., draw: polygon}
delivery: {rules: {class-balance: {shares: {lesion: {min: 0.6}, organ: {min: 0.3}}}}}
""",
    find=find,
)
