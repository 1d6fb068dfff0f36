"""No region of a class may ever be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for limits of no region at all; what only escalates, informs, or has a condition may be meant so."""
    spared = {use.path for use in draft.uses if use.is_conditional or use.level != "error"}
    for one in ranges(draft).values():
        end = one.upper
        if end is None or end.escalates or end.path[:-1] in spared:
            continue
        if end.bound.of == REGIONS and end.value == 0:
            message = f"{end.shown} returns every image on which one is drawn"
            yield Flaw(message, end.path, "Write how many there may be, or delete the class.")


LINT = Lint(
    code="never-allowed",
    level="warning",
    means="No region of a class may ever be drawn.",
    why=(
        "Annotators are offered the class, and whoever uses it has the work returned. A class that is not wanted is "
        "left out."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {max: 0}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {max: 3}}
""",
    find=find,
)
