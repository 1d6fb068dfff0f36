"""Groups of tasks as rows of numbers: what each would ask if so many readers read each task."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from math import comb
from statistics import fmean, pvariance
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import numpy.typing as npt

    from guidelint.checking.simulation.past import Group, Past, Reading
    from guidelint.validation.judging.plan import Plan

Row = defaultdict[str, float]
"""What is counted → how much of it a group of tasks comes to."""
TASKS, READINGS, RETURNED, UNVERIFIED = "tasks", "readings", "returned", "unverified"
SKIPPED, TIMED, SECONDS, AUDITED = "skipped", "timed", "seconds", "audited"


@dataclass(frozen=True, slots=True)
class Audited:
    """How much of accepted work is looked at once more."""

    share: float = 0.0
    classes: Mapping[str, float] = field(default_factory=dict[str, float])

    def of(self, classes: frozenset[str]) -> float:
        """Tell the share of work with these classes: the largest of theirs, or the one of all work."""
        return max((self.classes[name] for name in classes if name in self.classes), default=self.share)


@dataclass(frozen=True, slots=True)
class Units:
    """Groups of tasks, and what they come to."""

    columns: tuple[str, ...]
    values: npt.NDArray[np.float64]
    """(groups, columns)."""
    varies: npt.NDArray[np.float64]
    """Variance of each, by who reads the tasks of more readers than are wanted."""

    def column(self, name: str) -> npt.NDArray[np.float64]:
        """Give what each group comes to, (groups,)."""
        if name not in self.columns:
            return np.zeros(len(self.values))
        return self.values[:, self.columns.index(name)]


def units_of(past: Past, readers: int, audited: Audited) -> Units:
    """Count what every group asks. Of a task that more have read than will, any so many of them may be its readers."""
    rows = [_rows(group, readers, past.plan, audited) for group in past.groups.values()]
    columns = tuple(dict.fromkeys(name for row, _ in rows for name in row))

    def table(of: int) -> npt.NDArray[np.float64]:
        listed = [[row[of].get(name, 0.0) for name in columns] for row in rows]
        return np.array(listed, np.float64).reshape(len(rows), len(columns))

    return Units(columns, table(0), table(1))


def class_column(name: str) -> str:
    """Name the count of tasks on which a class is marked."""
    return f"class {name}"


def route_column(name: str) -> str:
    """Name the count of tasks that go to a route."""
    return f"route {name}"


def more_column(name: str) -> str:
    """Name the count of readings that a route asks for besides."""
    return f"readings for {name}"


def above_column(kind: str, route: str = "") -> str:
    """Name the count of series, studies or patients that are returned, or that go to a route."""
    return f"{kind} for {route}" if route else f"{kind} returned"


def _rows(group: Group, readers: int, plan: Plan, audited: Audited) -> tuple[Row, Row]:
    """Count what a group asks on average, and how far that varies (variance) with who reads it."""
    row, varies = Row(float), Row(float)
    for readings in group.tasks.values():
        for name, amount, variance in _of_task(readings, readers, plan, audited):
            row[name] += amount
            varies[name] += variance
    for kind, above in group.above.items():
        share = min(readers / max(map(len, group.tasks.values())), 1.0)
        row[above_column(kind)] += share * above.returned
        for route, count in above.routes.items():
            row[above_column(kind, route)] += share * count
    return row, varies


def _of_task(
    readings: Sequence[Reading], readers: int, plan: Plan, audited: Audited
) -> Iterator[tuple[str, float, float]]:
    many = min(readers, len(readings))
    yield TASKS, 1.0, 0.0
    yield READINGS, float(many), 0.0
    for name, of_each in (
        (RETURNED, [float(one.returned) for one in readings]),
        (UNVERIFIED, [float(one.unverified) for one in readings]),
        (SKIPPED, [float(one.skipped) for one in readings]),
        (TIMED, [float(one.lead_time_s is not None) for one in readings]),
        (SECONDS, [one.lead_time_s or 0.0 for one in readings]),
        (AUDITED, [audited.of(one.classes) if one.accepted else 0.0 for one in readings]),
    ):
        yield name, many * fmean(of_each), _variance(of_each, many)
    for name in {name for one in readings for name in one.classes}:
        marked = _any(sum(name in one.classes for one in readings), many, len(readings))
        yield class_column(name), marked, marked * (1 - marked)
    for name in {name for one in readings for name in one.routes}:
        goes = _any(sum(name in one.routes for one in readings), many, len(readings))
        more = max(plan.routes[name].readers - many, 0)
        yield route_column(name), goes, goes * (1 - goes)
        yield more_column(name), goes * more, goes * (1 - goes) * more**2


def _any(count: int, many: int, of: int) -> float:
    """Tell how likely one of ``count`` readings is among ``many`` that are drawn of all."""
    return 1.0 - comb(of - count, many) / comb(of, many)


def _variance(of_each: Sequence[float], many: int) -> float:
    """Tell how far the sum over ``many`` varies that are drawn of all without replacement."""
    of = len(of_each)
    return many * pvariance(of_each) * (of - many) / (of - 1) if of > 1 else 0.0
