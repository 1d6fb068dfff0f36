"""Which small changes of a guideline no example notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.checking.examples.mutation.mutants import mutants, swapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from guidelint.checking.examples.mutation.mutant import Mutant
    from guidelint.checking.examples.run import Prepared, Runner


@dataclass(frozen=True, slots=True)
class Noticing:
    """What the examples of a guideline notice."""

    tried: int
    unnoticed: tuple[Mutant, ...]

    @property
    def share(self) -> float:
        """Which share of the changes an example notices."""
        return 1 - len(self.unnoticed) / self.tried if self.tried else 1.0


def every_mutant(runner: Runner) -> tuple[Mutant, ...]:
    """List every small change of the plan of a guideline."""
    return (*mutants(runner.plan), *swapped(runner.plan))


def noticing(runner: Runner, examples: Sequence[Prepared]) -> Noticing:
    """Try every small change; what some example must notice stands in its own words of what is expected."""
    every = every_mutant(runner)
    return Noticing(len(every), tuple(one for one in every if next(noticed_by(runner, one, examples), None) is None))


def noticed_by(runner: Runner, mutant: Mutant, examples: Iterable[Prepared]) -> Iterator[Prepared]:
    """Yield the examples that are no longer as expected."""
    for one in in_turn(mutant, examples):
        if not runner.is_as_expected(one.found, runner.judged(one, mutant.plan)):
            yield one


def in_turn(mutant: Mutant, examples: Iterable[Prepared]) -> list[Prepared]:
    """Put those first that depart from what is changed."""
    return sorted(examples, key=lambda one: mutant.clause not in one.outcome.clauses)
