"""Which class lies inside which, and which two never overlap."""

from __future__ import annotations

from itertools import combinations, permutations
from typing import TYPE_CHECKING

from guidelint.checking.observed.proposal import Outcome, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.observed.facts import Observed


def propose(observed: Observed) -> Iterator[Proposal]:
    """Propose that a class lies inside another, or apart from it."""
    for child, parent in permutations(observed.classes, 2):
        yield _inside(child, parent)
    for pair in combinations(sorted(observed.classes), 2):
        yield _apart(pair)


def _inside(child: str, parent: str) -> Proposal:
    def outcomes(observed: Observed) -> Iterator[Outcome]:
        for one in observed.by_class[child]:
            if (is_inside := one.inside.get(parent, False)) is not None:
                yield Outcome(one.place, is_inside, one.group)

    value = {"inside": {"child": child, "parent": parent}}
    return Proposal(("relations", f"{child}-in-{parent}"), value, f"inside a {parent}", f"{child} regions", outcomes)


def _apart(pair: tuple[str, str]) -> Proposal:
    def outcomes(observed: Observed) -> Iterator[Outcome]:
        return (Outcome(one.place, one.apart[pair], one.group) for one in observed.submissions if pair in one.apart)

    value = {"separate": {"pairs": [list(pair)]}}
    says, of = "in which none overlap", f"submissions with {pair[0]} and {pair[1]}"
    return Proposal(("relations", f"{pair[0]}-apart-from-{pair[1]}"), value, says, of, outcomes)
