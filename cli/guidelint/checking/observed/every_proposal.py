"""Everything that may be proposed, of which only what surely holds is."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from guidelint.checking.observed.proposals import answers, counts, nesting, sizes, tools

if TYPE_CHECKING:
    from guidelint.checking.observed.facts import Observed
    from guidelint.checking.observed.proposal import Proposal


def proposals(observed: Observed) -> tuple[Proposal, ...]:
    """Give every proposal that surely holds."""
    every = chain.from_iterable(one.propose(observed) for one in (tools, answers, sizes, counts, nesting))
    return tuple(one for one in every if one.surely_holds(observed))
