"""The rule ``items-with-ids``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


class ItemsWithIds(SubmissionRule):
    """Every item of the result has an id.

    ## Why
    An answer, a parent and a relation name their region by its id. Without ids an answer can be joined to its region
    only because it repeats the geometry, and relations and parents are lost.

    ## How it is measured
    Items of the result without an id are counted, relations apart. An answer without geometry is about the image. Items
    that come from different controls and have equal geometry are one region; two items of one control are two. The
    rest is judged as it would be with ids.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    level = "warning"
    needs = frozenset({"region ids"})
    says = {
        "missing": Says(
            "{count} of {total} marks and answers were stored without an id; answers went to regions of the same shape",
            "There is nothing for you to change.",
            "Give every region an id, and its answers the same.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "Label Studio stores an id with everything that is marked or answered."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report how many have none, once."""
        if submission.items_without_id:
            yield self.departs("missing", count=submission.items_without_id, total=submission.result_items)

    cases = (
        Case("every item has an id", {}, "##"),
        Case(
            "none has an id",
            {},
            (Drawn(text="#..", id=None), Drawn(text="..#", id=None)),
            finds="2 of 2 marks and answers were stored without an id",
            items_without_id=2,
        ),
    )
