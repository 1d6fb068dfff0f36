"""From nothing to scenes that are accepted, and from those to everything that lies one change away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from heapq import heappop, heappush
from itertools import count, islice
from random import Random
from typing import TYPE_CHECKING, Final

from guidelint.checking.examples.drawing.scene import Scene, between
from guidelint.checking.examples.outcome import plain_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from guidelint.checking.examples.drawing.judge import Drawing, SceneJudge
    from guidelint.checking.examples.drawing.moves import Moves

_MOST_SCENES: Final = 400
_MOST_ANSWERS: Final = 8
_REQUIRED: Final = "required-attribute"
_FOLLOWS: Final = "derived-answer"
_MOST_ANSWERED: Final = 300
_HALVINGS: Final = 16
_CROSSED_ENOUGH: Final = 2
"""So often one border is looked for from one scene."""
_MOST_KINDS: Final = 60
Border = frozenset[tuple[str, str]]
"""What is found on one side of it: clauses, and kinds of departure."""
_GRAVEST: Final = {"accepted": 0, "escalated": 1, "unverified": 2, "returned": 3}


def accepted_of_each(moves: Moves, judge: SceneJudge) -> dict[str, Drawing]:
    """Find an accepted scene with a mark of each class; those that need another class beside are found after that."""
    found: dict[str, Drawing] = {}
    for _ in range(2):
        for name in moves.guideline.classes:
            if name not in found and (drawing := accepted_with(name, moves, judge)) is not None:
                found[name] = drawing
                moves.known[name] = next(mark for mark in drawing.scene.marks if mark.of == name)
    return found


def accepted_with(name: str, moves: Moves, judge: SceneJudge) -> Drawing | None:
    """Find a scene with a mark of a class that is accepted, or else escalated; None: none is found."""
    return _climbed(moves.begun(moves.mark(name)), lambda one: any(mark.of == name for mark in one.marks), moves, judge)


def accepted_empty(moves: Moves, judge: SceneJudge) -> Drawing | None:
    """Find a scene with no mark that is accepted."""
    return _climbed(moves.begun(), lambda one: not one.marks, moves, judge)


def _climbed(begin: Scene, fits: Callable[[Scene], bool], moves: Moves, judge: SceneJudge) -> Drawing | None:
    """Change what is departed from until nothing is; where that leads nowhere, change anything."""
    first = completed(begin, moves, judge)
    repaired = _best(first, lambda one: filter(fits, moves.repairing(one)), moves, judge)
    if repaired.is_accepted:
        return repaired
    best = _best(first, lambda one: filter(fits, moves.of(one.scene, one.measured)), moves, judge)
    return next((one for one in (best, repaired) if one.is_handed_on), None)


def _best(first: Drawing, changes: Callable[[Drawing], Iterator[Scene]], moves: Moves, judge: SceneJudge) -> Drawing:
    """Go on from the best scene that is known, change by change, as soon as one is better."""
    order, seen = count(), {repr(first.scene)}
    waiting = [_Waiting(first, next(order), changes(first))]
    left, best = _MOST_SCENES, first
    while waiting and left:
        here = heappop(waiting)
        best = min(best, here.drawing, key=_badness)
        if here.drawing.is_accepted:
            return here.drawing
        for scene in here.changes:
            if repr(scene) in seen:
                continue
            seen.add(repr(scene))
            left -= 1
            other = completed(scene, moves, judge)
            heappush(waiting, _Waiting(other, next(order), changes(other)))
            if _badness(other) < _badness(here.drawing):
                heappush(waiting, here)
                break
            if not left:
                break
    return best


def completed(scene: Scene, moves: Moves, judge: SceneJudge) -> Drawing:
    """Judge a scene once all questions are answered that must be, and whatever follows from others as it does."""
    drawing = judge.judged(scene)
    for _ in range(_MOST_ANSWERS):
        before = scene
        for one in drawing.prepared.outcome.findings:
            marks = tuple(region.number for region in one.regions)
            if one.rule == _REQUIRED:
                scene = moves.answered(scene, one.clause.split(".")[1], marks, drawing.measured)
            elif one.rule == _FOLLOWS and "value" in one.evidence:
                scene = moves.following(scene, one.clause.split(".")[1], marks, plain_value(one.evidence["value"]))
        if scene == before:
            break
        drawing = judge.judged(scene)
    return drawing


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A scene whose changes are still to be tried."""

    drawing: Drawing
    number: int
    changes: Iterator[Scene]

    def __lt__(self, other: _Waiting) -> bool:
        return (_badness(self.drawing), self.number) < (_badness(other.drawing), other.number)


