"""Decisions by annotator and by class as people read them: every percentage with what it is a share of."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from guidelint.checking.counting.by_class import of_guideline
from guidelint.checking.counting.totals import PASSING
from guidelint.cli.render.terminal.ink import DECISION_STYLES, Ink
from guidelint.cli.render.terminal.visible import visible
from guidelint.validation.judging.verdict import DECISIONS, Decision
from guidelint.validation.rule.subject import several
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from guidelint.checking.counting.share import Share
    from guidelint.checking.counting.tallies import Ranking, Tallies, Tally
    from guidelint.checking.counting.totals import Totals
    from guidelint.validation.judging.plan import Plan

ROWS = 10
"""Rows of a table below findings."""
_WIDEST_NAME = 40


def shares(
    totals: Totals, plans: Sequence[Plan], ink: Ink, *, rows: int = ROWS, intervals: bool = False
) -> Iterator[str]:
    """Write the tables, the most returned first; ``intervals`` adds the 95 % interval to every share."""
    table = _Table(ink, rows, intervals=intervals)
    if len(plans) > 1:
        yield from table.lines("Guideline", "annotations", totals.guidelines, str)
    who = partial(_who, totals.annotator_names)
    yield from table.lines("Annotator", "annotations", totals.annotators, who)
    yield from _not_counted(totals)
    titles = {
        of_guideline(key, named): of_guideline(entry.title, named)
        for plan in plans
        for named in (str(plan.guideline) if len(plans) > 1 else "",)
        for key, entry in plan.vocabulary.classes.items()
    }
    yield from table.lines(
        "Class", "regions", totals.by_class.tallies, lambda name: titles.get(name, name) or "no class"
    )


def _not_counted(totals: Totals) -> Iterator[str]:
    """Say what lies above annotations and is not accepted, so that nobody takes the table for all of it."""
    said = [
        f"{counts[decision]} {kind if counts[decision] == 1 else several(kind)} {decision}"
        for kind, counts in sorted(totals.subjects.items())
        for decision in DECISIONS
        if decision not in PASSING and counts[decision]
    ]
    if said:
        yield f"Annotations alone are counted here, and besides: {both(said)}"


class _Table:
    def __init__(self, ink: Ink, rows: int, *, intervals: bool) -> None:
        self._ink = ink
        self._rows = rows
        self._intervals = intervals

    def lines(self, heading: str, counted: str, tallies: Tallies, title: Callable[[str], str]) -> Iterator[str]:
        ranking = tallies.ranking(self._rows)
        if not ranking.rows:
            return
        tallied = [(_short(visible(title(name))), tally) for name, tally in ranking.rows]
        if ranking.rest.total:
            tallied.append((_rest(ranking), ranking.rest))
        used: list[Decision] = [one for one in DECISIONS if any(tally.decisions[one] for _, tally in tallied)]
        columns = [_column(heading, (name for name, _ in tallied), "<")]
        columns.append(_column(counted, (str(tally.total) for _, tally in tallied), ">"))
        columns += [self._shares(one, tallied) for one in used]
        styles = ["", "", *(DECISION_STYLES[one] for one in used)]
        head, *rows = zip(*columns, strict=True)
        yield ""
        yield self._ink("  ".join(head), "bold")
        for row in rows:
            yield "  ".join(self._ink(cell, style) for cell, style in zip(row, styles, strict=True)).rstrip()

    def _shares(self, decision: Decision, tallied: Iterable[tuple[str, Tally]]) -> list[str]:
        return _column(decision, (self._cell(tally, decision) for _, tally in tallied), ">")

    def _cell(self, tally: Tally, decision: Decision) -> str:
        share = tally.share(decision)
        return _said(share) + (_interval(share) if self._intervals else "")


def _column(heading: str, cells: Iterable[str], align: str) -> list[str]:
    column = [heading, *cells]
    width = max(map(len, column))
    return [f"{cell:{align}{width}}" for cell in column]


def _said(share: Share) -> str:
    return "" if share.value is None else f"{share.count}/{share.of} {100 * share.value:5.1f} %"


def _interval(share: Share) -> str:
    if share.interval is None:
        return ""
    low, high = share.interval
    return f" ({100 * low:.1f}–{100 * high:.1f})"


def _who(names: Mapping[str, str], annotator: str) -> str:
    name = names.get(annotator, "")
    return f"{name} ({annotator})" if name and name != annotator else annotator or "not told"


def _short(name: str) -> str:
    return name if len(name) <= _WIDEST_NAME else f"{name[: _WIDEST_NAME - 1]}…"


def _rest(ranking: Ranking) -> str:
    return f"{ranking.left_out} {'or more ' * ranking.more}others"
