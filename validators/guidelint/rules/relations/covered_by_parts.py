"""The rule ``covered-by-parts``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.geometry.measures.overlap import contained_fraction, outside_distance_mm
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.geometry.union import united
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import OverlapFraction, SlackMm
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.naming import AreaClass, PartOf
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.size import area_shown
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import both, either, measure, percent, unless_all
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.geometry.mask import Mask
    from guidelint.validation.rule.names import Names

Regions = tuple["Region", ...]
COVER = "Draw the part that is missing, or correct the border of the whole."
CUT = "Correct the border of the whole, or that of the part that reaches beyond it."
_BRATS = {"whole": "tumour", "parts": ["core", "oedema"]}
_WHOLE = Drawn(text="####\n####", class_name="tumour")
_CORE = Drawn(text="##..\n##..", class_name="core")
_OEDEMA = Drawn(text="..##\n..##", class_name="oedema")
_HALF = Drawn(text="....\n..##", class_name="oedema")
_LONG = Spacing(row_mm=2.0, column_mm=1.0)


class CoveredByParts(SubmissionRule):
    """The regions of several classes together cover those of one.

    ## Why
    Where a whole is drawn and its parts as well, every pixel of the whole belongs to a part. What no part covers was
    forgotten, or the border of the whole is wrong; and whoever adds up the parts gets another tumour than whoever
    measures the whole.

    ## How it is measured
    On each image, all regions of the whole are laid together, and all regions of the parts, excluded areas taken out.
    The share of the pixels of the whole that lie in any part counts. What is left open no farther from the nearest part
    than the tolerance, from pixel centre to pixel centre, is forgiven. With ``inside_min_fraction``, the share of the
    pixels of the parts that lie in the whole counts as well, with the same tolerance. An image without a region of the
    whole has nothing to cover.

    ## Source
    BraTS makes its whole tumour of all sub-regions (Menze et al. 2015, doi 10.1109/TMI.2014.2377694); how much may be
    left open is the author's.
    """

    whole: AreaClass
    """Class that is covered."""
    parts: Annotated[tuple[Annotated[AreaClass, PartOf("whole")], ...], Field(min_length=1)]
    """Classes that cover it together."""
    min_fraction: Annotated[OverlapFraction, Lower("share covered")] = 1.0
    """Smallest share of the whole that the parts cover, from 0 to 1."""
    inside_min_fraction: Annotated[OverlapFraction, Lower("share of the parts inside")] | None = None
    """Smallest share of the parts that lies in the whole, from 0 to 1; none: they may reach beyond it."""
    tolerance_mm: Annotated[SlackMm, Upper("distance left open")] = 0.0
    """How far from the nearest part the rest may lie, and how far parts may reach beyond the whole, in mm."""
    titles: ClassTitles = {}
    """The classes as annotators see them: class → title."""

    says = {
        "no-part": Says("to be covered by {parts}, but nothing of them is marked", COVER),
        "open": Says("only {covered} is covered by {parts}, and {open} is not; {limit} must be", COVER),
        "open-too-far": Says(
            "{open} is not covered by {parts}, up to {distance} from the nearest; at most {tolerance} is allowed", COVER
        ),
        "no-whole": Says("to lie inside {whole}, but no {whole} is marked", CUT),
        "beyond": Says("reaching beyond {whole} with {out}: only {inside} lies inside; {limit} must", CUT),
        "beyond-too-far": Says(
            "reaching beyond {whole} with {out}, by {distance}; at most {tolerance} is allowed", CUT
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        whole, parts = names.class_(self.whole), both(map(names.class_, self.parts))
        least = unless_all(self.min_fraction)
        covered = f"cover at least {least} of every {whole}" if least else f"cover every {whole} wholly"
        slack = f", but for what lies within {measure(self.tolerance_mm, 'mm')} of them" if self.tolerance_mm else ""
        return f"{parts} together {covered}{slack}.{self._inside_told(whole)}"

    def _inside_told(self, whole: str) -> str:
        if self.inside_min_fraction is None:
            return ""
        least = unless_all(self.inside_min_fraction)
        share = f"At least {least} of them lies inside" if least else "They lie wholly inside"
        beyond = f", or reaches beyond it by at most {measure(self.tolerance_mm, 'mm')}" if self.tolerance_mm else ""
        return f" {share} {whole}{beyond}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        whole, parts = names.class_(self.whole), both(map(names.class_, self.parts))
        slack = f", and the rest lies over {measure(self.tolerance_mm, 'mm')} away" if self.tolerance_mm else ""
        ways = [f"less than {percent(self.min_fraction)} of any {whole} is covered by {parts} together{slack}"]
        if self.inside_min_fraction is not None:
            beyond = (
                f", and the rest reaches over {measure(self.tolerance_mm, 'mm')} beyond" if self.tolerance_mm else ""
            )
            ways.append(f"less than {percent(self.inside_min_fraction)} of these lies inside {whole}{beyond}")
        return either(ways)

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare the whole with all parts on each image."""
        wholes = submission.by_grid(submission.of_class(self.whole))
        parts = submission.by_grid(region for name in self.parts for region in submission.of_class(name))
        for whole, some in zip(wholes, parts, strict=True):
            try:
                yield from self._on_image(whole, some)
            except NotMeasurable as error:
                yield CannotTell(str(error), (*whole, *some))

    def _on_image(self, whole: Regions, parts: Regions) -> Iterator[Departure]:
        if not whole:
            if parts and self.inside_min_fraction is not None:
                yield self.departs("no-whole", *parts, whole=self._whole)
            return
        if not parts:
            yield self.departs("no-part", *whole, parts=self._parts)
            return
        around, within = (united([region.mask for region in some]) for some in (whole, parts))
        yield from self._open(whole, around, within)
        yield from self._beyond(parts, around, within)

    def _open(self, whole: Regions, around: Mask, within: Mask) -> Iterator[Departure]:
        share = contained_fraction(around, within)
        if share >= self.min_fraction:
            return
        open_ = area_shown((around - within).area_px, whole[0].spacing)
        if not self.tolerance_mm:
            covered, limit = Quantity(100.0 * share, "%"), Quantity(100.0 * self.min_fraction, "%")
            yield self.departs("open", *whole, covered=covered, parts=self._parts, open=open_, limit=limit)
            return
        distance = Quantity(outside_distance_mm(around, within, whole[0].known_spacing), "mm")
        if distance.value > self.tolerance_mm:
            yield self.departs(
                "open-too-far", *whole, open=open_, parts=self._parts, distance=distance, tolerance=self._tolerance
            )

    def _beyond(self, parts: Regions, around: Mask, within: Mask) -> Iterator[Departure]:
        share = contained_fraction(within, around)
        if self.inside_min_fraction is None or share >= self.inside_min_fraction:
            return
        out = area_shown((within - around).area_px, parts[0].spacing)
        if not self.tolerance_mm:
            inside, limit = Quantity(100.0 * share, "%"), Quantity(100.0 * self.inside_min_fraction, "%")
            yield self.departs("beyond", *parts, whole=self._whole, out=out, inside=inside, limit=limit)
            return
        distance = Quantity(outside_distance_mm(within, around, parts[0].known_spacing), "mm")
        if distance.value > self.tolerance_mm:
            yield self.departs(
                "beyond-too-far", *parts, whole=self._whole, out=out, distance=distance, tolerance=self._tolerance
            )

    @property
    def _tolerance(self) -> Quantity:
        return Quantity(self.tolerance_mm, "mm")

    @property
    def _whole(self) -> str:
        return self.titles.get(self.whole, self.whole)

    @property
    def _parts(self) -> str:
        return both(self.titles.get(name, name) for name in self.parts)

    cases = (
        Case("two parts cover the whole", _BRATS, (_WHOLE, _CORE, _OEDEMA)),
        Case(
            "a corner is open",
            {**_BRATS, "titles": {"core": "Tumour core"}},
            (_WHOLE, _CORE, _HALF),
            finds="only 75 % is covered by Tumour core and oedema, and 4 mm² is not; 100 % must be",
            spacing=_LONG,
        ),
        Case(
            "a corner is open, and the spacing is not known",
            _BRATS,
            (_WHOLE, _CORE, _HALF),
            finds="and 2 px is not",
            spacing=None,
        ),
        Case("as much is covered as is asked for", {**_BRATS, "min_fraction": 0.75}, (_WHOLE, _CORE, _HALF)),
        Case(
            "less is covered than is asked for",
            {**_BRATS, "min_fraction": 0.76},
            (_WHOLE, _CORE, _HALF),
            finds="only 75 % is covered by core and oedema, and 2 mm² is not; 76 % must be",
        ),
        Case(
            "what is open lies near",
            {**_BRATS, "tolerance_mm": 2.0},
            (_WHOLE, _CORE, _HALF),
            spacing=_LONG,
        ),
        Case(
            "what is open lies too far off",
            {**_BRATS, "tolerance_mm": 1.9},
            (_WHOLE, _CORE, _HALF),
            finds="4 mm² is not covered by core and oedema, up to 2 mm from the nearest; at most 1.9 mm is allowed",
            spacing=_LONG,
        ),
        Case(
            "what is open lies near, and the spacing is not known",
            {**_BRATS, "tolerance_mm": 2.0},
            (_WHOLE, _CORE, _HALF),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case("no part at all", _BRATS, _WHOLE, finds="to be covered by core and oedema, but nothing of them is marked"),
        Case("no whole", _BRATS, (_CORE, _OEDEMA)),
        Case(
            "two wholes on one image",
            _BRATS,
            (
                Drawn(text="##..\n##..", class_name="tumour"),
                Drawn(text="...#\n....", class_name="tumour"),
                _CORE,
            ),
            finds="only 80 % is covered",
        ),
        Case(
            "the parts lie on another image",
            _BRATS,
            (
                Drawn(text="##", class_name="tumour", item_index=0),
                Drawn(text="##", class_name="core", item_index=1),
            ),
            finds="nothing of them is marked",
        ),
        Case(
            "a part reaches beyond, and may",
            _BRATS,
            (Drawn(text="##..", class_name="tumour"), Drawn(text="####", class_name="core")),
        ),
        Case(
            "parts reach beyond",
            {**_BRATS, "inside_min_fraction": 1.0, "titles": {"tumour": "Whole tumour"}},
            (Drawn(text="###.\n###.", class_name="tumour"), _CORE, _OEDEMA),
            finds="reaching beyond Whole tumour with 4 mm²: only 75 % lies inside; 100 % must",
            spacing=_LONG,
        ),
        Case(
            "one part reaches beyond",
            {**_BRATS, "inside_min_fraction": 0.8},
            (Drawn(text="##..", class_name="tumour"), Drawn(text="####", class_name="core")),
            finds="reaching beyond tumour with 2 mm²: only 50 % lies inside; 80 % must",
        ),
        Case(
            "one part reaches beyond by more than the tolerance",
            {**_BRATS, "inside_min_fraction": 0.8, "tolerance_mm": 1.0},
            (Drawn(text="##..", class_name="tumour"), Drawn(text="####", class_name="core")),
            finds="by 2 mm; at most 1 mm is allowed",
        ),
        Case(
            "as much lies inside as is asked for",
            {**_BRATS, "inside_min_fraction": 0.75},
            (Drawn(text="###.\n###.", class_name="tumour"), _CORE, _OEDEMA),
        ),
        Case(
            "parts reach beyond by the tolerance",
            {**_BRATS, "inside_min_fraction": 1.0, "tolerance_mm": 2.0},
            (Drawn(text="####\n....", class_name="tumour"), _CORE, _OEDEMA),
            spacing=_LONG,
        ),
        Case(
            "parts reach beyond by more than the tolerance",
            {**_BRATS, "inside_min_fraction": 0.9, "tolerance_mm": 1.9},
            (Drawn(text="####\n....", class_name="tumour"), _CORE, _OEDEMA),
            finds="reaching beyond tumour with 8 mm², by 2 mm; at most 1.9 mm is allowed",
            spacing=_LONG,
        ),
        Case(
            "parts of no whole",
            {**_BRATS, "inside_min_fraction": 0.9},
            (_CORE, _OEDEMA),
            finds="to lie inside tumour, but no tumour is marked",
        ),
        Case("nothing is marked", {**_BRATS, "inside_min_fraction": 0.9}, Drawn(text="#")),
        Case(
            "an excluded area need not be covered",
            _BRATS,
            (
                Drawn(text="###", class_name="tumour", excluded=(Drawn(text="..#", class_name="air"),)),
                Drawn(text="##.", class_name="core"),
            ),
        ),
        Case(
            "a part that does not decode",
            _BRATS,
            (_WHOLE, Drawn(text="##", class_name="core", undecodable="cut off")),
            cannot="cut off",
        ),
    )
