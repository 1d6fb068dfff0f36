"""The rule ``known-control``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.annotation.submission import Submission, UnknownItem
from guidelint.validation.case import Case
from guidelint.validation.finding import Says
from guidelint.validation.rule import Departure, SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator


class KnownControl(SubmissionRule):
    """Every item of the result comes from a control of the guideline.

    ## Why
    Label Studio stores whatever a script or an outdated page sends, with the status 201. Such an item is invisible in
    the editor and missing in every count.

    ## How it is measured
    The names under ``from_name``, ``to_name`` and ``type`` are compared with the controls of the compiled labeling
    config and with the aliases that the guideline declares.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    fixed_because = "an item that no rule has judged would be accepted"
    says = {
        "unknown": Says(
            "item {item} comes from the control {control} ({type} of {target}), which the guideline does not have",
            "Reload the page, delete the item and mark it again. If it was imported, declare the name as an alias in "
            "the guideline.",
            "Declare the name in the guideline: a drawing control under `control_aliases`, a question among its "
            "`aliases`. What means nothing there is taken out of the file.",
        ),
    }
    cases = (
        Case("every item is known", {}, "##"),
        Case(
            "a control of another project",
            {},
            "##",
            finds="control bbox (rectanglelabels of image)",
            unknown_items=(UnknownItem("a1", "bbox", "image", "rectanglelabels"),),
        ),
        Case(
            "each unknown item is named",
            {},
            "",
            finds="which the guideline does not have",
            times=2,
            unknown_items=(
                UnknownItem("a1", "bbox", "image", "rectanglelabels"),
                UnknownItem("a2", "bbox", "image", "rectanglelabels"),
            ),
        ),
    )

    def check(self, submission: Submission) -> Iterator[Departure]:
        """Report every unknown item."""
        for item in submission.unknown_items:
            yield self.departs(
                "unknown",
                item=item.id or "without an id",
                control=item.control or "without a name",
                target=item.to_name or "nothing",
                type=item.delivered_type or "no type",
            )
