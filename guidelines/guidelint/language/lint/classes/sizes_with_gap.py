"""Classes divide one thing by its size, and a size belongs to none of them, or to two."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING

from guidelint.language.lint.classes.sizes_in_titles import Sized, sized
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft


def find(draft: Draft) -> Iterator[Flaw]:
    """Lay the sizes of classes of one title side by side."""
    alike: defaultdict[str, list[Sized]] = defaultdict(list)
    for one in sized(draft):
        alike[one.of].append(one)
    for classes in alike.values():
        in_order = sorted(classes, key=lambda one: (one.mm.low, one.mm.high))
        for below, above in pairwise(in_order):
            if said := _between(below, above):
                remedy = "Let every size belong to exactly one of them: `≥ 3 mm` beside `< 3 mm`."
                yield Flaw(said, ("classes", above.name, "title"), remedy)


def _between(below: Sized, above: Sized) -> str:
    """Say what lies between two sizes, or in both; empty: the one begins where the other ends."""
    one, other = (f"`{part.name}` ({part.said})" for part in (below, above))
    both = below.mm.meet(above.mm)
    if not both.is_empty:
        size = f"{number(both.low)} mm" if both.low == both.high else _stretch(both.low, both.high)
        return f"{size} belongs to {one} and {other}"
    if below.mm.high < above.mm.low:
        return f"{_stretch(below.mm.high, above.mm.low)} belongs neither to {one} nor to {other}"
    if below.mm.without_high and above.mm.without_low:
        return f"exactly {number(above.mm.low)} mm belongs neither to `{below.name}` nor to `{above.name}`"
    return ""


def _stretch(low: float, high: float) -> str:
    if high == inf:
        return f"whatever is above {number(low)} mm"
    return (
        f"what is below {number(high)} mm" if low == -inf else f"what lies between {number(low)} and {number(high)} mm"
    )


LINT = Lint(
    code="sizes-with-gap",
    level="warning",
    means="Classes divide one thing by its size, and a size belongs to none of them, or to two.",
    why=(
        "What is exactly 3 mm long is either, or neither, and every reader decides for himself. A limit belongs to one "
        "of the two: at least 3 mm, less than 3 mm."
    ),
    wrong="""\
classes:
  nodule: {title: Nodule > 3 mm, definition: A round spot., draw: polygon}
  small: {title: Nodule < 3 mm, definition: A small round spot., draw: keypoint}
""",
    right="""\
classes:
  nodule: {title: Nodule ≥ 3 mm, definition: A round spot., draw: polygon}
  small: {title: Nodule < 3 mm, definition: A small round spot., draw: keypoint}
""",
    find=find,
)
