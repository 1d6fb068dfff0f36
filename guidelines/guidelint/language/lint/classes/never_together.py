"""Two classes may stand on one region, and no region can be of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes that name themselves, or one that no tool of theirs draws."""
    classes = draft.written.classes
    for name, part in classes.items():
        for index, other in enumerate(part.together_with or ()):
            path = ("classes", name, "together_with", index)
            if other == name:
                yield Flaw(f"`{name}` names itself: a region is of it once", path, "Name other classes.")
            elif other in classes and {*part.draw}.isdisjoint(classes[other].draw):
                message = f"`{name}` and `{other}` are drawn with different tools, so that no region is of both"
                yield Flaw(message, path, "Let both be drawn with one tool, or take the class out here.")


LINT = Lint(
    code="never-together",
    means="Two classes may stand on one region, and no region can be of both.",
    why="A region is drawn once, with one tool, and has each of its classes once.",
    wrong="""\
classes:
  consolidation: {title: Consolidation, definition: White lung., draw: polygon, together_with: [nodule]}
  nodule: {title: Nodule, definition: A round opacity., draw: rectangle}
""",
    right="""\
classes:
  consolidation: {title: Consolidation, definition: White lung., draw: polygon, together_with: [nodule]}
  nodule: {title: Nodule, definition: A round opacity., draw: [rectangle, polygon]}
""",
    find=find,
)
