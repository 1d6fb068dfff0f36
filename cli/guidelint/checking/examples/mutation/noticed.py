"""Which small changes of a guideline no example notices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from guidelint.checking.examples.mutation.mutants import mutants, swapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    return Noticing(len(every), tuple(one for one in every if not is_noticed(runner, one, examples)))


def is_noticed(runner: Runner, mutant: Mutant, examples: Iterable[Prepared]) -> bool:
    """Whether any example notices a change; those that depart from what is changed are asked first."""
    ordered = sorted(examples, key=lambda one: mutant.clause not in one.outcome.clauses)
    return any(notices(runner, mutant, one) for one in ordered)


def notices(runner: Runner, mutant: Mutant, example: Prepared) -> bool:
    """Whether an example is no longer as expected; one of a single visit is not asked what several visits tell."""
    if mutant.of_visits and not example.found.example.visits:
        return False
    return not runner.is_as_expected(example.found, runner.judged(example, mutant.plan))
