"""A guideline with its examples while they are run."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidelint.checking.examples.mutation.noticed import Noticing
    from guidelint.checking.examples.run import Prepared, Ran, Runner
    from guidelint.language.examples.read import Found
    from guidelint.language.loaded import Loaded
    from guidelint.language.text.problem import GuidelineProblems


@dataclass
class OfOne:
    """A guideline, its examples, and what is told of them."""

    runner: Runner
    read: Loaded
    chosen: tuple[Found, ...]
    files: list[GuidelineProblems] = field(default_factory=list["GuidelineProblems"])
    noticing: Noticing | None = None
    """What they notice; None: nobody asked."""

    @cached_property
    def ran(self) -> tuple[Ran, ...]:
        """The examples, each run once."""
        return tuple(map(self.runner.ran, self.chosen))

    @property
    def as_expected(self) -> tuple[Prepared, ...]:
        """Examples that get the verdict that they expect."""
        return tuple(one.prepared for one in self.ran if one.prepared is not None and not one.problems)
