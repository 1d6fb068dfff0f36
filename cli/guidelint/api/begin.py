"""A check as it is asked for in Python."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, in_python
from guidelint.api.given import sources
from guidelint.api.report import Report
from guidelint.checking.adjustment import adjusted, adjustment
from guidelint.checking.baselines_of_run import baselines
from guidelint.checking.checked import Checked
from guidelint.checking.counting.totals import Totals
from guidelint.checking.delivery import Delivery
from guidelint.checking.expected.expectation import Expectation, Wanted
from guidelint.checking.expected.expected_list import expected_in
from guidelint.labelstudio.connection.address import normal_address
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guidelint.api.given import Given, Several
    from guidelint.validation.judging.plan import Plan
    from guidelint.validation.rule.rule import Level

AT_CALLER = 4
"""How many calls lie between a warning here and whoever called ``check``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """The arguments of a check."""

    baseline: str | os.PathLike[str] | None
    write_baseline: str | os.PathLike[str] | None
    expect: str | os.PathLike[str] | Iterable[str | int] | None
    select: Several
    ignore: Several
    levels: Mapping[str, Level]
    classes: Several
    annotators: Several
    tasks: Several
    server: str
    max_task_mib: int
    allow_empty: bool


def begun(plan: Plan, deliveries: Sequence[Given], wishes: Wishes) -> Report:
    """Find what is to be read and known before, and judge nothing yet."""
    if not deliveries:
        raise GuidelintError("nothing is given to be checked. Give paths or tasks: check('export.json')")
    told = adjustment(
        select=_names(wishes.select),
        ignore=_names(wishes.ignore),
        levels=[f"{rule}={level}" for rule, level in wishes.levels.items()],
        classes=_names(wishes.classes),
        annotators=_names(wishes.annotators),
        tasks=_names(wishes.tasks),
    )
    run = adjusted(plan, told, catalogue())
    given = sources(deliveries)
    known = baselines(_path(wishes.baseline), _path(wishes.write_baseline), run, given.paths)
    expectation = _expectation(wishes.expect)
    is_complete = expectation is not None
    totals = Totals(wishes.allow_empty, expectation, is_complete, run.differences, known.comparison)
    delivery = Delivery(run.plan, given.sources, wishes.max_task_mib * 2**20, run=run)
    notes = tuple(in_python(note) for note in (*given.notes, *known.notes))
    for note in notes:
        warnings.warn(note, stacklevel=AT_CALLER)
    return Report(Checked(delivery, known, totals), run.plan, _server(wishes.server), notes)


def _names(given: Several) -> tuple[str, ...]:
    """Take one name or several; a text alone is one."""
    return (str(given),) if isinstance(given, str | int) else tuple(map(str, given))


def _path(given: str | os.PathLike[str] | None) -> Path | None:
    return None if given is None else Path(given)


def _server(address: str) -> str:
    try:
        return normal_address(address) if address.strip() else ""
    except ValueError as error:
        raise GuidelintError(f"server=: {error}") from error


def _expectation(given: str | os.PathLike[str] | Iterable[str | int] | None) -> Expectation | None:
    """Take a file that tells what is expected, or the ids of tasks."""
    if given is None:
        return None
    if isinstance(given, str | os.PathLike):
        return Expectation(expected_in(Path(given)))
    return Expectation(tuple(Wanted(f"task {task}", str(task)) for task in dict.fromkeys(given)))
