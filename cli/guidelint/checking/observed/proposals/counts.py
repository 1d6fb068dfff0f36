"""How many regions of a class a submission has.

That there is always one is not proposed: a guideline says what it means to mark nothing, and only its author can.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.checking.observed.proposal import Outcome, Proposal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.checking.observed.facts import Observed


def propose(observed: Observed) -> Iterator[Proposal]:
    """Propose for each class the most that surely suffice."""
    for key in observed.classes:
        most = max((one.counts.get(key, 0) for one in observed.submissions), default=0)
        ends = (_most(key, number) for number in range(1, most + 1))
        first = next((one for one in ends if one.surely_holds(observed)), None)
        yield from () if first is None else (first,)


def _most(key: str, number: int) -> Proposal:
    def outcomes(observed: Observed) -> Iterator[Outcome]:
        for one in observed.submissions:
            if count := one.counts.get(key, 0):  # that it is not there says nothing of how many there are where it is
                yield Outcome(f"{one.place} ({count})", count <= number, one.group)

    path = ("classes", key, "count", "max")
    return Proposal(path, number, f"have at most {number}", "submissions with any", outcomes)
