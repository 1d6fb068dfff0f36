"""Everything that may be proposed, of which only what surely holds is."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from guidelint.checking.observed.proposals import answers, counts, nesting, sizes, tools, tools_by_size

if TYPE_CHECKING:
    from collections.abc import Container

    from guidelint.checking.observed.facts import Observed
    from guidelint.checking.observed.proposal import Proposal


def proposals(observed: Observed) -> tuple[Proposal, ...]:
    """Give every proposal that surely holds."""
    every = chain.from_iterable(
        one.propose(observed) for one in (tools, answers, sizes, tools_by_size, counts, nesting)
    )
    sure = [one for one in every if one.surely_holds(observed)]
    small = {one.path[1] for one in sure if tools_by_size.RULE in one.path}
    return tuple(one for one in sure if not _is_least_size(one, small))


def _is_least_size(one: Proposal, classes: Container[str]) -> bool:
    """Whether it says how large a class is at least, whose small ones are marked otherwise."""
    return one.path[1] in classes and one.path[-1].startswith("longest_min")
