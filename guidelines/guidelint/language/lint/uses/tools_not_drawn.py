"""A rule asks for tools with which its class is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.asked_tools import asked_tools
from guidelint.language.text.suggest import listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the tools that a rule asks for with those of the classes that it is used on."""
    for use, asked in asked_tools(draft):
        drawn = use.drawn(draft.written)
        for path, tools in asked.items():
            if drawn and drawn.isdisjoint(tools):
                allowed = f"`draw:` of the class allows only {listed(sorted(drawn))}"
                message = f"{listed(tools)} is asked for here, and {allowed}"
                yield Flaw(message, path, "Add one of the tools to `draw:`, or name another here.")


LINT = Lint(
    code="tools-not-drawn",
    means="A rule asks for tools with which its class cannot be drawn.",
    why="Whoever follows the rule has the work returned for the tool. `draw` lists every tool of the class.",
    wrong="""\
classes:
  lesion:
    title: Lesion
    definition: A place.
    draw: polygon
    rules: {geometry-by-size: {bands: [{below_mm: 3, tools: [keypoint]}, {tools: [polygon]}]}}
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
