"""Two classes have the same colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for colours that an earlier class has."""
    first: dict[str, str] = {}
    for name, part in draft.written.classes.items():
        if part.color is not None and (other := first.setdefault(part.color, name)) != name:
            message = f"`{name}` has the colour of `{other}`, and nobody can tell the two apart"
            path = ("classes", name, "color")
            yield Flaw(message, path, "Give one of them another colour, or delete the line: one is chosen.")


LINT = Lint(
    code="same-colour",
    means="Two classes have the same colour.",
    why="Regions are told apart by their colour alone while somebody draws. Left out, each class gets one of its own.",
    wrong="""\
classes:
  cyst: {title: Cyst, definition: Filled with fluid., draw: polygon, color: '#e53935'}
  tumour: {title: Tumour, definition: Solid., draw: polygon, color: '#e53935'}
""",
    right="""\
classes:
  cyst: {title: Cyst, definition: Filled with fluid., draw: polygon, color: '#e53935'}
  tumour: {title: Tumour, definition: Solid., draw: polygon, color: '#1e88e5'}
""",
    find=find,
)
