"""A class is taken out of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every class with the one that it is taken out of."""
    for name, part in draft.written.classes.items():
        if part.excluded_from == name:
            path = ("classes", name, "excluded_from")
            yield Flaw(f"`{name}` is taken out of itself", path, "Name the class around it.")


LINT = Lint(
    code="excluded-from-itself",
    means="A class is taken out of itself.",
    why="Nothing would remain. `excluded_from` names the class around it.",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, excluded_from: lesion}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  hole: {title: Hole, definition: Not lesion., draw: polygon, excluded_from: lesion}
""",
    find=find,
)
