"""The rule ``no-repeated-items``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.submission import RepeatedItem
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class NoRepeatedItems(SubmissionRule):
    """No answer and no relation stands twice in the result.

    ## Why
    Items that stand twice come from a second import or a script that ran twice, and whoever counts items counts them
    twice. The answer itself is no worse for it.

    ## How it is measured
    An answer repeats an earlier one when region (or image), control and values are the same; a relation, when both ends
    and the labels are. A region that is drawn twice is the matter of ``unique-region-ids`` and
    ``no-duplicate-regions``.

    ## Source
    A choice of this catalogue.
    """

    always = True
    level = "warning"
    needs = frozenset({"answers"})
    says = {
        "repeated": Says(
            "an answer or a relation is stored twice: number {position} of what is stored repeats number {first}",
            "There is nothing for you to change.",
            "Leave one of the two out of the file.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "No answer and no relation is stored twice."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report every repetition."""
        for item in submission.repeated_items:
            yield self.departs("repeated", position=item.position + 1, first=item.first + 1)

    cases = (
        Case("every item stands once", {}, "##"),
        Case(
            "the same answer twice",
            {},
            "##",
            finds="number 3 of what is stored repeats number 2",
            repeated_items=(RepeatedItem(2, 1),),
        ),
    )
