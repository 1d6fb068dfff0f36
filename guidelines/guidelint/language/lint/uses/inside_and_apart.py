"""Two classes lie one inside the other, and must not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.uses.nesting import nested, parted
from guidelint.validation.rule.wording import either

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare every pair that shares no pixel with those of which one lies inside the other, or inside several."""
    apart = frozenset(pair.classes for pair in parted(draft))
    inner = {pair: one for one in nested(draft) if one.pairs <= apart for pair in one.pairs}
    classes = draft.written.classes.items()
    taken_out = {frozenset({name, part.excluded_from}): name for name, part in classes if part.excluded_from}
    for pair in parted(draft):
        if (one := inner.get(pair.classes)) is not None:
            around = either(f"`{name}`" for name in one.parents)
            message = f"`{one.child}` lies inside {around} by another rule, and must not overlap it by this one"
            yield Flaw(message, pair.path, "Take the pair out here, or the other rule.")
        elif (area := taken_out.get(pair.classes)) is not None:
            message = f"`{area}` is taken out of the other class, so that the two never share a pixel"
            yield Flaw(message, pair.path, "Take the pair out here, or delete `excluded_from:`.")


LINT = Lint(
    code="inside-and-apart",
    means="Regions of one class must lie inside those of another, and must not overlap them.",
    why="Whatever is drawn, one of the two rules returns it. Which of them is meant?",
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  organ: {title: Organ, definition: The organ around it., draw: polygon}
relations:
  in-organ: {inside: {child: lesion, parent: organ}}
  apart: {separate: {pairs: [[lesion, organ]]}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon}
  organ: {title: Organ, definition: The organ around it., draw: polygon}
relations:
  in-organ: {inside: {child: lesion, parent: organ}}
""",
    find=find,
)
