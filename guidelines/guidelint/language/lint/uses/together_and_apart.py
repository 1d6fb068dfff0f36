"""One region may be of two classes, and these must not overlap."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.nesting import parted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the pairs that may share a region with what must share nothing."""
    apart = dict(_apart(draft))
    for one, other, path in _together(draft):
        if (said := apart.get(frozenset({one, other}))) is not None:
            message = f"one region may be `{one}` and `{other}` by this, and {said}"
            yield Flaw(message, path, "Take the class out here, or the pair there.")


def _together(draft: Draft) -> Iterator[tuple[str, str, KeyPath]]:
    for name, part in draft.written.classes.items():
        for index, other in enumerate(part.together_with or ()):
            if other != name:
                yield name, other, ("classes", name, "together_with", index)


def _apart(draft: Draft) -> Iterator[tuple[frozenset[str], str]]:
    for pair in parted(draft):
        yield pair.classes, "the two must not overlap by another rule"
    for name, part in draft.written.classes.items():
        if part.excluded_from:
            yield frozenset({name, part.excluded_from}), f"`{name}` is taken out of the other"
    for one, other in combinations(draft.written.priority or (), 2):
        yield frozenset({one, other}), f"by `priority` each of its pixels belongs to `{one}` alone"


LINT = Lint(
    code="together-and-apart",
    means="One region may be of two classes, and these must not overlap, or one is taken out of the other.",
    why="Such a region overlaps itself: whatever is drawn, it is returned, or nothing of it is left for one class.",
    wrong="""\
classes:
  consolidation: {title: Consolidation, definition: White lung., draw: polygon, together_with: [effusion]}
  effusion: {title: Effusion, definition: Fluid around the lung., draw: polygon}
relations: {apart: {separate: {pairs: [[consolidation, effusion]]}}}
""",
    right="""\
classes:
  consolidation: {title: Consolidation, definition: White lung., draw: polygon, together_with: [effusion]}
  effusion: {title: Effusion, definition: Fluid around the lung., draw: polygon}
""",
    find=find,
)
