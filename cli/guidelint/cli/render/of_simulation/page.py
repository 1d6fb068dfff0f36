"""The load of a project to come, as people read it: a line for each load, then the prevalence it reckons with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from guidelint.validation.rule.subject import several
from guidelint.validation.rule.wording import number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from guidelint.checking.simulation.simulation import Load, Simulation

_FEW = 10
"""Below so many a decimal says something."""


def page(found: Simulation) -> RenderableType:
    """Lay it out for a screen."""
    return Lines(*_head(found), _loads(found), *_classes(found), *_tail(found))


def _head(found: Simulation) -> Iterator[Text]:
    read = "read once" if found.readers == 1 else f"read by {found.readers} each"
    yield Text(f"{found.guideline}: {found.tasks:,} tasks, {read}", "bold")
    yield Text(
        f"Reckoned from {found.past_readings:,} readings of {found.past_tasks:,} tasks, of {found.groups:,} "
        f"{several(found.grouped_by)}. Of 100 such projects, 95 lie in the range."
    )


def _loads(found: Simulation) -> RenderableType:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for heading, justify in (("What", "left"), ("Expected", "right"), ("Range", "right"), ("Of whom", "left")):
        table.add_column(heading, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for one in found.loads:
        table.add_row(one.what, f"{_amount(one.expected)} {one.unit}", _range(one), _who(one))
    return table


def _who(one: Load) -> str:
    return one.who if one.within_hours is None else f"{one.who}, within {number(one.within_hours)} h"


def _range(one: Load) -> str:
    low, high = _amount(one.low), _amount(one.high)
    return low if low == high else f"{low} to {high}"


def _amount(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0") if value < _FEW else f"{value:,.0f}"


def _classes(found: Simulation) -> Iterator[Text]:
    yield Text("\nTasks with each class", "bold")
    for one in found.prevalence:
        past = f"{100 * one.in_past:.1f} %"
        now = f"{100 * one.expected:.1f} %"
        yield Text(f"{one.title}: {now}" + (f" (of the work: {past})" if now != past else ""))


def _tail(found: Simulation) -> Iterator[Text]:
    if found.worth < found.groups - 0.5:
        groups = f"{found.groups:,} {several(found.grouped_by)}"
        yield Text(f"With this prevalence the {groups} say as much as {found.worth:,.0f} would.")
    if found.too_few_readers:
        yield Text(
            f"{found.too_few_readers} tasks were read by fewer than {found.readers}: what more would find there "
            "is not reckoned.",
            "bold red",
        )
    if found.left_out:
        yield Text(f"Not reckoned: what is found of {' and '.join(several(kind) for kind in found.left_out)}.")
    if found.unread:
        yield Text(f"{found.unread} records could not be read, and are left out.", "bold red")
