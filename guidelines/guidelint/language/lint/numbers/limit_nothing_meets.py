"""A limit is one that hardly anything meets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import Bound, Lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare limits with what hardly anything reaches; what only escalates may be meant for everything."""
    for one in ranges(draft).values():
        for end in (one.lower, one.upper):
            if end is not None and not end.escalates and _is_unmet(end):
                message = f"{end.shown} is met by hardly anything, and everything else departs"
                yield Flaw(message, end.path, "Write the limit that is meant, or delete it.")


def _is_unmet(end: End) -> bool:
    at = end.bound.unmet_at if isinstance(end.bound, Bound) else None
    return at is not None and (end.value >= at if isinstance(end.bound, Lower) else end.value <= at)


LINT = Lint(
    code="limit-nothing-meets",
    means="A limit is one that hardly anything meets.",
    why=(
        "Every region has an area, and no two readers draw the same pixels: with such a limit all work is returned. "
        "Write the limit that is meant."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {max_mm2: 0}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {max_mm2: 400}}}
""",
    find=find,
)
