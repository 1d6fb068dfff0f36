"""An empty submission is an answer, and is returned all the same for what it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.counting import over_of
from guidelint.language.lint.numbers.ranges import ranges
from guidelint.validation.rule.parameters.bound import REGIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End, Range


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for a least number of regions where none is an answer; what only escalates returns nothing."""
    empty = draft.written.empty_reading
    if empty is None or empty.means is None:
        return
    for one in ranges(draft).values():
        if one.lower is not None and _asks_for_one(one.lower) and not _is_crossed(one):
            message = (
                f"{one.lower.shown} asks for a region on every image, and `empty_reading:` says what it means to mark "
                "none"
            )
            remedy = "Delete it, or let a question `say:` in place of `means:` that there is nothing."
            yield Flaw(message, one.lower.path, remedy)


def _asks_for_one(end: End) -> bool:
    over_several = over_of(end.owner) not in {None, "image"}
    return end.bound.of == REGIONS and end.value > 0 and not end.escalates and not over_several


def _is_crossed(one: Range) -> bool:
    """Whether nothing lies between its ends, which is told as such."""
    return one.lower is not None and one.upper is not None and one.lower.value > one.upper.value


LINT = Lint(
    code="empty-contradicted",
    means="An empty submission is an answer, and a class must be marked on every image.",
    why=(
        "Whoever hands in nothing, as `empty_reading` allows, has the work returned. Either every image shows the "
        "structure, or it may be empty."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {min: 1}}
empty_reading: {means: There is no lesion.}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, count: {max: 9}}
empty_reading: {means: There is no lesion.}
""",
    find=find,
)
