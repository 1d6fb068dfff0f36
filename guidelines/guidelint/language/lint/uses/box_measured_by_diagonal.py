"""Diameters are limited of what is drawn as a box, and a box is measured by its diagonal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.ranges import ranges_by_place
from guidelint.language.text.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft

_DIAMETERS: Final = frozenset({"longest diameter", "short axis"})


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for limits of diameters at classes that may be drawn as boxes."""
    classes = draft.written.classes
    for use in draft.uses:
        if _DIAMETERS.isdisjoint(of for of, _ in ranges_by_place(draft).get(use.path, ())):
            continue
        boxes = tuple(
            name for name in use.judged(draft.written) if name in classes and "rectangle" in classes[name].draw
        )
        if boxes:
            message = (
                f"{listed(boxes)} may be drawn as a box, which is measured by its diagonal: one around something round "
                "is 1.4 times as long"
            )
            remedy = "Take `rectangle` out of `draw:` and draw with `ellipse` or `polygon`, or limit the area instead."
            yield Flaw(message, use.path, remedy, "key")


LINT = Lint(
    code="box-measured-by-diagonal",
    level="warning",
    means="Diameters are limited of what may be drawn as a box, which is measured by its diagonal.",
    why=(
        "A box tells where something ends to the left, right, above and below, and not how long it is: between the "
        "longer side and the diagonal. Round things of 25 mm come back as 35 mm, and small ones pass as large enough."
    ),
    wrong="""\
classes:
  nodule:
    title: Nodule
    definition: A round spot.
    draw: [rectangle, ellipse]
    rules: {diameter-limits: {longest_max_mm: 30}}
""",
    right="""\
classes:
  nodule:
    title: Nodule
    definition: A round spot.
    draw: ellipse
    rules: {diameter-limits: {longest_max_mm: 30}}
""",
    find=find,
)
