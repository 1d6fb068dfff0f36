"""Pictures of a rule as a guideline uses it: drawings of the rule's cases, judged with the guideline's own limits.

A drawing has no size of its own: at one distance of its pixels it may keep a limit in mm, at another not. Each is
judged at many, and shown just before and just behind the limit.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from math import log
from typing import TYPE_CHECKING, Final

from msgspec import structs
from pydantic import ValidationError

from guidelint.checking.handbook.pictures.asked import may_be_asked
from guidelint.checking.handbook.pictures.figure import figure
from guidelint.checking.handbook.pictures.looks import as_ellipse, is_odd
from guidelint.checking.handbook.pictures.of_several import SeveralPictures
from guidelint.checking.handbook.pictures.reasons import NO_BREAK, decided, why
from guidelint.checking.handbook.pictures.scene import Scene
from guidelint.checking.handbook.pictures.sizes import spacings_mm
from guidelint.checking.handbook.pictures.view import at_one_scale
from guidelint.geometry.spacing import Spacing
from guidelint.language.form.places.places import classes_of
from guidelint.validation.cases.run import made_for
from guidelint.validation.drawing.text import DrawingError, drawings, several, submission_of
from guidelint.validation.judging.judge import judge

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree import ElementTree as ET

    from guidelint.annotation.region import Region
    from guidelint.annotation.submission import Submission
    from guidelint.checking.handbook.pictures.figure import Look
    from guidelint.checking.handbook.pictures.scene import Outcome
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.plan import Check, Plan
    from guidelint.validation.rule.case import Case
    from guidelint.validation.rule.rule import Rule

_NOT_DRAWN: Final = frozenset({"agreement", "answers", "deliveries", "images", "structure", "work"})
"""Families of rules about which a drawing tells nothing."""
_MOST_MARKS, _MOST_KINDS, _MOST_SIZED = 6, 3, 12
_NO_TOOL: Final = 8.0
"""By so much a drawing is the worse that is drawn with a tool the class does not have."""


def can_be_drawn(rule: Rule) -> bool:
    """Whether a drawing tells anything about a rule."""
    family = type(rule).__module__.split(".")[2:3]
    return not rule.always and bool(type(rule).cases) and _NOT_DRAWN.isdisjoint(family)


@dataclass(frozen=True)
class CasePictures:
    """Draws the rules of one guideline."""

    guideline: Guideline
    plan: Plan
    look: Look

    def of(self, check: Check) -> Iterator[ET.Element]:
        """Show a rule as it is used: accepted, then each way to depart from it; nothing where none can be drawn."""
        if not can_be_drawn(check.rule):
            yield from self._of_several(check)
            return
        tried = list(self._all_tried(check))
        departing = [one for one in tried if one.judged.kind]
        kinds = tuple(dict.fromkeys(one.judged.kind for one in departing))[:_MOST_KINDS]
        best = [min((one for one in departing if one.judged.kind == kind), key=_rank) for kind in kinds]
        if not best:
            yield from self._of_several(check)
            return
        kept = [one for one in tried if not one.judged.kind]
        beside = min(kept, key=lambda one: (one.case is not best[0].case, _rank(one)), default=None)
        shown = [*([beside] if beside else []), *best]
        has_scale = any(one.has_scale for one in shown)
        scenes = at_one_scale([one.scene(with_scale=has_scale) for one in shown])
        yield from (
            figure((scene,), one.outcome, one.words, self.look) for scene, one in zip(scenes, shown, strict=True)
        )

    def _of_several(self, check: Check) -> Iterator[ET.Element]:
        """Show a rule that goes by more than one drawing."""
        if check.rule.always:
            return
        for one in SeveralPictures(self.guideline, self.plan, self.look).of(check):
            yield figure(one.scenes(self.guideline), one.outcome, one.words(self.look), self.look)

    def _all_tried(self, check: Check) -> Iterator[_Tried]:
        """Try cases in their order, of those that size decides only so many as give a choice."""
        sized = 0
        for case in type(check.rule).cases:
            found = tuple(self._tried(check, case))
            yield from found
            sized += len(found) > 1
            if sized == _MOST_SIZED:
                return

    def _tried(self, check: Check, case: Case) -> Iterator[_Tried]:
        """Judge a case at every size, under the one check."""
        drawn = drawings(case)
        if (
            several(case)
            or case.over_slices
            or case.of_task
            or case.pixels
            or case.previous
            or not 0 < len(drawn) <= _MOST_MARKS
        ):
            return
        if any(is_odd(one) for one in drawn) or len({one.item_index for one in drawn}) > 1:
            return
        named = self._named(check, case)
        if named is None:
            return
        at_mm = cache(partial(self._judged, check, case, named))
        sizes_mm = spacings_mm(lambda mm: (one := at_mm(mm)) and (one.is_asked, one.kind))
        judged = [(mm, at_mm(mm)) for mm in sizes_mm]
        if any(one is None for _, one in judged):
            return
        asked = [(mm, one) for mm, one in judged if one is not None and one.is_asked]
        is_sized = len(sizes_mm) > 1
        for at, (mm, one) in enumerate(asked):
            is_near = len({other.kind for _, other in asked[max(at - 1, 0) : at + 2]}) > 1
            without_tool = self._without_tool(one.submission)
            yield _Tried(case, one, mm, is_sized, is_near, without_tool, bool(classes_of(check.rule)), self.look)

    def _named(self, check: Check, case: Case) -> dict[str, str] | None:
        """Name for each class of a case the one that is drawn in its place; None: it cannot be told."""
        try:
            of_case = classes_of(made_for(type(check.rule), case).checks[0].rule)
        except ValidationError:
            return None
        of_rule = classes_of(check.rule)
        named = dict(zip(of_case, of_rule, strict=False))
        own = [*of_rule] or [name for name in self.guideline.classes if check.classes is None or name in check.classes]
        others = {one.class_name for one in drawings(case)} - named.keys()
        if None in others or (len(others) > 1):
            return None
        return named | {name: own[0] for name in others if name and own}

    def _judged(self, check: Check, case: Case, named: dict[str, str], spacing_mm: float) -> _Judged | None:
        """Judge by one check; None where something cannot be told, or the drawing cannot be read."""
        case = replace(case, spacing=Spacing(spacing_mm, spacing_mm))
        plan = replace(self.plan, checks=(replace(check, when=None),))
        drawn = [replace(one, class_name=named[one.class_name or ""]) for one in drawings(case)]
        if len(drawn) == 1 and _looks_at_ellipses(check):
            drawn = [as_ellipse(drawn[0])]
        try:
            submission = submission_of(case, tuple(drawn))
        except DrawingError:
            return None
        titled = replace(submission, regions=tuple(map(self._titled, submission.regions)))
        findings = judge(plan, titled).findings
        if any(finding.outcome != "departs" for finding in findings):
            return None
        return _Judged(titled, next(iter(findings), None), may_be_asked(check, titled))

    def _titled(self, region: Region) -> Region:
        return structs.replace(region, class_title=self.look.titles[region.class_name or ""])

    def _without_tool(self, submission: Submission) -> bool:
        classes = self.guideline.classes
        return any(region.tool not in classes[region.class_name or ""].draw for region in submission.regions)


@dataclass(frozen=True, slots=True)
class _Judged:
    """What came of a drawing."""

    submission: Submission
    finding: Finding | None
    is_asked: bool
    """Whether the rule is asked of it, under the condition of its use."""

    @property
    def kind(self) -> str:
        """In which way it departs; empty: in none."""
        return "" if self.finding is None else self.finding.kind


@dataclass(frozen=True)
class _Tried:
    """A case judged at one size."""

    case: Case
    judged: _Judged
    spacing_mm: float
    is_sized: bool
    """Whether its size decides."""
    is_near: bool
    """Whether it lies next to the limit."""
    without_tool: bool
    """Whether it is drawn as its class is not."""
    names_classes: bool
    """Whether its rule tells classes apart."""
    look: Look

    @property
    def words(self) -> str:
        """Why it departs."""
        finding, several = self.judged.finding, self.names_classes or self.judged.submission.regions[1:]
        return "" if finding is None else why(finding, self.look.titles if several else {})

    @property
    def has_scale(self) -> bool:
        """Whether millimetres matter, or are told."""
        return self.is_sized or f"{NO_BREAK}mm" in self.words

    def scene(self, *, with_scale: bool) -> Scene:
        """Give what is shown of it."""
        finding = self.judged.finding
        return Scene(
            regions=self.judged.submission.regions,
            subjects=frozenset(one.id for one in finding.regions if one.id) if finding else frozenset(),
            places=(finding.place,) if finding and finding.place else (),
            spacing_mm=self.spacing_mm if with_scale else None,
        )

    @property
    def outcome(self) -> Outcome:
        """What is decided."""
        return decided(self.judged.finding)


def _rank(one: _Tried) -> tuple[float, float]:
    far = abs(log(one.spacing_mm))
    return (_NO_TOOL if one.without_tool else 0.0) + (0.0 if one.is_near or not one.is_sized else 4.0), far


def _looks_at_ellipses(check: Check) -> bool:
    return check.rule.tools is None or "ellipse" in check.rule.tools
