"""Drawings that are worth keeping: each class shown, and whatever makes a change of the guideline noticed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from guidelint.checking.examples.drawing.judge import SceneJudge
from guidelint.checking.examples.drawing.moves import Moves
from guidelint.checking.examples.drawing.search import (
    accepted_empty,
    accepted_of_each,
    among_readers,
    beside,
    of_other_sizes,
    toward,
)
from guidelint.checking.examples.mutation.noticed import every_mutant, is_noticed, notices

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Sequence

    from guidelint.checking.examples.drawing.judge import Drawing
    from guidelint.checking.examples.mutation.mutant import Mutant
    from guidelint.checking.examples.run import Prepared, Runner
    from guidelint.language.examples.form import Example, Kind, Use

_MOST_SEEDS: Final = 6
_MOST_TRIED: Final = 20
_MOST_LOOKED_AT: Final = 300
"""So many drawings are looked at before one is drawn toward a change."""
_AT_LIMIT: Final = frozenset({"limit", "strictness"})


@dataclass(frozen=True, slots=True)
class Chosen:
    """A drawing that is worth keeping."""

    drawing: Drawing
    shows: str
    """Class that it shows; empty: none."""
    kind: Kind | None = None
    use: Use = "teach"
    about: Mutant | None = None
    """A change that it notices; None: it is kept to show the class."""


def chosen(runner: Runner, kept: Sequence[Prepared] = ()) -> Iterator[Chosen]:
    """Yield each kind of example of each class, then for each change that nothing notices yet a drawing that does.

    ``kept``: the examples that there are already.
    """
    moves, judge = Moves(runner.guideline, runner.plan), SceneJudge(runner)
    empty, bases = accepted_empty(moves, judge), accepted_of_each(moves, judge)
    around = {name: [*beside(base, moves, judge)] for name, base in bases.items()}
    if moves.are_readers_compared:
        for name, base in bases.items():
            around[name] += among_readers(base, moves, judge)
    of_nothing = [] if empty is None else [empty, *beside(empty, moves, judge)]
    taken: list[Prepared] = [*kept]
    there = {_role(one.found.example) for one in kept}
    for one in (*_shown(bases, around, judge), *(Chosen(drawing, "") for drawing in of_nothing[:1])):
        if (one.shows, one.kind, one.use) not in there:
            taken.append(one.drawing.prepared)
            yield one
    pool: Pool = [(drawing, name) for name, found in around.items() for drawing in (bases[name], *found)]
    pool += ((drawing, "") for drawing in of_nothing)
    mutants = (one for one in every_mutant(runner) if not one.of_visits)
    unnoticed = yield from _noticing(runner, mutants, taken, pool, _MOST_LOOKED_AT)
    if unnoticed:
        pool += [(one, _first(one)) for one in of_other_sizes((one for one, _ in pool), moves, judge)]
    for mutant in unnoticed:
        if is_noticed(runner, mutant, taken):
            continue
        drawn = (one for one in _toward(mutant, runner, pool, moves, judge) if notices(runner, mutant, one.prepared))
        toward_it: Pool = [(one, _first(one)) for one in islice(drawn, 1)]
        yield from _noticing(runner, [mutant], taken, toward_it or pool)


def _toward(mutant: Mutant, runner: Runner, pool: Pool, moves: Moves, judge: SceneJudge) -> Iterator[Drawing]:
    """Draw toward a limit from scenes of several kinds that notice it once it is moved much farther."""
    for far in mutant.farther():

        def turns(drawing: Drawing, far: Mutant = far) -> bool:
            return notices(runner, far, drawing.prepared)

        seeds: dict[object, Drawing] = {}
        tried = Counter[object]()
        for one, _ in sorted(pool, key=lambda each: len(each[0].clauses - {mutant.clause})):
            kind = one.scene.side_px, mutant.clause in one.clauses, tuple(sorted(mark.of for mark in one.scene.marks))
            if kind in seeds or tried[kind] == _MOST_TRIED:
                continue
            tried[kind] += 1
            if turns(one):
                seeds[kind] = one
        if seeds:
            yield from toward(islice(seeds.values(), _MOST_SEEDS), turns, moves, judge)
            return


Pool = list[tuple["Drawing", str]]
"""Drawings, and the class that each shows."""


def _noticing(
    runner: Runner, mutants: Iterable[Mutant], taken: list[Prepared], pool: Pool, most: int | None = None
) -> Generator[Chosen, None, list[Mutant]]:
    """Take for each change that nothing notices yet a drawing that does; give the changes that none does."""
    unnoticed: list[Mutant] = []
    for mutant in mutants:
        if is_noticed(runner, mutant, taken):
            continue
        found = (one for one in _ordered(mutant, pool)[:most] if notices(runner, mutant, one[0].prepared))
        if (best := next(found, None)) is None:
            unnoticed.append(mutant)
            continue
        taken.append(best[0].prepared)
        yield Chosen(*best, kind=_kind(*best, mutant), about=mutant)
    return unnoticed


def _first(drawing: Drawing) -> str:
    return next((mark.of for mark in drawing.scene.marks), "")


def _role(example: Example) -> tuple[str, Kind | None, Use]:
    return example.shows or "", example.kind, example.use


def _shown(bases: dict[str, Drawing], around: dict[str, list[Drawing]], judge: SceneJudge) -> Iterator[Chosen]:
    """Yield an example of each kind of each class, and one for an exam."""
    for name, base in bases.items():
        yield Chosen(base, name, "positive")
        at_border = [one for one in around[name] if one.border and _is_of(one, name)]
        departing = [one for one in around[name] if len(one.clauses) == 1 and _is_of(one, name)]
        yield from (Chosen(one, name, "negative") for one in departing[:1])
        yield from (Chosen(one, name, "borderline") for one in at_border[:2])
        yield from _examined(base, name, judge)


def _examined(base: Drawing, name: str, judge: SceneJudge) -> Iterator[Chosen]:
    """Yield what nobody has seen: the same elsewhere, and a little smaller."""
    moved = (replace(one, x=one.x - 40, y=one.y + 30, width=one.width * 0.95) for one in base.scene.marks)
    other = judge.judged(replace(base.scene, marks=tuple(moved)))
    if (other.prepared.outcome.decision, other.clauses) == (base.prepared.outcome.decision, base.clauses):
        yield Chosen(other, name, "positive", "exam")


def _is_of(drawing: Drawing, name: str) -> bool:
    return any(mark.of == name for mark in drawing.scene.marks)


def _kind(drawing: Drawing, name: str, mutant: Mutant) -> Kind | None:
    if not _is_of(drawing, name):
        return None
    return "borderline" if mutant.change.kind in _AT_LIMIT or drawing.border else "negative"


def _ordered(mutant: Mutant, pool: Pool) -> Pool:
    """Put first what departs from nothing but what is changed, then what departs from nothing."""
    return sorted(pool, key=lambda one: (len(one[0].clauses - {mutant.clause}), mutant.clause not in one[0].clauses))
