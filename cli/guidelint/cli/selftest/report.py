"""What a self-test found: every known answer, by every set of kernels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import isclose
from typing import TYPE_CHECKING

from guidelint.geometry.kernels import choice
from guidelint.geometry.known_answers.kit import KIT, run_kit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidelint.cli.selftest.installation import Installation
    from guidelint.geometry.kernels.choice import KernelSet
    from guidelint.geometry.known_answers.answer import Group, KnownAnswer, Measured

SAME = 1e-12
"""Two sets of kernels agree on a length or ratio within this share of it; runs and counts they give alike."""


@dataclass(frozen=True, slots=True)
class Line:
    """One known answer and what each set of kernels measured."""

    group: Group
    answer: KnownAnswer
    outcomes: Mapping[KernelSet, Measured]

    @property
    def right(self) -> bool:
        """Whether every set of kernels gives it."""
        return all(outcome.right for outcome in self.outcomes.values())

    @property
    def agreed(self) -> bool:
        """Whether all sets of kernels measure the same."""
        first, *others = (outcome.measured for outcome in self.outcomes.values())
        return all(_same(first, other) for other in others)


@dataclass(frozen=True)
class Report:
    """A self-test: where it ran, with which kernels, and every line."""

    installation: Installation
    in_use: KernelSet
    """The kernels that every other command uses here."""
    kernels: tuple[KernelSet, ...]
    """Those that were tested."""
    lines: tuple[Line, ...]
    not_kept: str = ""
    """Why compiled kernels are not in use though they are installed; empty when they are."""

    @cached_property
    def wrong(self) -> tuple[Line, ...]:
        """Answers that some kernels did not give."""
        return tuple(line for line in self.lines if not line.right)

    @cached_property
    def disagreed(self) -> tuple[Line, ...]:
        """Answers on which the kernels differ."""
        return tuple(line for line in self.lines if not line.agreed)

    @property
    def passed(self) -> bool:
        """Whether everything is right."""
        return not self.wrong and not self.disagreed


def examined(installation: Installation) -> Report:
    """Run the kit with every set of kernels that is installed.

    Raises KernelChoiceError when the environment asks for kernels that cannot be had.
    """
    in_use, kernels = choice.chosen_name(), choice.installed()
    not_kept = choice.why_not_fast() if "fast" in kernels else ""
    outcomes = {name: _run(name) for name in kernels}
    places = [(group, answer) for group in KIT for answer in group.answers]
    lines = (
        Line(group, answer, {name: outcomes[name][place] for name in kernels})
        for place, (group, answer) in enumerate(places)
    )
    return Report(installation, in_use, kernels, tuple(lines), not_kept)


def _run(name: KernelSet) -> tuple[Measured, ...]:
    with choice.using(name):
        return run_kit()


def _same(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return isclose(one, other, rel_tol=SAME, abs_tol=SAME)