def _badness(drawing: Drawing) -> tuple[int, int, int]:
    outcome = drawing.prepared.outcome
    return len(outcome.findings), _GRAVEST.get(outcome.decision, 3), len(drawing.scene.marks)


def among_readers(base: Drawing, moves: Moves, judge: SceneJudge) -> Iterator[Drawing]:
    """Yield what several readers may hand in of a scene, and where they no longer agree."""
    alike = [judge.judged(scene) for scene in moves.of_readers(base.scene)]
    yield from alike
    agreed = next((one for one in alike if one.is_handed_on and one.scene.readings), None)
    if agreed is not None:
        for scene in moves.of_readers(agreed.scene):
            yield (other := judge.judged(scene))
            yield from _border(agreed, other, judge, Counter())


def beside(base: Drawing, moves: Moves, judge: SceneJudge) -> Iterator[Drawing]:
    """Yield all that lies one change away from a scene, and where the border lies in between.

    A change that asks for further answers is shown without them, and with them.
    """
    crossed: Counter[Border] = Counter()
    for scene in moves.of(base.scene):
        other = judge.judged(scene)
        yield other
        yield from _border(base, other, judge, crossed)
        if (whole := completed(scene, moves, judge)) is not other:
            yield whole
        if whole.is_handed_on and len(scene.marks) > len(base.scene.marks):
            yield from _border(whole, judge.judged(_laid_upon(whole.scene)), judge, crossed)
    yield from _of_derived(base, moves, judge)


def of_other_sizes(bases: Iterable[Drawing], moves: Moves, judge: SceneJudge) -> Iterator[Drawing]:
    """Yield scenes of other sizes, from one of each kind that is asked other things."""
    kinds: dict[str, Drawing] = {}
    for one in bases:
        kinds.setdefault(moves.depends_on(one), one)
    for base in islice(kinds.values(), _MOST_KINDS):
        yield from map(judge.judged, moves.sizes(base.scene))


def toward(
    seeds: Iterable[Drawing], turns: Callable[[Drawing], bool], moves: Moves, judge: SceneJudge
) -> Iterator[Drawing]:
    """Yield scenes just before and just behind where something turns, beginning with some on the one side."""
    for seed in seeds:
        for scene in moves.sizes(seed.scene):
            if between(seed.scene, scene, 1.0) == scene and not turns(judge.judged(scene)):
                yield from _halved(seed, judge.judged(scene), turns, judge)


def _laid_upon(scene: Scene) -> Scene:
    """Lay the last mark upon the first."""
    first, last = scene.marks[0], scene.marks[-1]
    moved = replace(last, x=first.x, y=first.y, width=first.width, height=first.height)
    return scene.with_mark(len(scene.marks) - 1, moved)


def _of_derived(base: Drawing, moves: Moves, judge: SceneJudge) -> Iterator[Drawing]:
    """Yield scenes in which two or three answers are others, where something follows from answers."""
    if not base.prepared.outcome.derived and not moves.derives:
        return
    chance = Random(0)  # noqa: S311 - the same every time
    for _ in range(_MOST_ANSWERED):
        scene = base.scene
        for _ in range(chance.randint(2, 4)):
            scene = moves.answered_anyhow(scene, chance)
        yield completed(scene, moves, judge)
        yield judge.judged(scene)


def _border(base: Drawing, other: Drawing, judge: SceneJudge, crossed: Counter[Border]) -> Iterator[Drawing]:
    """Halve the way to where something is found, or no longer is, until the two lie close together."""
    border = other.found ^ base.found
    if not border or crossed[border] >= _CROSSED_ENOUGH or between(base.scene, other.scene, 1.0) != other.scene:
        return
    crossed[border] += 1
    where = min(border)[0]
    for one in _halved(other, base, lambda drawing: border <= drawing.found ^ base.found, judge):
        yield replace(one, border=where)


def _halved(
    inside: Drawing, outside: Drawing, turns: Callable[[Drawing], bool], judge: SceneJudge
) -> tuple[Drawing, ...]:
    """Halve the way between two scenes of which something is true of the first, until they lie close together."""
    for _ in range(_HALVINGS):
        middle = between(outside.scene, inside.scene, 0.5)
        if middle is None:
            return ()
        drawing = judge.judged(middle)
        if turns(drawing):
            inside = drawing
        else:
            outside = drawing
    return outside, inside
