"""The rule ``regions-at-most``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import OneOrMore
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class RegionsAtMost(SubmissionRule):
    """An image has no more regions than can be looked at.

    ## Why
    A hundred marks are a slip of a tool.

    ## How it is measured
    The regions are counted.

    ## Source
    A choice of this catalogue.
    """

    most: Annotated[OneOrMore, Upper("regions on one image")] = 50
    """Most regions."""

    says = {
        "too-many": Says("{count} regions are marked; at most {most} are allowed", "Delete those that are slips."),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"At most {self.most} regions are marked on an image."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"more than {self.most} regions are marked on an image"

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Count the regions."""
        count = len(submission.regions)
        if count > self.most:
            yield self.departs("too-many", *submission.regions, count=count, most=self.most)

    cases = (
        Case("as many as allowed", {"most": 1}, "#."),
        Case(
            "one too many",
            {"most": 1},
            (Drawn(text="#."), Drawn(text=".#")),
            finds="2 regions are marked; at most 1 are allowed",
        ),
    )
