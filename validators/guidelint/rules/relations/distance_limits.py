"""The rule ``distance-limits``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated, Self

from pydantic import model_validator

from guidelint.geometry.spacing import Spacing
from guidelint.validation.landmarks.distance import DIAMETERS, FROM_WHERE, Distances, FromWhere
from guidelint.validation.rule.at_limit import AtLimit
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.parameters.amount import Diameters, Fraction, LengthMm, LengthPx
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.naming import LandmarkArea, LandmarkName
from guidelint.validation.rule.reply import Departure
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import DIAGONAL, MM, PX, Broken, Limits, with_limit_itself
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import both, either
from guidelint.validation.scopes.region import PlacedRegionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.validation.rule.evidence import Evidence
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.size import Unit

_TOO_NEAR = "Check where it is drawn, and the landmark; or choose the class that fits its place."
_EXUDATE = Drawn(text="#.......", class_name="exudate")
_FOVEA = Drawn(text="....#...", class_name="fovea", as_="keypoint")
_DISC = Drawn(text="......##", class_name="disc", as_="rectangle")
_APART = (
    Drawn(text="#...\n....\n....", class_name="exudate"),
    Drawn(text="..#.\n....\n....", class_name="fovea"),
)
_ONE_DISC = (
    Drawn(text="#.........", class_name="exudate"),
    Drawn(text=".....#....", class_name="fovea"),
    Drawn(text="......####\n......####\n......####", class_name="disc", as_="rectangle"),
)
_DISC_FARTHER = Drawn(text="...........####\n...........####\n...........####", class_name="disc", as_="rectangle")
_WIDE = (Drawn(text="##......"), Drawn(text="....###.", class_name="fovea"))


class DistanceLimits(PlacedRegionRule):
    """The distance of a region to a landmark on the same image lies within limits.

    ## Why
    What a finding means depends on where it lies: an exudate at the fovea threatens sight, the same one at the edge of
    the retina does not. A mark far from everything it belongs to has the wrong class.

    ## How it is measured
    From the nearest pixel of the region to the nearest of the landmark, to the centre of the landmark, or from centre
    to centre; between the centres of pixels, so that it is 0 where both share a pixel. A centre is the centre of
    gravity; a point is the pixel it stands on. The landmark itself is not asked.

    In mm, in pixels, as a fraction of the diagonal of the image, or in multiples of the longest diameter of a region of
    a third class (disc diameters); those are measured in mm where the spacing is known, else in pixels, which are then
    taken for square.

    Where the landmark is not marked on the image, or more than once, the distance cannot be told; `count:
    {min: 1, max: 1}` at its class returns such work.

    What measures exactly a limit is kept. With ``at_limit: departs`` it departs, as where a protocol says "nearer than
    5 mm"; a millionth off is still the limit itself.

    ## Source
    Distances in disc diameters: the severity scale of diabetic macular oedema (Wilkinson et al. 2003, doi
    10.1016/S0161-6420(03)00475-5) goes by the distance to the centre of the macula.
    """

    landmark: LandmarkName
    """Class of the landmark, of which one region is marked on the image."""
    from_where: FromWhere = "edges"
    """From where to where: edges, edge-to-centre (of the landmark), or centres."""
    min_mm: Annotated[LengthMm, Lower("distance")] | None = None
    """Smallest distance in mm."""
    max_mm: Annotated[LengthMm, Upper("distance")] | None = None
    """Largest distance in mm."""
    min_px: Annotated[LengthPx, Lower("distance")] | None = None
    """Smallest distance in pixels."""
    max_px: Annotated[LengthPx, Upper("distance")] | None = None
    """Largest distance in pixels."""
    min_diagonal_fraction: Annotated[Fraction, Lower("distance")] | None = None
    """Smallest distance as a fraction of the diagonal of the image."""
    max_diagonal_fraction: Annotated[Fraction, Upper("distance")] | None = None
    """Largest distance as a fraction of the diagonal of the image."""
    min_diameters: Annotated[Diameters, Lower("distance")] | None = None
    """Smallest distance in longest diameters of the region of `diameter_of`."""
    max_diameters: Annotated[Diameters, Upper("distance")] | None = None
    """Largest distance in longest diameters of the region of `diameter_of`."""
    at_limit: AtLimit = "kept"
    """What measures exactly a limit is kept, or departs."""
    diameter_of: LandmarkArea | None = None
    """Class of whose one region the longest diameter is the unit of `min_diameters` and `max_diameters`."""
    titles: ClassTitles = {}
    """The classes as annotators see them: class → title."""

    says = with_limit_itself(
        {
            "too-near": Says("it lies {distance} from {landmark}, below the limit of {limit}", _TOO_NEAR),
            "too-far": Says("it lies {distance} from {landmark}, above the limit of {limit}", _TOO_NEAR),
            "too-near-px": Says("it lies {distance} from {landmark}, below the limit of {limit}", _TOO_NEAR),
            "too-far-px": Says("it lies {distance} from {landmark}, above the limit of {limit}", _TOO_NEAR),
            "too-near-in-image": Says(
                "it lies {distance} of the image diagonal from {landmark}, below the limit of {limit}", _TOO_NEAR
            ),
            "too-far-in-image": Says(
                "it lies {distance} of the image diagonal from {landmark}, above the limit of {limit}", _TOO_NEAR
            ),
            "too-near-diameters": Says(
                "it lies {distance} the diameter of {measure} from {landmark}, below the limit of {limit}", _TOO_NEAR
            ),
            "too-far-diameters": Says(
                "it lies {distance} the diameter of {measure} from {landmark}, above the limit of {limit}", _TOO_NEAR
            ),
        }
    )

    @model_validator(mode="after")
    def _diameter_of_what(self) -> Self:
        if (self.min_diameters, self.max_diameters) != (None, None) and self.diameter_of is None:
            raise ValueError("say of which class the diameter is meant: `diameter_of`")
        return self

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        asked = both(limits.asked for limits in self._limits(names))
        return f"Every {names.kind} lies {asked} from {names.class_(self.landmark)}, {FROM_WHERE[self.from_where]}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        broken = either(limits.broken for limits in self._limits(names))
        return f"any {names.kind} lies {broken} from {names.class_(self.landmark)}, {FROM_WHERE[self.from_where]}"

    def _limits(self, names: Names | None = None) -> Iterator[Limits]:
        """List the limits that are given; with names, diameters in words."""
        diameters = DIAMETERS
        if names is not None and self.diameter_of is not None:
            diameters = replace(DIAMETERS, words=f"× the longest diameter of {names.class_(self.diameter_of)}")
        every = (
            Limits(MM, self.min_mm, self.max_mm, self.at_limit),
            Limits(PX, self.min_px, self.max_px, self.at_limit),
            Limits(DIAGONAL, self.min_diagonal_fraction, self.max_diagonal_fraction, self.at_limit),
            Limits(diameters, self.min_diameters, self.max_diameters, self.at_limit),
        )
        return (limits for limits in every if limits.given)

    def check(self, region: Region, submission: Submission) -> Iterator[Departure]:
        """Compare its distance with the limits."""
        if region.class_name == self.landmark:
            return
        distances = Distances(submission, self.titles)
        for limits in self._limits():
            distance = distances.to(self.landmark, region, self.from_where, limits.unit, self.diameter_of or "")
            for kind, broken in limits.broken_by(distance, "too-near", "too-far"):
                yield self._departs(kind, region, limits.unit, broken)

    def _departs(self, kind: str, region: Region, unit: Unit, broken: Broken) -> Departure:
        measured_by = self.diameter_of or ""
        evidence: dict[str, Evidence] = {
            "distance": unit.shown(broken.size),
            "landmark": self.titles.get(self.landmark, self.landmark),
            "limit": unit.shown(broken.limit),
        }
        if unit == DIAMETERS:
            evidence["measure"] = self.titles.get(measured_by, measured_by)
        return Departure(kind, evidence, (region,))

    cases = (
        Case("as far as is allowed", {"landmark": "fovea", "max_mm": 4.0}, (_EXUDATE, _FOVEA)),
        Case(
            "farther than is allowed",
            {"landmark": "fovea", "max_mm": 3.9, "titles": {"fovea": "Fovea"}},
            (_EXUDATE, _FOVEA),
            finds="it lies 4 mm from Fovea, above the limit of 3.9 mm",
        ),
        Case("as near as is allowed", {"landmark": "fovea", "min_mm": 4.0}, (_EXUDATE, _FOVEA)),
        Case(
            "nearer than is allowed",
            {"landmark": "fovea", "min_mm": 4.1},
            (_EXUDATE, _FOVEA),
            finds="it lies 4 mm from fovea, below the limit of 4.1 mm",
        ),
        Case(
            "columns twice as far apart",
            {"landmark": "fovea", "max_mm": 4.0},
            (_EXUDATE, _FOVEA),
            finds="it lies 8 mm from fovea",
            spacing=Spacing(row_mm=1.0, column_mm=2.0),
        ),
        Case(
            "spacing not known",
            {"landmark": "fovea", "max_mm": 9.0},
            (_EXUDATE, _FOVEA),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "from the nearest edges",
            {"landmark": "fovea", "max_px": 2.9},
            _WIDE,
            finds="it lies 3 px from fovea, above the limit of 2.9 px",
            spacing=None,
        ),
        Case("from the nearest edges, as allowed", {"landmark": "fovea", "min_px": 3.0, "max_px": 3.0}, _WIDE),
        Case(
            "from the edge to the centre",
            {"landmark": "fovea", "from_where": "edge-to-centre", "min_px": 4.1},
            _WIDE,
            finds="it lies 4 px from fovea, below the limit of 4.1 px",
        ),
        Case(
            "from centre to centre",
            {"landmark": "fovea", "from_where": "centres", "max_px": 4.4},
            _WIDE,
            finds="it lies 4.5 px from fovea",
        ),
        Case(
            "too far as a share of the image",
            {"landmark": "fovea", "max_diagonal_fraction": 0.3},
            _APART,
            finds="it lies 40 % of the image diagonal from fovea, above the limit of 30 %",
        ),
        Case(
            "too near as a share of the image",
            {"landmark": "fovea", "min_diagonal_fraction": 0.5},
            _APART,
            finds="it lies 40 % of the image diagonal from fovea, below the limit of 50 %",
        ),
        Case(
            "within two disc diameters",
            {"landmark": "fovea", "max_diameters": 2.0, "diameter_of": "disc"},
            (_EXUDATE, _FOVEA, _DISC),
            spacing=None,
        ),
        Case(
            "beyond one disc diameter",
            {
                "landmark": "fovea",
                "max_diameters": 1.0,
                "diameter_of": "disc",
                "titles": {"disc": "Optic disc"},
            },
            (_EXUDATE, _FOVEA, _DISC),
            finds="it lies 1.8 × the diameter of Optic disc from fovea, above the limit of 1 ×",
        ),
        Case(
            "nearer than one and a half disc diameters",
            {"landmark": "fovea", "min_diameters": 1.5, "diameter_of": "disc"},
            (
                Drawn(text=".#........", class_name="exudate"),
                Drawn(text="....#.....", class_name="fovea"),
                Drawn(text="........##", class_name="disc", as_="rectangle"),
            ),
            finds="it lies 1.3 × the diameter of disc from fovea, below the limit of 1.5 ×",
        ),
        Case(
            "no disc to measure by",
            {"landmark": "fovea", "max_diameters": 1.0, "diameter_of": "disc"},
            (_EXUDATE, _FOVEA),
            cannot="no disc is marked",
        ),
        Case(
            "as far as a limit that departs itself",
            {"landmark": "fovea", "max_mm": 4.0, "at_limit": "departs"},
            (_EXUDATE, _FOVEA),
            finds="it lies 4 mm from fovea, not under the limit of 4 mm",
        ),
        Case(
            "as near as a limit that departs itself",
            {"landmark": "fovea", "min_mm": 4.0, "at_limit": "departs"},
            (_EXUDATE, _FOVEA),
            finds="it lies 4 mm from fovea, not over the limit of 4 mm",
        ),
        Case(
            "as far as a limit in pixels that departs itself",
            {"landmark": "fovea", "max_px": 3.0, "at_limit": "departs"},
            _WIDE,
            finds="it lies 3 px from fovea, not under the limit of 3 px",
        ),
        Case(
            "as near as a limit in pixels that departs itself",
            {"landmark": "fovea", "min_px": 3.0, "at_limit": "departs"},
            _WIDE,
            finds="it lies 3 px from fovea, not over the limit of 3 px",
        ),
        Case(
            "as far as a share of the image that departs itself",
            {"landmark": "fovea", "max_diagonal_fraction": 0.4, "at_limit": "departs"},
            _APART,
            finds="it lies 40 % of the image diagonal from fovea, not under the limit of 40 %",
        ),
        Case(
            "as near as a share of the image that departs itself",
            {"landmark": "fovea", "min_diagonal_fraction": 0.4, "at_limit": "departs"},
            _APART,
            finds="it lies 40 % of the image diagonal from fovea, not over the limit of 40 %",
        ),
        Case(
            "as far as a disc diameter, which departs itself",
            {"landmark": "fovea", "max_diameters": 1.0, "diameter_of": "disc", "at_limit": "departs"},
            _ONE_DISC,
            finds="it lies 1 × the diameter of disc from fovea, not under the limit of 1 ×",
        ),
        Case(
            "as near as a disc diameter, which departs itself",
            {"landmark": "fovea", "min_diameters": 1.0, "diameter_of": "disc", "at_limit": "departs"},
            (*_ONE_DISC[:2], _DISC_FARTHER),
            finds="it lies 1 × the diameter of disc from fovea, not over the limit of 1 ×",
        ),
        Case("no landmark", {"landmark": "fovea", "max_px": 1.0}, _EXUDATE, cannot="no fovea is marked"),
        Case(
            "two landmarks",
            {"landmark": "fovea", "max_px": 1.0},
            (_EXUDATE, _FOVEA, Drawn(text=".....#..", class_name="fovea")),
            cannot="2 × fovea are marked, and one is wanted",
        ),
        Case(
            "the landmark of another image",
            {"landmark": "fovea", "max_px": 9.0},
            (
                Drawn(text="#.......", class_name="exudate", item_index=0),
                Drawn(text="....#...", class_name="fovea", item_index=1),
            ),
            cannot="no fovea is marked",
        ),
        Case(
            "a mask that does not decode",
            {"landmark": "fovea", "max_px": 9.0},
            (Drawn(text="#.......", class_name="exudate", undecodable="cut off"), _FOVEA),
            cannot="cut off",
        ),
    )
