"""The rule ``readable-items``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.submission import Submission, UnreadableItem
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.validation.rule.reply import Departure


class ReadableItems(SubmissionRule):
    """Every item of the result can be read.

    ## Why
    An item that no program can read is lost work; it must be seen while the annotator still remembers the case.

    ## How it is measured
    Items that are not what the format describes (no object, no value, numbers that are text) are counted one by one.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    fixed_because = "an item that nobody has read would be accepted"
    says = {
        "unreadable": Says(
            "a mark or an answer (number {position} of what is stored) cannot be read: {reason}",
            "Mark or answer again what is missing; if it was imported, tell who did.",
            "Correct the file it came from.",
        ),
    }

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report every unreadable item."""
        for item in submission.unreadable_items:
            yield self.departs("unreadable", position=item.position + 1, reason=item.reason)

    cases = (
        Case("every item is readable", {}, "##"),
        Case(
            "an item without a value",
            {},
            "##",
            finds="a mark or an answer (number 2 of what is stored) cannot be read: it has no value",
            unreadable_items=(UnreadableItem(1, "it has no value"),),
        ),
    )
