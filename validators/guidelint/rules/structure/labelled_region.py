"""The rule ``labelled-region``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.says import Says
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.reply import Departure


class LabelledRegion(RegionRule):
    """Every region has a class.

    ## Why
    A region without a class is drawn work that nobody can use. It arises when a label is taken off by a second click,
    or when a region is drawn before a label is chosen.

    ## How it is measured
    The list of labels of a region is empty.

    ## Source
    Label Studio issues 5867 and 8869: regions saved without a label.
    """

    always = True
    fixed_because = "a region without a class would be accepted without the rules of any"
    says = {
        "unlabelled": Says(
            "no class is chosen",
            "Select the region and choose its class, or delete it.",
            "Have its class chosen by who drew it, or delete it.",
        ),
    }

    def suspects(self, submission: Submission, regions: tuple[Region, ...]) -> Iterable[Region]:
        """Leave out regions of a class."""
        return (region for region in regions if region.class_name is None)

    def check(self, region: Region) -> Iterator[Departure]:
        """Report a region without a label."""
        if region.class_name is None and not region.labels:
            yield self.departs("unlabelled")

    cases = (
        Case("a region with a class", {}, "##"),
        Case(
            "a label that nobody defined is another rule's matter", {}, Drawn(text="##", class_name=None, labels=("?",))
        ),
        Case(
            "drawn before a label was chosen",
            {},
            Drawn(text="##", class_name=None, labels=()),
            finds="no class is chosen",
        ),
    )
