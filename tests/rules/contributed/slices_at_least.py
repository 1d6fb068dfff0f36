"""The rule ``slices-at-least``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import OneOrMore
from guidelint.validation.rule.parameters.bound import Lower
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.object import ObjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.scopes.object import SliceMeasure


class SlicesAtLeast(ObjectRule):
    """An object is marked on enough slices.

    ## Why
    What is seen on one slice only may be a vessel that is cut across.

    ## How it is measured
    The slices on which the object is marked are counted.

    ## Source
    A choice of this catalogue.
    """

    least: Annotated[OneOrMore, Lower("slices")] = 2
    """Fewest slices."""

    says = {
        "too-few": Says(
            "it is marked on {count} slices; the guideline asks for {least}", "Look at the slices beside it."
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kind}{self.whole} is marked on at least {self.least} slices."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any {names.kind}{self.whole} is marked on fewer than {self.least} slices"

    def measure(self, region: Region) -> tuple[float, ...]:
        """Count a slice as one."""
        return (float(region.number),)

    def check_slice(self, region: Region, values: tuple[float, ...]) -> Iterator[Departure]:
        """One slice proves nothing."""
        yield from ()

    def check_object(self, slices: tuple[SliceMeasure, ...]) -> Iterator[Departure]:
        """Count the slices."""
        if len(slices) < self.least:
            yield self.departs("too-few", slices[0], count=len(slices), least=self.least)

    cases = (
        Case("one slice where one is enough", {"least": 1}, "#."),
        Case(
            "one slice where two are asked for",
            {"least": 2},
            "#.",
            finds="it is marked on 1 slices; the guideline asks",
        ),
        Case(
            "two slices where two are asked for",
            {"least": 2},
            (Drawn(text="#.", object_name="1"), Drawn(text="##", object_name="1")),
            over_slices=True,
        ),
    )
