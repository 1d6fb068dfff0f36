"""Of one class alone it is said that it comes first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for an order of one class."""
    if draft.written.priority is not None and len(draft.written.priority) == 1:
        (name,) = draft.written.priority
        message = f"`priority` names `{name}` alone, and so not what it comes before"
        yield Flaw(message, ("priority",), "Name all classes that may overlap, the first of them first.")


LINT = Lint(
    code="priority-of-one",
    means="Of one class alone it is said that it comes first.",
    why="Where two regions overlap, the pixel belongs to the class that comes first among those that are named.",
    wrong="""\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  rim: {title: Rim, definition: What lies around it., draw: polygon}
priority: [core]
""",
    right="""\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  rim: {title: Rim, definition: What lies around it., draw: polygon}
priority: [core, rim]
""",
    find=find,
)
