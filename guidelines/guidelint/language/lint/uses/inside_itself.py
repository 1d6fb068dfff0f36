"""A class lies inside itself, or two inside each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.nesting import nested

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.uses.nesting import Nested


def find(draft: Draft) -> Iterator[Flaw]:
    """Look for classes that are their own parent, and for rounds, each told once."""
    inside: dict[str, list[Nested]] = {}
    for one in nested(draft):
        if one.child in one.parents:
            message = f"`{one.child}` would have to lie inside `{one.child}`, which is itself and always so"
            yield Flaw(message, one.path, "Name the class around it.")
        elif one.parent and _leads_to(one.parent, one.child, inside):
            message = f"`{one.child}` lies inside `{one.parent}` here, and around it by another rule"
            yield Flaw(message, one.path, "Take one of the two out: which of the classes is the inner one?")
        inside.setdefault(one.child, []).append(one)


def _leads_to(start: str, end: str, inside: Mapping[str, list[Nested]]) -> bool:
    """Whether a class lies inside another, directly or by those between."""
    ways, seen = [start], {start}
    while ways:
        for one in inside.get(ways.pop(), ()):
            if one.parent == end:
                return True
            if one.parent not in seen:
                seen.add(one.parent)
                ways.append(one.parent)
    return False


LINT = Lint(
    code="inside-itself",
    means="A class lies inside itself, or two classes lie inside each other.",
    why="Everything lies inside itself, so nothing is judged; and of two classes only one can be the inner one.",
    wrong="""\
relations:
  core-in-lesion: {inside: {child: lesion, parent: lesion}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  core: {title: Core, definition: The bright part of it., draw: polygon}
relations:
  core-in-lesion: {inside: {child: core, parent: lesion}}
""",
    find=find,
)
