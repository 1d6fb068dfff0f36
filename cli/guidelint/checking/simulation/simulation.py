"""What a project of so many tasks will ask of every tier and route, with the range in which it will lie."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from guidelint.checking.simulation.error import SimulationError
from guidelint.checking.simulation.units import (
    AUDITED,
    READINGS,
    RETURNED,
    SECONDS,
    SKIPPED,
    TASKS,
    TIMED,
    UNVERIFIED,
    Audited,
    above_column,
    class_column,
    more_column,
    route_column,
    units_of,
)
from guidelint.statistics.drawn_projects import drawn_projects
from guidelint.statistics.entropy_balancing import balanced
from guidelint.statistics.intervals import FEWEST
from guidelint.validation.rule.subject import several

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy.typing as npt

    from guidelint.checking.simulation.past import Past
    from guidelint.checking.simulation.units import Units
    from guidelint.language.form.sections.review import Review

SHARE: Final = 0.95
MOST_TIMES: Final = 100
"""So many times as many groups as were read can be drawn: a range says nothing about a project beyond."""
_MOST_TOO_FEW: Final = 0.1
"""Share of tasks that fewer may have read than will: of more, the loads would be those of another project."""
_ALL_TIMED: Final = 0.9
"""Share of readings that must tell how long they took, or nothing is said of hours."""


@dataclass(frozen=True, slots=True)
class Project:
    """What is to come."""

    tasks: int
    readers: int = 1
    """Annotators who read each task."""
    prevalence: Mapping[str, float] = field(default_factory=dict[str, float])
    """Class → share of the tasks on which it will be marked, where it is not that of the work."""


@dataclass(frozen=True, slots=True)
class Load:
    """What somebody will be asked, as a count with the range of what 95 of 100 such projects come to."""

    what: str
    who: str
    unit: str
    expected: float
    low: float
    high: float
    within_hours: float | None = None


@dataclass(frozen=True, slots=True)
class Prevalence:
    """On how many tasks a class is marked."""

    class_name: str
    title: str
    in_past: float
    """Share of the tasks that were read."""
    expected: float
    """Share that is reckoned with."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """The load of a project to come."""

    guideline: str
    tasks: int
    readers: int
    past_tasks: int
    past_readings: int
    groups: int
    """Patients, studies, series or tasks that were drawn from."""
    grouped_by: str
    worth: float
    """How many equally weighted groups say as much (Kish 1965)."""
    loads: tuple[Load, ...]
    prevalence: tuple[Prevalence, ...]
    too_few_readers: int = 0
    """Tasks that fewer have read than will: what only further readers would find of them is not in the loads."""
    unread: int = 0
    """Records that could not be read."""
    left_out: tuple[str, ...] = ()
    """Kinds of subjects with findings that are not reckoned: deliveries, annotators."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    units: Units
    totals: npt.NDArray[np.float64]
    means: npt.NDArray[np.float64]

    def load(self, what: str, who: str, unit: str, column: str, times: float = 1.0) -> Load | None:
        """Tell a column; None: it has nothing in it."""
        if column not in self.units.columns or not self.units.column(column).any():
            return None
        place = self.units.columns.index(column)
        low, high = np.quantile(self.totals[:, place], [(1 - SHARE) / 2, (1 + SHARE) / 2]).tolist()
        return Load(what, who, unit, times * float(self.means[place]), times * low, times * high)


def simulation(past: Past, review: Review | None, project: Project) -> Simulation:
    """Tell the load of a project. Raises SimulationError where the past says nothing about it."""
    audit = review.audit if review else None
    units = units_of(past, project.readers, Audited(audit.share, audit.classes) if audit else Audited())
    groups = len(units.values)
    if groups < FEWEST:
        raise SimulationError(
            f"the work holds {groups} {several(_by(past))}, and of fewer than {FEWEST} no range can be told: give more"
        )
    sizes, tasks = units.column(TASKS), project.tasks
    too_few = sum(len(read) < project.readers for group in past.groups.values() for read in group.tasks.values())
    if too_few > _MOST_TOO_FEW * past.tasks:
        raise SimulationError(
            f"{too_few} of {past.tasks} tasks were read by fewer than {project.readers}: what more readers find, and"
            " send on, the work does not tell. Ask with the `--readers` that it has"
        )
    if tasks > MOST_TIMES * sizes.sum():
        raise SimulationError(
            f"{tasks} tasks are more than {MOST_TIMES} times the {sizes.sum():.0f} that were read: give more work, or"
            " tell the load of fewer tasks and multiply it yourself"
        )
    weights = _weights(past, units, project.prevalence)
    means = (weights @ units.values) * (tasks / float(weights @ sizes))
    drawn = _Drawn(units, drawn_projects(units.values, units.varies, sizes, weights, tasks), means)
    return Simulation(
        guideline=str(past.plan.guideline),
        tasks=tasks,
        readers=project.readers,
        past_tasks=past.tasks,
        past_readings=past.readings,
        groups=groups,
        grouped_by=_by(past),
        worth=1 / float(weights @ weights),
        loads=tuple(_loads(past, review, drawn, tasks)),
        prevalence=tuple(_prevalence(past, units, weights, project.prevalence)),
        left_out=tuple(sorted(past.left_out)),
        too_few_readers=too_few,
    )


