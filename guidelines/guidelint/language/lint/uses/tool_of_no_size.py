"""A class may be drawn with a tool that is right for no size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.asked_tools import asked_by_size
from guidelint.language.text.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the tools of each class with those that its rule asks for in any of its parts."""
    for use, asked in asked_by_size(draft):
        right = set[str]().union(*asked.values())
        drawn = use.drawn(draft.written) & (type(use.rule).tools or set())
        if drawn & right and (never := sorted(drawn - right)):
            message = f"`draw:` allows {listed(never)}, and `{type(use.rule).id()}` returns whatever is drawn so"
            yield Flaw(message, use.path, "Add the tool to a band, or take it out of `draw:`.", "key")


LINT = Lint(
    code="tool-of-no-size",
    means="A class may be drawn with a tool that is right for no size.",
    why=("Annotators are offered the tool, and whoever uses it has the work returned."),
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [polygon, rectangle, keypoint]
    rules: {geometry-by-size: {bands: [{below_mm: 3, tools: [keypoint]}, {tools: [polygon]}]}}
""",
    right="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: [polygon, rectangle, keypoint]
    rules: {geometry-by-size: {bands: [{below_mm: 3, tools: [keypoint]}, {tools: [polygon, rectangle]}]}}
""",
    find=find,
)
