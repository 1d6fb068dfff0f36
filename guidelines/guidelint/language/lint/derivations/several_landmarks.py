"""A landmark of which an image may have several."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.parameters.naming import Landmark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes by which places are told, and of which the guideline allows more than one."""
    for name in dict.fromkeys(str(one.value) for one, _ in draft.saying(Landmark) if one.value is not None):
        part = draft.written.classes.get(name)
        if part is not None and (part.count is None or part.count.max != 1):
            message = f"places are told by `{name}`, and an image may have several"
            remedy = "Write `count: {max: 1}`, or `{min: 1, max: 1}` where every image shows it."
            yield Flaw(message, ("classes", name), remedy, "key")


LINT = Lint(
    code="several-landmarks",
    level="warning",
    means="Distances, quadrants or sides are told by a class of which an image may have several regions.",
    why="With two of them nothing can be told, and the work stays unverified in place of coming back to be corrected.",
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {distance-limits: {landmark: fovea, min_px: 10}}
  fovea: {title: Fovea, definition: The middle of the macula., draw: keypoint}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {distance-limits: {landmark: fovea, min_px: 10}}
  fovea: {title: Fovea, definition: The middle of the macula., draw: keypoint, count: {max: 1}}
""",
    find=find,
)
