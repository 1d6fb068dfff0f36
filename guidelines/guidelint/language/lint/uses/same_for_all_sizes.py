"""Every band of sizes asks for the same tools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.asked_tools import asked_by_size

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the tools of the parts of each rule with each other."""
    for use, asked in asked_by_size(draft):
        if len({frozenset(tools) for tools in asked.values()}) == 1:
            message = f"`{type(use.rule).id()}` asks for the same tools whatever the size"
            yield Flaw(message, use.path, "Write `draw:` for that, or other tools for other sizes.", "key")


LINT = Lint(
    code="same-for-all-sizes",
    level="warning",
    means="Every band of sizes asks for the same tools.",
    why=("The size has no effect then. What is drawn with the same tools at any size, `draw` says more plainly."),
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {geometry-by-size: {bands: [{below_mm: 3, tools: [polygon]}, {tools: [polygon]}]}}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [polygon, keypoint]
    rules: {geometry-by-size: {bands: [{below_mm: 3, tools: [keypoint]}, {tools: [polygon]}]}}
""",
    find=find,
)
