"""A proposal: what a guideline could ask, and which work does what it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from guidelint.checking.observed.cases import Cases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.checking.observed.cases import Held
    from guidelint.checking.observed.facts import Observed

MOST_SHOWN: Final = 5
"""So many counter-examples are named."""


class Outcome(NamedTuple):
    """One case in which a proposal could hold."""

    place: str
    holds: bool
    group: str
    """What it hangs together with."""


def held(outcomes: Iterable[Outcome]) -> Held:
    """Count the cases, and those in which it does not hold."""
    every = tuple(outcomes)
    cases = Cases(one.group for one in every)
    for one in every:
        if not one.holds:
            cases.depart(one.group)
    return cases.held()


@dataclass(frozen=True, slots=True)
class Proposal:
    """What could be asked, where in a guideline it would stand, and in which cases it holds."""

    path: tuple[str, ...]
    value: object
    says: str
    """What holds, in words that read on from the number of cases: "drawn with a polygon"."""
    of: str
    """What the cases are: "regions"."""
    outcomes: Callable[[Observed], Iterator[Outcome]]

    def held(self, observed: Observed) -> Held:
        """Count in how many cases it holds."""
        return held(self.outcomes(observed))

    def surely_holds(self, observed: Observed) -> bool:
        """Whether it surely holds in more than ``LEAST_SHARE``."""
        return self.held(observed).is_sure

    def comment(self, observed: Observed) -> list[str]:
        """Say that it is observed, in which share, and where it is not so."""
        outcomes = tuple(self.outcomes(observed))
        found = held(outcomes)
        lines = [f"observed: {found.share.count} of {found.share.of} {self.of} {self.says} {found}"]
        others = [one.place for one in outcomes if not one.holds]
        more = f"; and {len(others) - MOST_SHOWN} more" if len(others) > MOST_SHOWN else ""
        return [*lines, f"not so: {'; '.join(others[:MOST_SHOWN])}{more}"] if others else lines
