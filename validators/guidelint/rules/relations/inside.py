"""The rule ``inside``."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from guidelint.annotation.places import pixels_of
from guidelint.geometry.measures.overlap import contained_fraction, outside_distance_mm
from guidelint.geometry.memo import memo
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.geometry.spacing import Spacing
from guidelint.validation.rule.case import Case, Drawn
from guidelint.validation.rule.condition import OneAlone
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.parameters.amount import OverlapFraction, SlackMm
from guidelint.validation.rule.parameters.bound import Lower, Upper
from guidelint.validation.rule.parameters.naming import AreaClass, ClassName, Within
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.titles import ClassTitles
from guidelint.validation.rule.wording import either, measure, percent, unless_all
from guidelint.validation.scopes.submission import SubmissionRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.geometry.mask import Mask
    from guidelint.validation.rule.names import Names


class _Around:
    """All regions of the classes around on one image, laid together once."""

    def __init__(self, regions: tuple[Region, ...]) -> None:
        self.regions = regions

    @property
    def mask(self) -> Mask:
        return memo.ask(_together, *self.regions)


def _together(*regions: Region) -> Mask:
    return reduce(or_, (region.drawn_mask for region in regions))


class Inside(SubmissionRule):
    """Every region of one class lies inside the regions of another, or of several taken together.

    ## Why
    A tumour core outside the tumour, a tooth outside the jaw: one of the two outlines is wrong, or one has the wrong
    class.

    ## How it is measured
    Share of the child's pixels that lie in any region of the parent class, or of any of several, on the same image, or
    on any image of the task where all show the same pixels (`images: one_grid: true`). What sticks out by no more than
    the tolerance, from pixel centre to pixel centre, is forgiven. A point is the pixel it stands on.

    ## Source
    BraTS nests its tumour classes (Menze et al. 2015, doi 10.1109/TMI.2014.2377694).
    """

    child: Annotated[ClassName, Within("parent")]
    """Class that lies inside."""
    parent: Annotated[tuple[AreaClass, ...], Field(min_length=1), OneAlone()]
    """Class around it; of several, all their regions together are."""
    min_fraction: Annotated[OverlapFraction, Lower("share inside")] = 1.0
    """Smallest share of the child's pixels inside, from 0 to 1."""
    tolerance_mm: Annotated[SlackMm, Upper("distance outside")] = 0.0
    """How far the rest may stick out, in mm."""
    titles: ClassTitles = {}
    """The classes as annotators see them: class → title."""

    says = {
        "no-parent": Says(
            "to lie inside {parent}, but no {parent} is marked",
            "Mark {parent} as well, or choose another class for this region.",
        ),
        "outside": Says(
            "only {inside} lies inside {parent}; {limit} must",
            "Correct whichever of the two is drawn wrong.",
            of_first=True,
        ),
        "too-far": Says(
            "sticking out of {parent} by {distance}; at most {tolerance} is allowed",
            "Correct whichever of the two is drawn wrong.",
            of_first=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        child, parent = names.class_(self.child), self._around(names)
        least = unless_all(self.min_fraction)
        inside = f"inside {parent}, at least {least} of it" if least else f"wholly inside {parent}"
        beyond = f", or sticks out by at most {measure(self.tolerance_mm, 'mm')}" if self.tolerance_mm else ""
        return f"Every {child} lies {inside}{beyond}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        child, parent = names.class_(self.child), self._around(names)
        beyond = f" and it sticks out by over {measure(self.tolerance_mm, 'mm')}" if self.tolerance_mm else ""
        return f"less than {percent(self.min_fraction)} of any {child} lies inside {parent}{beyond}"

    def _around(self, names: Names) -> str:
        return f"{names.kinds(self.parent)}{' taken together' if self.parent[1:] else ''}"

    def check(self, submission: Submission) -> Iterator[Reply]:
        """Compare every child with all parents on its image together."""
        children = submission.of_class(self.child)
        parents = tuple(region for name in self.parent for region in submission.of_class(name))
        for inner, outer in zip(submission.by_grid(children), submission.by_grid(parents), strict=True):
            yield from self._on_image(inner, outer)

    def _on_image(self, children: tuple[Region, ...], parents: tuple[Region, ...]) -> Iterator[Reply]:
        around = _Around(parents)
        name = either(self.titles.get(parent, parent) for parent in self.parent)
        for child in children:
            if not parents:
                yield self.departs("no-parent", child, parent=name)
                continue
            try:
                yield from self._judge(child, around, name)
            except NotMeasurable as error:
                yield CannotTell(str(error), (child, *parents))

    def _judge(self, child: Region, parents: _Around, name: str) -> Iterator[Departure]:
        around = parents.mask
        mask = pixels_of(child)
        fraction = contained_fraction(mask, around)
        if fraction >= self.min_fraction:
            return
        if not self.tolerance_mm:
            share, limit = Quantity(100.0 * fraction, "%"), Quantity(100.0 * self.min_fraction, "%")
            yield self.departs("outside", child, *parents.regions, inside=share, parent=name, limit=limit)
            return
        distance = outside_distance_mm(mask, around, child.known_spacing)
        if distance > self.tolerance_mm:
            out, tolerance = Quantity(distance, "mm"), Quantity(self.tolerance_mm, "mm")
            yield self.departs("too-far", child, *parents.regions, parent=name, distance=out, tolerance=tolerance)

    cases = (
        Case(
            "inside",
            {"child": "core", "parent": "tumour"},
            (Drawn(text="####", class_name="tumour"), Drawn(text=".##.", class_name="core")),
        ),
        Case(
            "half outside",
            {"child": "core", "parent": "tumour"},
            (Drawn(text="##..", class_name="tumour"), Drawn(text=".##.", class_name="core")),
            finds="only 50 % lies inside tumour; 100 % must",
        ),
        Case(
            "as much inside as is asked for",
            {"child": "core", "parent": "tumour", "min_fraction": 0.5},
            (Drawn(text="##..", class_name="tumour"), Drawn(text=".##.", class_name="core")),
        ),
        Case(
            "inside two parents together",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="##..", class_name="tumour"),
                Drawn(text="..##", class_name="tumour"),
                Drawn(text=".##.", class_name="core"),
            ),
        ),
        Case(
            "inside two classes together",
            {"child": "core", "parent": ["enhancing", "oedema"]},
            (
                Drawn(text="##..", class_name="enhancing"),
                Drawn(text="..##", class_name="oedema"),
                Drawn(text=".##.", class_name="core"),
            ),
        ),
        Case(
            "inside one of two classes, of which the other is not marked",
            {"child": "core", "parent": ["enhancing", "oedema"]},
            (Drawn(text="..##", class_name="oedema"), Drawn(text="..##", class_name="core")),
        ),
        Case(
            "partly outside of two classes together",
            {"child": "core", "parent": ["enhancing", "oedema"], "titles": {"oedema": "Oedema"}},
            (
                Drawn(text="#...", class_name="enhancing"),
                Drawn(text="..##", class_name="oedema"),
                Drawn(text=".##.", class_name="core"),
            ),
            finds="only 50 % lies inside enhancing or Oedema; 100 % must",
        ),
        Case(
            "neither of two classes is marked",
            {"child": "core", "parent": ["enhancing", "oedema"]},
            Drawn(text="##", class_name="core"),
            finds="to lie inside enhancing or oedema, but no enhancing or oedema is marked",
        ),
        Case(
            "sticks out of two classes together by the tolerance",
            {"child": "core", "parent": ["enhancing", "oedema"], "tolerance_mm": 1.0},
            (
                Drawn(text="#...", class_name="enhancing"),
                Drawn(text="..#.", class_name="oedema"),
                Drawn(text="####", class_name="core"),
            ),
        ),
        Case(
            "sticks out of two classes together by more",
            {"child": "core", "parent": ["enhancing", "oedema"], "tolerance_mm": 1.0},
            (
                Drawn(text="#....", class_name="enhancing"),
                Drawn(text="..#..", class_name="oedema"),
                Drawn(text="#####", class_name="core"),
            ),
            finds="sticking out of enhancing or oedema by 2 mm; at most 1 mm is allowed",
        ),
        Case(
            "no parent at all",
            {"child": "core", "parent": "tumour", "titles": {"tumour": "Whole tumour"}},
            Drawn(text="##", class_name="core"),
            finds="to lie inside Whole tumour, but no Whole tumour is marked",
        ),
        Case(
            "the parent is on another image",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="##", class_name="tumour", item_index=0),
                Drawn(text="##", class_name="core", item_index=1),
            ),
            finds="to lie inside tumour, but no tumour is marked",
        ),
        Case(
            "the parent is on another image of one grid",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="##.", class_name="tumour", item_index=0),
                Drawn(text=".##", class_name="core", item_index=1),
            ),
            finds="only 50 % lies inside tumour",
            of_task={"flair": "FLAIR", "t1c": "T1c"},
            one_grid=True,
        ),
        Case("nothing to lie inside", {"child": "core", "parent": "tumour"}, Drawn(text="##", class_name="tumour")),
        Case(
            "sticks out by the tolerance",
            {"child": "core", "parent": "tumour", "tolerance_mm": 2.0},
            (Drawn(text="##\n..", class_name="tumour"), Drawn(text="##\n##", class_name="core")),
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case(
            "sticks out by more",
            {"child": "core", "parent": "tumour", "tolerance_mm": 1.9},
            (Drawn(text="##\n..", class_name="tumour"), Drawn(text="##\n##", class_name="core")),
            finds="sticking out of tumour by 2 mm; at most 1.9 mm is allowed",
            spacing=Spacing(row_mm=2.0, column_mm=1.0),
        ),
        Case(
            "sticks out, and the spacing is not known",
            {"child": "core", "parent": "tumour", "tolerance_mm": 1.0},
            (Drawn(text="##\n..", class_name="tumour"), Drawn(text="##\n##", class_name="core")),
            cannot="pixel spacing",
            spacing=None,
        ),
        Case(
            "a point inside",
            {"child": "core", "parent": "tumour"},
            (Drawn(text="##", class_name="tumour"), Drawn(text=".#", as_="keypoint", class_name="core")),
        ),
        Case(
            "a point outside",
            {"child": "core", "parent": "tumour"},
            (Drawn(text="##.", class_name="tumour"), Drawn(text="..#", as_="keypoint", class_name="core")),
            finds="0 % lies inside tumour",
        ),
        Case(
            "a point on the first pixel",
            {"child": "core", "parent": "tumour"},
            (Drawn(text="#", class_name="tumour"), Drawn(text="#", as_="keypoint", class_name="core")),
        ),
        Case(
            "a point to the right of the image",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="#", class_name="tumour"),
                Drawn(text="#", as_="keypoint", class_name="core", shift=(1.0, 0.0)),
            ),
            cannot="the point lies outside the image",
        ),
        Case(
            "a point below the image",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="#", class_name="tumour"),
                Drawn(text="#", as_="keypoint", class_name="core", shift=(0.0, 1.0)),
            ),
            cannot="the point lies outside the image",
        ),
        Case(
            "a parent that does not decode",
            {"child": "core", "parent": "tumour"},
            (Drawn(text="##", class_name="tumour", undecodable="cut off"), Drawn(text="##", class_name="core")),
            cannot="cut off",
        ),
        Case(
            "a point to the left of the image",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="#", class_name="tumour"),
                Drawn(text="#", as_="keypoint", class_name="core", shift=(-1.0, 0.0)),
            ),
            cannot="the point lies outside the image",
        ),
        Case(
            "a point above the image",
            {"child": "core", "parent": "tumour"},
            (
                Drawn(text="#", class_name="tumour"),
                Drawn(text="#", as_="keypoint", class_name="core", shift=(0.0, -1.0)),
            ),
            cannot="the point lies outside the image",
        ),
        Case(
            "less inside than the share that is asked for",
            {"child": "core", "parent": "tumour", "min_fraction": 0.75},
            (Drawn(text="##..", class_name="tumour"), Drawn(text=".##.", class_name="core")),
            finds="only 50 % lies inside tumour; 75 % must",
        ),
    )
