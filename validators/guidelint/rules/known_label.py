"""The rule ``known-label``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.validation.case import Case, Drawn
from guidelint.validation.finding import Says
from guidelint.validation.rule import Departure, RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region


class KnownLabel(RegionRule):
    """The label of a region is a class of the guideline.

    ## Why
    A label that the guideline does not define means something else to everyone who reads it, and no rule about its
    class is applied.

    ## How it is measured
    The delivered label is compared with the keys, titles and aliases of all classes, letter by letter.

    ## Source
    Label Studio, format of annotations: https://labelstud.io/guide/export
    """

    always = True
    says = {
        "unknown": Says(
            "the label {label} is not in the guideline",
            "Choose a class of the guideline. If the label is an older name of one, declare it as an alias.",
        ),
    }
    cases = (
        Case("a class of the guideline", {}, "##"),
        Case(
            "a label that nobody defined",
            {},
            Drawn(text="##", class_name=None, labels=("Lesion?",)),
            finds="the label Lesion? is not in the guideline",
        ),
        Case("no label at all is another rule's matter", {}, Drawn(text="##", class_name=None, labels=())),
    )

    def check(self, region: Region) -> Iterator[Departure]:
        """Report labels that mean no class."""
        if region.class_name is None and region.labels:
            yield self.departs("unknown", label=", ".join(region.labels))
