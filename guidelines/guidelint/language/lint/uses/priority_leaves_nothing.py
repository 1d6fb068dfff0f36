"""A class that lies inside another comes behind it where they overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.nesting import nested
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the order of classes with which of them lie inside which."""
    order = draft.written.priority or ()
    rank = {name: index for index, name in enumerate(order)}
    for inner, around in dict.fromkeys(_within(draft)):
        if inner in rank and all(rank.get(outer, len(order)) < rank[inner] for outer in around):
            outer = either(f"`{name}`" for name in around)
            message = f"`{inner}` lies inside {outer}, which comes first: nothing of `{inner}` is left to measure"
            yield Flaw(message, ("priority", rank[inner]), f"Write `{inner}` before {outer}.")


def _within(draft: Draft) -> Iterator[tuple[str, tuple[str, ...]]]:
    for one in nested(draft):
        yield one.child, one.parents
    for name, part in draft.written.classes.items():
        if part.excluded_from:
            yield name, (part.excluded_from,)


LINT = Lint(
    code="priority-leaves-nothing",
    means="A class that lies inside another comes behind it where they overlap.",
    why="All its pixels belong to the class around it then, and none of its sizes can be measured.",
    wrong="""\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  tumour: {title: Tumour, definition: All of it., draw: polygon}
priority: [tumour, core]
relations: {in-tumour: {inside: {child: core, parent: tumour}}}
""",
    right="""\
classes:
  core: {title: Core, definition: The dense middle., draw: polygon}
  tumour: {title: Tumour, definition: All of it., draw: polygon}
priority: [core, tumour]
relations: {in-tumour: {inside: {child: core, parent: tumour}}}
""",
    find=find,
)