def _by(past: Past) -> str:
    """Name what most tasks hang together by."""
    counted = Counter(group.by for group in past.groups.values())
    return counted.most_common(1)[0][0] if counted else "task"


def _weights(past: Past, units: Units, prevalence: Mapping[str, float]) -> npt.NDArray[np.float64]:
    sizes = units.column(TASKS)
    for name, share in prevalence.items():
        marked = units.column(class_column(name))
        if name not in past.plan.vocabulary.classes:
            known = ", ".join(past.plan.vocabulary.classes)
            raise SimulationError(f"{past.plan.guideline} has no class {name!r}. It has {known}")
        if (share > 0 and not marked.any()) or (share < 1 and bool((marked == sizes).all())):
            what = "no task" if share > 0 and not marked.any() else "every task"
            raise SimulationError(f"{what} of the work has {name!r} marked: it says nothing about a share of {share:g}")
    away = [units.column(class_column(name)) - share * sizes for name, share in prevalence.items()]
    if not away:
        return np.full(sizes.size, 1 / sizes.size)
    weights = balanced(np.stack(away, axis=1))
    if weights is None:
        raise SimulationError(
            "no weights of the work have all of these prevalences together: give fewer of them, or more work"
        )
    return weights


def _loads(past: Past, review: Review | None, drawn: _Drawn, tasks: int) -> Iterator[Load]:
    found = [
        drawn.load("read", "annotators", READINGS, READINGS),
        _hours(drawn),
        drawn.load("returned to be corrected", "annotators", READINGS, RETURNED),
        *(drawn.load("returned to be corrected", "annotators", several(kind), column) for kind, column in _above(past)),
        drawn.load("not verified", "whoever manages the project", READINGS, UNVERIFIED),
        drawn.load("skipped", "whoever manages the project", READINGS, SKIPPED),
    ]
    yield from (one for one in found if one is not None)
    for name, route in past.plan.routes.items():
        who = ", ".join(route.asked)
        columns = [
            ("sent to", TASKS, route_column(name)),
            ("read besides for", READINGS, more_column(name)),
            *(("sent to", several(kind), column) for kind, column in _above(past, name)),
        ]
        for done, unit, column in columns:
            told = drawn.load(f"{done} {name}", who, unit, column)
            if told is not None:
                yield replace(told, within_hours=route.within_hours)
    yield from _looked_at_again(review, drawn, tasks)


def _hours(drawn: _Drawn) -> Load | None:
    timed, readings = drawn.units.column(TIMED).sum(), drawn.units.column(READINGS).sum()
    return drawn.load("read", "annotators", "hours", SECONDS, 1 / 3600) if timed >= _ALL_TIMED * readings else None


def _above(past: Past, route: str = "") -> Iterator[tuple[str, str]]:
    kinds = dict.fromkeys(kind for group in past.groups.values() for kind in group.above)
    yield from ((kind, above_column(kind, route)) for kind in kinds)


def _looked_at_again(review: Review | None, drawn: _Drawn, tasks: int) -> Iterator[Load]:
    share = 1.0
    for name, tier in (review.tiers if review else {}).items():
        share *= tier.share
        yield Load(f"looked at again, tier {name}", tier.who, TASKS, tasks * share, tasks * share, tasks * share)
    audited = drawn.load("drawn from what was accepted", "audit", READINGS, AUDITED)
    if audited is not None:
        yield audited


def _prevalence(
    past: Past, units: Units, weights: npt.NDArray[np.float64], wanted: Mapping[str, float]
) -> Iterator[Prevalence]:
    sizes = units.column(TASKS)
    for name, entry in past.plan.vocabulary.classes.items():
        marked = units.column(class_column(name))
        expected = wanted.get(name, float(weights @ marked) / float(weights @ sizes))
        yield Prevalence(name, entry.title, float(marked.sum() / sizes.sum()), expected)
