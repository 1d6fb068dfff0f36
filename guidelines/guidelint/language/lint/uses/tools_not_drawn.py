"""A rule asks for tools with which its class is not drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.text.suggest import listed
from guidelint.validation.rule.parameters.naming import DrawnWith
from guidelint.validation.rule.parameters.said import said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the tools that a rule asks for with those of the classes that it is used on."""
    for use in draft.uses:
        drawn = use.drawn(draft.written)
        for one in said(use.rule, use.path):
            if drawn and one.of(DrawnWith) is not None and not drawn & {*cast("tuple[str, ...]", one.value)}:
                asked = listed(cast("tuple[str, ...]", one.value))
                message = f"{asked} is asked for here, and `draw:` of the class allows only {listed(sorted(drawn))}"
                yield Flaw(message, one.path, "Add one of the tools to `draw:`, or name another here.")


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
