"""A limit that nothing can break."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import Lower

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for a lower limit of nothing and an upper limit of all, where the other end is not given."""
    for one in ranges(draft).values():
        for end, other in ((one.lower, one.upper), (one.upper, one.lower)):
            if end is not None and other is None and _is_met_by_all(end):
                message = f"{end.shown} limits nothing: the {end.bound.of} is never {_beyond(end)}"
                yield Flaw(message, end.path, "Write the limit that is meant, or delete it.")


def _is_met_by_all(end: End) -> bool:
    at = end.amount.least if isinstance(end.bound, Lower) else end.amount.most
    if end.multiple is not None or not isfinite(at) or (end.is_open and end.value == at):
        return False
    return end.value <= at if isinstance(end.bound, Lower) else end.value >= at


def _beyond(end: End) -> str:
    return "less" if isinstance(end.bound, Lower) else "more"


LINT = Lint(
    code="limit-without-effect",
    means="A limit is one that nothing can break.",
    why="The rule would never find anything, and whoever reads the guideline believes that it is judged.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 0}}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: A place., draw: polygon, rules: {area-limits: {min_mm2: 4}}}
""",
    find=find,
)
