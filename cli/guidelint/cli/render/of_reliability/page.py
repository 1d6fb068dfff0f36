"""How reliable rules are, as people read it: rules and routes by how alike readers apply them, then limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group as Lines
from rich.table import Table
from rich.text import Text

from guidelint.validation.rule.wording import measure, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.console import RenderableType

    from guidelint.checking.reliability.reliability import OfLimit, OfRule, Reliability
    from guidelint.statistics.same_verdict import Ranged


def page(found: Reliability) -> RenderableType:
    """Lay it out for a screen."""
    return Lines(*_head(found), *_rules(found), *_limits(found), *_tail(found))


def _head(found: Reliability) -> Iterator[Text]:
    yield Text(f"{found.guideline}: {found.readers} readers", "bold")
    yield Text(
        f"{found.objects} objects marked by two readers or more ({found.object_pairs} pairs of readings), "
        f"{found.image_pairs} pairs of readers of one task."
    )


def _rules(found: Reliability) -> Iterator[RenderableType]:
    every = sorted((*found.routes, *found.rules), key=_by_agreement)
    if not every:
        return
    yield Text("\nHow alike readers judge the same object or image, the least alike first\n", "bold")
    table = _table("Asked for at", "Scott's pi (95 %)", "If one departs, the other does", "Depart", "Pairs")
    for one in every:
        same = one.same
        pi, other = _ranged(same.pi, 2), _percent(same.other_too)
        table.add_row(_what(one), pi, other, f"{100 * same.yes:.0f} %", f"{same.pairs} of {same.units} {one.judged}")
    yield table


def _by_agreement(one: OfRule) -> tuple[float, str]:
    return (one.same.pi.value if one.same.pi else 1.0), one.clause


def _what(one: OfRule) -> str:
    rule = one.clause.rpartition(".")[2]
    return one.what if one.clause.startswith("escalation.routes.") else f"{one.what} ({rule})"


def _limits(found: Reliability) -> Iterator[RenderableType]:
    if not found.limits:
        return
    yield Text("\nLimits, and what two readers measure of the same object\n", "bold")
    table = _table("Asked for at", "Limit", "Two readers differ by", "Near it, readers part", "Pairs near")
    for one in found.limits:
        differ = "not known" if one.differ_by is None else f"up to {measure(round(one.differ_by, 2), one.unit)}"
        flagged = Text(differ, "bold red") if one.is_within_error else Text(differ)
        table.add_row(f"{one.what} ({one.parameter})", _limit(one), flagged, _percent(one.flips), _near(one))
    yield table


def _limit(one: OfLimit) -> str:
    return measure(one.value, one.unit)


def _near(one: OfLimit) -> str:
    return f"{one.near}, within {measure(round(one.within, 2), one.unit)}"


def _tail(found: Reliability) -> Iterator[Text]:
    within = [one for one in found.limits if one.is_within_error]
    if within or found.never or found.left_out or found.alone or found.unread:
        yield Text("")
    for one in within:
        yield Text(
            f"The limit of {_limit(one)} ({one.what}) lies inside its own measurement error: near it, two readers of "
            f"one object differ by up to {measure(round(one.differ_by or 0.0, 2), one.unit)}. Let an expert decide "
            "between the two, or measure it more exactly.",
            "red",
        )
    if found.never:
        yield Text(f"Nothing departs from {len(found.never)} other rules: nothing can be said of those.")
    if found.alone:
        yield Text(
            f"{found.alone} objects were marked by one reader only. They are compared with nobody's: that others did "
            "not mark what one marks, or escalates, is told by agreement on what is marked, and not here."
        )
    if found.left_out:
        yield Text(
            f"{found.left_out} marks enclose nothing (points, lines): whether two are of one thing is not known."
        )
    if found.unread:
        yield Text(f"{found.unread} records could not be read, and are left out.", "bold red")


def _table(first: str, *columns: str) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    table.add_column(first, overflow="fold")
    for heading in columns:
        table.add_column(heading, justify="right")
    return table


def _ranged(told: Ranged | None, decimals: int) -> str:
    if told is None:
        return "not told"
    between = f" ({told.low:.{decimals}f} to {told.high:.{decimals}f})" if told.low is not None else ""
    return f"{told.value:.{decimals}f}{between}"


def _percent(told: Ranged | None) -> str:
    if told is None:
        return "not told"
    between = f" ({100 * told.low:.0f} to {100 * (told.high or 0.0):.0f})" if told.low is not None else ""
    return f"{number(round(100 * told.value))} %{between}"
