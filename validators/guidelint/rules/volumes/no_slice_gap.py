"""The rule ``no-slice-gap``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.imaging.facts import ImageFacts
from guidelint.imaging.marked_stretch import missing_between, unmarked_between
from guidelint.imaging.slice_place import Orientation, SlicePlace
from guidelint.imaging.stack import stacked
from guidelint.validation.rule.case import ONE_MM, Case, Drawn, Handed
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import Few
from guidelint.validation.rule.reply import CannotTell
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.wording import first_few
from guidelint.validation.scopes.object import NO_NAME, NO_READER, Mark, mark_of
from guidelint.validation.scopes.series import SERIES, slices_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidelint.imaging.stack import Level, Stack, Step
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.reply import Departure, Reply
    from guidelint.validation.rule.scope import Share

DECIMALS = 3
"""Steps are told to the micrometre."""
WANTED = (
    "deliver Image Position (Patient) (0020,0032) and Image Orientation (Patient) (0020,0037) with every slice of the "
    "series"
)
WANTED_STEP = "deliver Spacing Between Slices (0018,0088), or the whole series"


@dataclass(frozen=True, slots=True)
class Slice:
    """One slice that was handed in, and what is marked on it."""

    title: str
    """For people: its task, and which image of it where there are several."""
    place: SlicePlace
    marks: tuple[Mark, ...]


def _objects(slices: Sequence[Slice]) -> Iterator[Mapping[str, Mark]]:
    """Join what bears one name and one class: slice → the first mark on it."""
    found: dict[tuple[str, str], dict[str, Mark]] = defaultdict(dict)
    for one in slices:
        for mark in one.marks:
            if mark.object_name:
                found[mark.class_name or "", mark.object_name].setdefault(one.title, mark)
    yield from found.values()


def _holes(stack: Stack, marks: Mapping[str, Mark]) -> Iterator[tuple[Level, ...]]:
    """Give each row of unmarked places between two marked ones."""
    unmarked = set(unmarked_between(stack, marks))
    for is_hole, levels in groupby(stack.levels, unmarked.__contains__):
        if is_hole:
            yield tuple(levels)


def _beside(stack: Stack, marks: Mapping[str, Mark], places: Sequence[Level]) -> tuple[str, str]:
    """Find the marked slices nearest to both ends of some places, at them or beyond."""
    first_mm, last_mm = min(place.along_mm for place in places), max(place.along_mm for place in places)
    marked = [(stack.along_mm[title], title) for title in marks]
    before = max((at_mm, title) for at_mm, title in marked if at_mm <= first_mm)
    after = min((at_mm, title) for at_mm, title in marked if at_mm >= last_mm)
    return before[1], after[1]


def _slices(count: int) -> str:
    return f"{count} slice{'s' * (count > 1)}"


def _listed(levels: Sequence[Level]) -> str:
    return first_few([level.slices[0] for level in levels], len(levels))


_HOLE = Drawn(text="#.", class_name="air", object_name="1", id="hole")
_WITH_HOLE = Drawn(text="##", object_name="1", excluded=(_HOLE,))


def _of_series(z_mm: float | None, spacing_mm: float | None = None) -> ImageFacts:
    """Make the facts of an axial slice at a height, for the cases."""
    axial = Orientation((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
    position_mm = None if z_mm is None else (0.0, 0.0, z_mm)
    problem = "the task data has no ImagePositionPatient" if z_mm is None else ""
    place = SlicePlace(position_mm, axial, spacing_mm=spacing_mm, position_problem=problem)
    return ImageFacts(spacing=ONE_MM, series_uid="1.2.3", place=place)


def _handed(*drawn: str, at_mm: Sequence[float | None] = (), spacing_mm: float | None = None) -> tuple[Handed, ...]:
    """Hand in one slice per text, each the object that it names; an empty one is without a mark."""
    heights: Sequence[float | None] = at_mm or [float(number) for number in range(len(drawn))]
    return tuple(
        Handed(
            draws=tuple(Drawn(text="#", object_name=name) for name in names.split()),
            task=str(number),
            image=_of_series(z_mm, spacing_mm),
        )
        for number, (names, z_mm) in enumerate(zip(drawn, heights, strict=True), 1)
    )


class NoSliceGap(GatheringRule[Slice]):
    """An object is marked on every slice from its first to its last, and no slice is missing in between.

    ## Why
    A volume is the sum of its slices. Where one in the middle is without a mark, the object has a hole that nobody
    meant, or two objects bear one name; where a slice was never delivered, nobody can tell what is on it.

    ## How it is measured
    Slices are put in their order along the normal of their plane, by Image Position (Patient) and Image Orientation
    (Patient); the numbers of images and tasks say nothing. An object is what bears one name and one class in one
    series, as one annotator has read it. Between its first and its last marked slice every place that was handed in
    must bear it; of several images at one place, as of several phases, one is enough. An area that is taken out of a
    region is no object.

    A slice is missing where two neighbours lie as far apart as two or more usual steps. The usual step is the median
    of the series, in proportion to the thickness of the slices where that varies, or the stated Spacing Between
    Slices; so uneven steps and a tilted gantry are no gaps. A slice that was skipped, or not annotated, is missing as
    well. An object on one slice has no gap, wherever that slice lies.

    ## Source
    DICOM PS3.3, Image Plane Module (C.7.6.2), for the order of slices; that there be no gap is a choice of this
    catalogue.
    """

    max_unmarked_slices: Few = 0
    """Most slices in a row that may be without a mark between two that bear it; more than 0 where every second or
    third slice is drawn."""

    scope = SERIES
    contribution = Slice
    needs = frozenset({"object names", "separate objects"})
    says = {
        "unmarked": Says(
            "it is marked on {before} and on {after}, but not on {slices} between them: {between}",
            "Mark it there too, or give what lies on either side names of their own.",
            of_first=True,
        ),
        "too-many-unmarked": Says(
            "it is marked on {before} and on {after}, but not on {slices} between them: {between}; no more than "
            "{limit} in a row may be left out",
            "Mark it on more of them, or give what lies on either side names of their own.",
            of_first=True,
        ),
        "missing": Says(
            "{slices} missing between {before} and {after}, which lie {distance} apart where {step} is usual, so "
            "that nobody can tell whether it goes on there",
            "Hand in the slices between, or say to whoever delivers the images that they are not there.",
            of_first=True,
            of_absence=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        most = self.max_unmarked_slices
        but = f"; up to {_slices(most)} in a row may be left out" if most else ""
        return f"Every {names.kind} is marked on every slice from its first to its last{but}."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        most = self.max_unmarked_slices
        how = f"more than {_slices(most)} in a row are without a mark" if most else "one is without a mark or missing"
        return f"of the slices from the first to the last of any {names.kind} {how}"

    def gather(self, share: Share) -> Iterator[Gathered[Slice]]:
        """Contribute every slice of the series: one without a mark counts as well."""
        taken_out = {area.id for region in share.submission.regions for area in region.excluded if area.id}
        for title, image, regions in slices_of(share):
            marks = tuple(mark_of(region, share.submission) for region in regions if region.id not in taken_out)
            yield Gathered(Slice(title, image.place, marks))

    def check_gathered(self, contributions: Sequence[Contributed[Slice]]) -> Iterator[Reply]:
        """Look for each object at the slices from its first to its last."""
        slices = [one.value for one in contributions]
        known = None not in {one.annotator for one in contributions}
        nameless = tuple(mark for one in slices for mark in one.marks if not (known and mark.object_name))
        if nameless:
            yield CannotTell(NO_NAME if known else NO_READER, nameless)
        objects = [marks for marks in (_objects(slices) if known else ()) if len(marks) > 1]
        if objects:
            yield from self._within(slices, objects)

    def _within(self, slices: Sequence[Slice], objects: Sequence[Mapping[str, Mark]]) -> Iterator[Reply]:
        try:
            stack = stacked({one.title: one.place for one in slices})
        except NotMeasurable as error:
            yield CannotTell(f"{error}; {WANTED}", tuple(mark for marks in objects for mark in marks.values()))
            return
        for marks in objects:
            yield from self._unmarked(stack, marks)
            yield from self._missing(stack, marks)

    def _unmarked(self, stack: Stack, marks: Mapping[str, Mark]) -> Iterator[Departure]:
        for hole in _holes(stack, marks):
            if len(hole) > self.max_unmarked_slices:
                before, after = _beside(stack, marks, hole)
                yield self.departs(
                    "too-many-unmarked" if self.max_unmarked_slices else "unmarked",
                    marks[before],
                    marks[after],
                    before=before,
                    after=after,
                    count=len(hole),
                    slices=_slices(len(hole)),
                    between=_listed(hole),
                    limit=self.max_unmarked_slices,
                )

    def _missing(self, stack: Stack, marks: Mapping[str, Mark]) -> Iterator[Reply]:
        try:
            gaps = missing_between(stack, marks)
        except NotMeasurable as error:
            reason = f"whether a slice is missing: {error}; {WANTED_STEP}"
            yield CannotTell(reason, tuple(marks.values()), of_absence=True)
            return
        for gap in gaps:
            before, after = _beside(stack, marks, (gap.before, gap.after))
            yield self._departs_by(gap, marks[before], marks[after])

    def _departs_by(self, gap: Step, before: Mark, after: Mark) -> Departure:
        return self.departs(
            "missing",
            before,
            after,
            before=gap.before.slices[0],
            after=gap.after.slices[0],
            slices=f"{_slices(gap.missing)} {'are' if gap.missing > 1 else 'is'}",
            distance=Quantity(gap.mm, "mm"),
            step=Quantity(round(gap.expected_mm, DECIMALS), "mm"),
        )

    cases = (
        Case("marked on every slice", {}, _handed("1", "1", "1")),
        Case(
            "one slice in the middle without a mark",
            {},
            _handed("", "1", "1", "", "1", ""),
            finds="it is marked on task 3 and on task 5, but not on 1 slice between them: task 4",
        ),
        Case("slices before the first and after the last bear nothing", {}, _handed("", "", "1", "1", "")),
        Case(
            "the order is that of positions, not that of tasks",
            {},
            _handed("1", "", "1", at_mm=(0.0, 2.0, 1.0), spacing_mm=1.0),
        ),
        Case(
            "three slices in a row",
            {},
            _handed("1", "", "", "", "1"),
            finds="not on 3 slices between them: task 2, task 3 and task 4",
        ),
        Case(
            "two holes in one object",
            {},
            _handed("1", "", "1", "", "1"),
            finds="not on 1 slice between them",
            times=2,
        ),
        Case(
            "a hole whose slices are all named",
            {},
            _handed("1", *[""] * 6, "1"),
            finds="not on 6 slices between them: task 2, task 3, task 4, task 5, task 6 and task 7",
        ),
        Case(
            "a hole so long that not every slice is named",
            {},
            _handed("1", *[""] * 7, "1"),
            finds="not on 7 slices between them: task 2, task 3, task 4, task 5, task 6, task 7 and 1 more",
        ),
        Case(
            "each object by itself",
            {},
            _handed("1 2", "1", "1 2"),
            finds="it is marked on task 1 and on task 3",
            why="Object 1 has no hole, object 2 has one.",
        ),
        Case(
            "objects of two classes may bear one name",
            {},
            (
                Handed(draws=Drawn(text="#", object_name="1"), task="1", image=_of_series(0.0)),
                Handed(draws="", task="2", image=_of_series(1.0)),
                Handed(draws=Drawn(text="#", object_name="1", class_name="cyst"), task="3", image=_of_series(2.0)),
            ),
        ),
        Case("as many in a row as may be left out", {"max_unmarked_slices": 2}, _handed("1", "", "", "1", "", "", "1")),
        Case(
            "one more in a row than may be left out",
            {"max_unmarked_slices": 1},
            _handed("1", "", "1", "", "", "1"),
            finds="not on 2 slices between them: task 4 and task 5; no more than 1 in a row may be left out",
        ),
        Case(
            "a slice that is not there",
            {},
            _handed("1", "1", "1", "1", at_mm=(0.0, 1.1254, 3.3762, 4.5016)),
            finds="1 slice is missing between task 2 and task 3, which lie 2.251 mm apart where 1.125 mm is usual",
        ),
        Case(
            "two slices that are not there, beside one without a mark",
            {},
            _handed("1", "", "1", "1", "1", at_mm=(0.0, 3.0, 4.0, 5.0, 6.0)),
            finds="",
            times=2,
        ),
        Case(
            "slices that are missing outside of the object",
            {},
            _handed("", "1", "1", "1", "", at_mm=(0.0, 3.0, 4.0, 5.0, 9.0), spacing_mm=1.0),
        ),
        Case("uneven steps are no gaps", {}, _handed("1", "1", "1", "1", "1", at_mm=(0.0, 1.0, 2.0, 3.4, 4.4))),
        Case(
            "a step of two slices and no other to compare it with",
            {},
            _handed("1", "1", at_mm=(0.0, 2.0)),
            cannot="there is one step only, and no spacing is stated to compare it with; deliver Spacing Between",
        ),
        Case(
            "a step of two slices by the stated spacing",
            {},
            _handed("1", "1", at_mm=(0.0, 2.0), spacing_mm=1.0),
            finds="1 slice is missing between task 1 and task 2, which lie 2 mm apart where 1 mm is usual",
        ),
        Case(
            "where a slice lies is not known",
            {},
            _handed("1", "", "1", at_mm=(0.0, None, 2.0)),
            cannot="where slice task 2 lies is not known: the task data has no ImagePositionPatient; deliver Image "
            "Position (Patient) (0020,0032)",
        ),
        Case("an object on one slice has no gap, wherever it lies", {}, _handed("1", "", at_mm=(None, None))),
        Case(
            "an object without a name cannot be joined",
            {},
            (*_handed("1", "1", "1"), Handed(draws="#", task="4", image=_of_series(3.0))),
            cannot="name the object",
        ),
        Case(
            "slices of nobody cannot be joined",
            {},
            tuple(
                Handed(draws=Drawn(text="#", object_name="1"), task=task, annotator=None, image=_of_series(z_mm))
                for task, z_mm in (("1", 0.0), ("3", 2.0))
            ),
            cannot="the annotation does not say who made it",
        ),
        Case(
            "readers are judged each by their own slices",
            {},
            (
                *_handed("1", "1", "1"),
                Handed(draws=Drawn(text="#", object_name="1"), task="1", annotator="bob", image=_of_series(0.0)),
                Handed(draws="", task="2", annotator="bob", image=_of_series(1.0)),
                Handed(draws=Drawn(text="#", object_name="1"), task="3", annotator="bob", image=_of_series(2.0)),
            ),
            finds="it is marked on task 1 and on task 3",
        ),
        Case(
            "of two images at one place one is enough",
            {},
            _handed("1", "", "1", "1", "1", at_mm=(0.0, 1.0, 1.0, 2.0, 3.0)),
        ),
        Case(
            "an area that is taken out of an object may come and go",
            {},
            tuple(
                Handed(draws=draws, task=task, image=_of_series(z_mm, 1.0))
                for task, z_mm, draws in (
                    ("1", 0.0, (_WITH_HOLE, _HOLE)),
                    ("2", 1.0, Drawn(text="##", object_name="1")),
                    ("3", 2.0, (_WITH_HOLE, _HOLE)),
                )
            ),
        ),
        Case(
            "two images without a mark at one place",
            {},
            _handed("1", "", "", "1", "1", at_mm=(0.0, 1.0, 1.0, 2.0, 3.0)),
            finds="not on 1 slice between them: task 2",
        ),
        Case(
            "two images at each place, and a slice that is not there",
            {},
            _handed("1", "1", "1", "1", at_mm=(0.0, 0.0, 2.0, 2.0), spacing_mm=1.0),
            finds="1 slice is missing between task 1 and task 3",
        ),
    )
