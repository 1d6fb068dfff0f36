"""The rule ``known-parent``."""

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


class KnownParent(SubmissionRule):
    """The parent of a region is another region of the same submission.

    ## Why
    A part whose whole was deleted hangs in the air: nobody can tell which lesion it belongs to.

    ## How it is measured
    The parent id of each region is looked up among the ids of the other regions, on whichever image of the task.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    needs = frozenset({"relations"})
    says = {
        "missing": Says(
            "grouped under a region that is not there (id {parent})",
            "Drag the region out of its group in the list of regions, or onto the region that it belongs to.",
            "Give it the id of a region of the same annotation for a parent, or none.",
        ),
        "itself": Says(
            "grouped under itself",
            "The list of regions leaves it out: select it in the image, delete it and draw it again.",
            "Give it the id of another region of the same annotation for a parent, or none.",
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return "A region that is grouped below another is grouped below one that is there."

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Look parents up."""
        ids = {region.id for region in submission.regions}
        for region in submission.drawn:
            if not region.parent_id:
                continue
            if region.parent_id == region.id:
                yield self.departs("itself", region)
            elif region.parent_id not in ids:
                yield self.departs("missing", region, parent=region.parent_id)

    cases = (
        Case("a part and its whole", {}, (Drawn(text="###", id="whole"), Drawn(text=".#.", parent_id="whole"))),
        Case(
            "the whole was deleted",
            {},
            Drawn(text=".#.", parent_id="whole"),
            finds="grouped under a region that is not there (id whole)",
        ),
        Case("its own parent", {}, Drawn(text=".#.", id="a", parent_id="a"), finds="grouped under itself"),
    )
