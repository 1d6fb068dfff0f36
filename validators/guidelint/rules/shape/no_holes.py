"""The rule ``no-holes``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from guidelint.annotation.tool import PAINTED
from guidelint.geometry.measures.components import holes
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.case import Case
from guidelint.validation.rule.evidence import Place, Quantity
from guidelint.validation.rule.parameters.amount import SpeckMm2
from guidelint.validation.rule.parameters.bound import Upper
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import area_shown
from guidelint.validation.rule.wording import measure
from guidelint.validation.scopes.region import RegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure


FILL = "Paint over the hole. If it is meant, mark it with the class that is taken out of this one, where there is one."


def _count(number: int) -> str:
    return "1 hole" if number == 1 else f"{number} holes, the largest"


class NoHoles(RegionRule):
    """A painted region has no holes.

    ## Why
    Holes are what a brush missed. Nobody sees them at working zoom; they shrink the area and double the border.

    ## How it is measured
    Unpainted pixels that the region encloses. Declared excluded areas are not holes.

    ## Source
    A choice of this catalogue.
    """

    max_hole_mm2: Annotated[SpeckMm2, Upper("hole")] = 0.0
    """Area in mm² up to which one hole is allowed."""

    tools = PAINTED
    says = {
        "hole": Says(
            "{count} of {area}; at most {limit} is allowed",
            FILL,
        ),
        "hole-at-all": Says(
            "{count} of {area}; none is allowed",
            FILL,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        size = f" of over {measure(self.max_hole_mm2, 'mm²')}" if self.max_hole_mm2 else ""
        return f"Every painted {names.kind} is without a hole{size}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        size = f" of over {measure(self.max_hole_mm2, 'mm²')}" if self.max_hole_mm2 else ""
        return f"any painted {names.kind} has a hole{size}"

    def check(self, region: Region) -> Iterator[Departure]:
        """Look for the largest hole."""
        found = holes(region.drawn_mask)
        if not found:
            return
        largest = max(found, key=lambda hole: hole.area_px)
        row, column = divmod(int(largest.starts[0]), largest.shape[1])
        place, count = Place(column + 0.5, row + 0.5), _count(len(found))
        if not self.max_hole_mm2:
            yield self.departs(
                "hole-at-all", place=place, count=count, area=area_shown(largest.area_px, region.spacing)
            )
            return
        area = largest.area_px * region.known_spacing.pixel_mm2
        if area > self.max_hole_mm2:
            limit = Quantity(self.max_hole_mm2, "mm²")
            yield self.departs("hole", place=place, count=count, area=Quantity(area, "mm²"), limit=limit)

    cases = (
        Case("no hole", {}, "###\n###\n###"),
        Case("a bay is no hole", {}, "###\n#..\n###"),
        Case("a pixel that was missed", {}, "###\n#.#\n###", finds="1 hole of 1 mm²; none is allowed"),
        Case("a hole as large as allowed", {"max_hole_mm2": 1.0}, "###\n#.#\n###"),
        Case(
            "rows twice as far apart",
            {"max_hole_mm2": 1.0},
            "###\n#.#\n###",
            finds="1 hole of 2 mm²; at most 1 mm² is allowed",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case("two holes", {}, "#####\n#.#.#\n#####", finds="2 holes, the largest of 1 mm²; none is allowed"),
        Case(
            "spacing not needed",
            {},
            "###\n#.#\n###",
            finds="1 hole of 1 px; none is allowed",
            spacing=None,
        ),
        Case("spacing not known", {"max_hole_mm2": 1.0}, "###\n#.#\n###", cannot="pixel spacing", spacing=None),
        Case(
            "of two holes the larger is pointed at",
            {},
            "######\n#.#..#\n#.#..#\n######",
            finds="2 holes, the largest of 4 mm²",
            at=(3.5, 1.5),
        ),
    )
