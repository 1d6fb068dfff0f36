"""An excluded area is taken out of another excluded area."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes around excluded areas that are themselves taken out of something."""
    classes = draft.written.classes
    for name, part in classes.items():
        around = classes.get(part.excluded_from or "")
        if part.excluded_from != name and around is not None and around.excluded_from:
            message = f"`{name}` is taken out of `{part.excluded_from}`, which is itself an excluded area"
            remedy = f"Name the class around both: `{around.excluded_from}`."
            yield Flaw(message, ("classes", name, "excluded_from"), remedy)


LINT = Lint(
    code="excluded-from-excluded",
    means="An excluded area is taken out of another excluded area.",
    why=("Areas are taken out of a class that is drawn; islands within excluded areas are drawn as that class again."),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  hole: {title: Hole, definition: Not lesion., draw: polygon, excluded_from: lesion}
  hole-in-hole: {title: Hole in a hole, definition: Lesion again., draw: polygon, excluded_from: hole}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  hole: {title: Hole, definition: Not lesion., draw: polygon, excluded_from: lesion}
""",
    find=find,
)
