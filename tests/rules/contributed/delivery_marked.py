"""The rule ``delivery-marked``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.case import Case, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import OneOrMore
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure
    from guidelint.validation.rule.scope import Share


@dataclass(frozen=True, slots=True)
class Marked:
    """Regions of one submission."""

    regions: int


class DeliveryMarked(GatheringRule[Marked]):
    """A delivery has no more than so many regions.

    ## Why
    What is marked everywhere tells nothing.

    ## How it is measured
    The regions of all submissions of a delivery are counted together.

    ## Source
    A choice of this catalogue.
    """

    most: Annotated[OneOrMore, Upper("regions")] = 10
    """Most regions."""

    scope = DELIVERY
    contribution = Marked
    says = {
        "too-many": Says("it has {count} regions; no more than {limit} may be", "Look whether all of them are meant."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        of = f" of {names.kind}" if names.concerned else ""
        return f"A delivery has no more than {self.most} regions{of}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        of = f" of {names.kind}" if names.concerned else ""
        return f"a delivery has more than {self.most} regions{of}"

    def gather(self, share: Share) -> Iterator[Gathered[Marked]]:
        """Contribute how many there are."""
        yield Gathered(Marked(len(share.regions)))

    def check_gathered(self, contributions: Sequence[Contributed[Marked]]) -> Iterator[Departure]:
        """Count them together."""
        count = sum(one.value.regions for one in contributions)
        if count > self.most:
            yield self.departs("too-many", count=count, limit=self.most)

    cases = (
        Case(
            "as many as may be",
            {"most": 2},
            (Handed(draws="#", task="1", annotator="ann"), Handed(draws="#", task="2", annotator="bob")),
        ),
        Case(
            "one too many",
            {"most": 1},
            (Handed(draws="#", task="1", annotator="ann"), Handed(draws="#", task="2", annotator="bob")),
            finds="it has 2 regions; no more than 1 may be",
        ),
    )
