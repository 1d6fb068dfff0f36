"""The rule ``copied-work``."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import combinations
from typing import TYPE_CHECKING

from guidelint.annotation.each_once import each_once
from guidelint.annotation.exact_shape import exact_shape
from guidelint.annotation.natural_order import natural
from guidelint.annotation.refs import region_ref, task_called
from guidelint.annotation.region_ref import RegionRef
from guidelint.annotation.shape import KeyPoint, Polygon, Raster
from guidelint.annotation.whole_image import is_whole_image
from guidelint.geometry.not_measurable import NotMeasurable
from guidelint.validation.rule.case import Case, Drawn, Handed
from guidelint.validation.rule.gathering import Contributed, Gathered, GatheringRule
from guidelint.validation.rule.parameters.amount import Fraction, OneOrAFew, OneOrMore
from guidelint.validation.rule.reply import CannotTell, Departure, Reply
from guidelint.validation.rule.says import Says
from guidelint.validation.rule.several import Several
from guidelint.validation.rule.wording import percent, times
from guidelint.validation.scopes.delivery import DELIVERY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from guidelint.annotation.region import Region
    from guidelint.validation.rule.names import Names
    from guidelint.validation.rule.scope import Share

OUTLINE = Drawn(text="ab.\n..c\ned.", as_="polygon")
OTHER_OUTLINE = Drawn(text="ab.\n...\nedc", as_="polygon")
BOXES, OTHER_BOXES, MORE_BOXES, STILL_MORE_BOXES = (
    tuple(Drawn(text=f"{'.' * left}{'#' * width}".ljust(12, "."), as_="rectangle") for left in lefts)
    for width, lefts in ((2, range(3)), (3, range(4)), (4, range(2)), (5, range(2)))
)
OCTAGON = Drawn(text=".ab.\nh..c\ng..d\n.fe.", as_="polygon")
HEPTAGON = (Drawn(text=".ab.\ng..c\nf..d\n..e.", as_="polygon"), Drawn(text="#########.\n" * 11))
SQUARE = Drawn(text="##########.\n" * 10)
FIVE, FOUR_PX = {"min_vertices": 5}, {"min_px": 4}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark(RegionRef):
    """A region that was made by hand, and what a copy of it is known by."""

    exact: str
    """Digest of its shape and place."""
    telling: bool
    """Whether nobody makes it twice by chance: it has many vertices or pixels."""
    among_tasks: bool
    """Whether it is compared with those of other tasks, not of other annotators."""


def _mark(ref: RegionRef, exact: str, *, telling: bool, among_tasks: bool) -> Mark:
    known = (ref.id, ref.title, ref.class_name, ref.number, ref.task, ref.annotation, ref.item)
    return Mark(*known, exact=exact, telling=telling, among_tasks=among_tasks)


def _exact(region: Region) -> str:
    """Tell which regions would be copies of this one; empty where nothing tells, or where all look the same."""
    if region.origin != "manual" or isinstance(region.shape, KeyPoint):
        return ""
    try:
        return "" if is_whole_image(region) else exact_shape(region)
    except NotMeasurable:
        return ""


class CopiedWork(GatheringRule[Mark]):
    """Nobody hands in what somebody else drew, or what they drew elsewhere.

    ## Why
    Two readings agree perfectly when one is a copy of the other, and agreement is what they were made for. A copy from
    another image shows nothing of this one.

    ## How it is measured
    Regions made by hand are compared; what a model proposed, changed or not, is not, nor is a region that covers
    its whole image. Two outlines are the same when all their vertices lie at the same places to a thousandth of a
    pixel, two masks when they have the same pixels. An outline of many vertices, or a mask of many pixels, is made
    twice by nobody: one such region in two annotations of a task, or in two tasks, is a copy. Boxes, ellipses and
    outlines of few vertices may be the same by chance, so that they count only between two annotators of one task,
    when they share several of them, and a large part of what the one with fewer has; points say nothing.

    ## Source
    A choice of this catalogue. On 1,508 slices of LIDC-IDRI (Armato et al. 2011, doi 10.1118/1.3528204) 46 outlines
    of 10 to 102 vertices are the same by two readers, and none on two slices. Of ten pathologists who placed boxes
    of one size on 20 images (Marzahl et al. 2020, doi 10.1007/978-3-030-59710-8_3), no two share more than a third
    of them.
    """

    min_vertices: OneOrAFew = 8
    """Vertices from which on the same outline is a copy."""
    min_px: OneOrMore = 100
    """Pixels from which on the same mask is a copy."""
    min_plain: OneOrAFew = 3
    """So many boxes, ellipses and small outlines must be the same to be taken for copies."""
    min_plain_fraction: Fraction = 0.5
    """Such a part of the boxes, ellipses and small outlines of whoever has fewer of them, too."""

    contribution = Mark
    revision = 2
    scope = DELIVERY
    needs = frozenset({"annotators"})
    says = {
        "by-several": Says(
            "{annotators} have handed in regions with exactly the same vertices, pixels or sides: {count} on {task}",
            "Find out who drew them, and have the task read again by somebody else.",
            names_all=True,
        ),
        "in-several": Says(
            "{count} tasks have a region with exactly these vertices or pixels: {tasks}",
            "Look at these tasks: delete what was copied and mark what is there.",
            of_first=True,
        ),
    }

    def told(self, names: Names) -> str:
        """Tell annotators what is asked."""
        return f"Every {names.kind} is drawn anew: {self._known_by()} is a copy."

    def told_if(self, names: Names) -> str:
        """Tell annotators when it escalates, after "if"."""
        return f"any {names.kind} is copied, which is known by {self._known_by()}"

    def _known_by(self) -> str:
        telling = f"the same outline from {self.min_vertices} vertices on, the same mask from {self.min_px} pixels on"
        part = percent(self.min_plain_fraction)
        return f"{telling}, or by two annotators {self.min_plain} boxes or more, {part} of what the one with fewer has,"

    def compares_at_least(self) -> int:
        """Ask for a shape and its copy."""
        return 2

    def gather(self, share: Share) -> Iterator[Gathered[Mark]]:
        """Put regions by hand with the others of their task, and telling ones with those that are the same."""
        submission = share.submission
        for region in each_once(share.regions):
            if exact := _exact(region):
                ref, telling = region_ref(region, submission), self._is_telling(region)
                of_one = replace(ref, title=f"{region.title} of annotation {submission.annotation}")
                yield Gathered(_mark(of_one, exact, telling=telling, among_tasks=False), f"task {submission.task}")
                if telling:
                    yield Gathered(_mark(ref, exact, telling=telling, among_tasks=True), exact)

    def _is_telling(self, region: Region) -> bool:
        match region.shape:
            case Polygon(points=points):
                return len(points) >= self.min_vertices
            case Raster():
                return region.drawn_mask.area_px >= self.min_px
            case _:
                return False

    def check_gathered(self, contributions: Sequence[Contributed[Mark]]) -> Iterator[Reply]:
        """Compare the annotators of one task, or the tasks with one shape."""
        if next(iter(contributions)).value.among_tasks:
            yield from self._of_several_tasks(contributions)
        else:
            yield from self._by_several_annotators(contributions)

    def _of_several_tasks(self, contributions: Iterable[Contributed[Mark]]) -> Iterator[Reply]:
        tasks = Several()
        for one in contributions:
            tasks.add(one.value, one.task, of=one.task)
        if tasks.count > 1:
            yield self.departs_by_each("in-several", tasks, count=tasks.count, tasks=tasks.named)

    def _by_several_annotators(self, contributions: Iterable[Contributed[Mark]]) -> Iterator[Reply]:
        marks: dict[str, list[Contributed[Mark]]] = defaultdict(list)
        plain: Counter[str | None] = Counter()
        for one in contributions:
            marks[one.value.exact].append(one)
            plain[one.annotator] += not one.value.telling
        shared = {exact: same for exact, same in marks.items() if len({one.annotation for one in same}) > 1}
        untold = [one.value for same in shared.values() for one in same if one.annotator is None]
        if untold:
            reason = "the same is in another annotation of the task, and it is not told who made both"
            yield CannotTell(reason, tuple(untold))
        copied = [one for exact in self._copied(shared, plain) for one in shared[exact]]
        if copied:
            yield self._by_several(copied)

    def _copied(self, shared: Mapping[str, list[Contributed[Mark]]], plain: Mapping[str | None, int]) -> list[str]:
        """List the shapes that are copies: telling ones, and plain ones where two annotators share enough of them."""
        found: set[str] = set()
        of_pairs: dict[tuple[str, str], set[str]] = defaultdict(set)
        for exact, same in shared.items():
            annotators = sorted({one.annotator for one in same if one.annotator is not None})
            for pair in combinations(annotators, 2):
                (found if all(one.value.telling for one in same) else of_pairs[pair]).add(exact)
        for (one, other), alike in of_pairs.items():
            enough = times(self.min_plain_fraction, min(plain[one], plain[other]))
            found |= alike if len(alike) >= max(self.min_plain, enough) else set()
        return [exact for exact in shared if exact in found]

    def _by_several(self, copied: Sequence[Contributed[Mark]]) -> Departure:
        shapes, annotators = {one.value.exact for one in copied}, {one.annotator or "" for one in copied}
        regions = Several()
        for one in copied:
            regions.add(one.value)
        named, (task,) = tuple(sorted(annotators, key=natural)), {task_called(one.task) for one in copied}
        return self.departs_by_each("by-several", regions, annotators=named, count=len(shapes), task=task)

    cases = (
        Case(
            "two readers who drew nearly the same",
            FIVE,
            (Handed(annotator="ann", draws=OUTLINE), Handed(annotator="bob", draws=OTHER_OUTLINE)),
        ),
        Case(
            "two readers with exactly the same outline",
            FIVE,
            (Handed(annotator="bob", draws=(OUTLINE, *BOXES[:1])), Handed(annotator="ann", draws=OUTLINE)),
            finds="ann and bob have handed in regions with exactly the same vertices, pixels or sides: 1 on task 1",
        ),
        Case(
            "the same outline of too few vertices to tell",
            {"min_vertices": 6},
            (Handed(annotator="ann", draws=OUTLINE), Handed(annotator="bob", draws=OUTLINE)),
        ),
        Case(
            "two readers with exactly the same mask",
            FOUR_PX,
            (Handed(annotator="ann", draws="##.\n##."), Handed(annotator="bob", draws="##.\n##.")),
            finds=": 1 on task 1",
        ),
        Case(
            "the same mask of too few pixels to tell",
            {"min_px": 5},
            (Handed(annotator="ann", draws="##.\n##."), Handed(annotator="bob", draws="##.\n##.")),
        ),
        Case(
            "what is copied, where nothing else is set",
            {},
            (
                Handed(annotator="ann", draws=(OCTAGON, SQUARE, *HEPTAGON)),
                Handed(annotator="bob", draws=(OCTAGON, SQUARE, *HEPTAGON)),
            ),
            finds=": 2 on task 1",
        ),
        Case(
            "one reader twice on a task, which another rule tells",
            FIVE,
            (Handed(annotation="7", draws=OUTLINE), Handed(annotation="8", draws=OUTLINE)),
        ),
        Case(
            "three boxes, of which two are the same",
            {},
            (
                Handed(annotator="ann", draws=BOXES),
                Handed(annotator="bob", draws=(*BOXES[:2], OTHER_BOXES[0])),
            ),
        ),
        Case(
            "three of six boxes the same",
            {},
            (
                Handed(annotator="ann", draws=(*BOXES, *OTHER_BOXES[:3])),
                Handed(annotator="bob", draws=(*BOXES, *OTHER_BOXES[3:], *MORE_BOXES)),
            ),
            finds=": 3 on task 1",
        ),
        Case(
            "three of seven boxes the same",
            {},
            (
                Handed(annotator="ann", draws=(*BOXES, *OTHER_BOXES)),
                Handed(annotator="bob", draws=(*BOXES, *MORE_BOXES, *STILL_MORE_BOXES)),
            ),
        ),
        Case(
            "three of seven boxes, where the other reader has no more",
            {},
            (
                Handed(annotator="ann", draws=(*BOXES, *OTHER_BOXES)),
                Handed(annotator="bob", draws=BOXES),
            ),
            finds=": 3 on task 1",
        ),
        Case(
            "what a model proposed, unchanged or given another class",
            FIVE,
            (
                Handed(annotator="ann", draws=replace(OUTLINE, origin="prediction")),
                Handed(annotator="bob", draws=replace(OUTLINE, origin="prediction-changed")),
            ),
        ),
        Case(
            "points",
            {"min_plain": 1},
            (
                Handed(annotator="ann", draws=Drawn(text="#.", as_="keypoint")),
                Handed(annotator="bob", draws=Drawn(text="#.", as_="keypoint")),
            ),
        ),
        Case(
            "the whole image",
            {"min_plain": 1, **FOUR_PX},
            (
                Handed(annotator="ann", draws=("##\n##")),
                Handed(annotator="bob", draws=("##\n##")),
            ),
        ),
        Case(
            "a mask that does not decode is told of the region",
            FOUR_PX,
            (
                Handed(annotator="ann", draws=Drawn(text="##.\n##.", undecodable="cut off")),
                Handed(annotator="bob", draws=Drawn(text="##.\n##.", undecodable="cut off")),
            ),
        ),
        Case(
            "one outline in two tasks",
            FIVE,
            (Handed(task="1", draws=OUTLINE), Handed(task="2", annotator="bob", draws=OUTLINE)),
            finds="2 tasks have a region with exactly these vertices or pixels: 1 and 2",
        ),
        Case(
            "boxes in two tasks",
            {"min_plain": 1},
            (Handed(task="1", draws=BOXES), Handed(task="2", draws=BOXES)),
        ),
        Case("it is not told who made the only one", FIVE, (Handed(annotator=None, draws=OUTLINE),)),
        Case(
            "it is not told who made one of two that are the same",
            FIVE,
            (Handed(annotator=None, draws=OUTLINE), Handed(annotator="bob", draws=OUTLINE)),
            cannot="it is not told who made both",
        ),
    )
