"""A check as it is asked for in Python."""

from __future__ import annotations

import os
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from guidelint.api.error import GuidelintError, in_python
from guidelint.api.given import sources
from guidelint.api.places import supplied_by
from guidelint.api.report import Report
from guidelint.checking.asked.adjustment import adjustment, differences_of, each_adjusted
from guidelint.checking.asked.by import By
from guidelint.checking.baselines_of_run import baselines
from guidelint.checking.checked import Checked
from guidelint.checking.counting.totals import Totals
from guidelint.checking.delivery import Delivery
from guidelint.checking.exam.passed import known_qualifications
from guidelint.checking.expected.expectation import Expectation, Wanted
from guidelint.checking.expected.expected_list import expected_in
from guidelint.checking.guidelines.alike import refuse_alike
from guidelint.checking.input.formats import decoders, searched_for
from guidelint.checking.plain.showing import Plainly
from guidelint.checking.supplied import legend_at
from guidelint.labelstudio.connection.address import normal_address
from guidelint.language.text.suggest import did_you_mean
from guidelint.rules.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    levels: Mapping[str, Level] | Several
    classes: Several
    annotators: Several
    tasks: Several
    facts: str | os.PathLike[str] | None
    qualifications: str | os.PathLike[str] | None
    images: str | os.PathLike[str] | Iterable[str | os.PathLike[str]] | None
    inside: Several
    legend: str | os.PathLike[str] | None
    from_: str
    server: str
    max_task_mib: int
    allow_empty: bool
    jobs: int


Schema = Callable[[bytes], str] | None
"""Says how an annotation breaks a compiled schema; None: nobody asks."""


def begun(by: Sequence[tuple[Plan, Schema]], deliveries: Sequence[Given], wishes: Wishes) -> Report:
    """Find what is to be read and known before, and judge nothing yet. ``by``: the guidelines, the first one first."""
    if not deliveries:
        raise GuidelintError("nothing is given to be checked. Give paths or tasks: check('export.json')")
    told = adjustment(
        select=_names(wishes.select),
        ignore=_names(wishes.ignore),
        levels=_levels(wishes.levels),
        classes=_names(wishes.classes),
        annotators=_names(wishes.annotators),
        tasks=_names(wishes.tasks),
    )
    refuse_alike([plan for plan, _ in by])
    runs = each_adjusted([plan for plan, _ in by], told, catalogue())
    passed = known_qualifications(_path(wishes.qualifications))
    runs = tuple(replace(run, qualifications=passed) for run in runs)
    first, *others = (By(run, schema) for run, (_, schema) in zip(runs, by, strict=True))
    from_, jobs = _format(wishes.from_), _jobs(wishes.jobs)
    given = sources(deliveries, searched_for(from_))
    known = baselines(_path(wishes.baseline), _path(wishes.write_baseline), runs, given.paths)
    expectation = _expectation(wishes.expect)
    is_complete = expectation is not None
    totals = Totals(wishes.allow_empty, expectation, is_complete, differences_of(runs), known.comparison)
    totals.by_class.several = len(runs) > 1
    images = supplied_by(wishes.facts, wishes.images, wishes.inside)
    images.to_be_counted(totals)
    most_bytes = wishes.max_task_mib * 2**20
    delivery = Delivery(first.run.plan, given.sources, most_bytes, run=first.run, format_name=from_, given=images.given)
    delivery.legend = legend_at(_path(wishes.legend))
    totals.legend = delivery.legend.name if delivery.legend else ""
    delivery.broken, delivery.also = first.broken, others
    notes = tuple(map(in_python, (*given.notes, *known.notes, *images.notes)))
    for note in notes:
        warnings.warn(note, stacklevel=AT_CALLER)
    showing = Plainly(tuple(run.plan for run in runs), _server(wishes.server))
    return Report(Checked(delivery, known, totals), showing, notes, jobs)


def _names(given: Several) -> tuple[str, ...]:
    """Take one name or several; a text alone is one."""
    return (str(given),) if isinstance(given, str | int) else tuple(map(str, given))


def _levels(given: Mapping[str, Level] | Several) -> tuple[str, ...]:
    """Take rules with their levels, or as the command line writes them: ``RULE=LEVEL``."""
    return tuple(f"{rule}={level}" for rule, level in given.items()) if isinstance(given, Mapping) else _names(given)


def _path(given: str | os.PathLike[str] | None) -> Path | None:
    return None if given is None else Path(given)


def _format(name: str) -> str:
    """Take the name of a format. Raises GuidelintError when there is none of that name."""
    if name and name not in decoders():
        raise GuidelintError(f"from_=: there is no format `{name}`. {did_you_mean(name, decoders())}")
    return name


def _jobs(count: object) -> int:
    """Take how many processes judge. Raises GuidelintError for what is no such number."""
    if not isinstance(count, int) or count < 0:
        raise GuidelintError(f"jobs=: {count!r} is no number of processes. Give how many, or 0: one for each core")
    return count


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
