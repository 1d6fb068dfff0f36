"""What a comparison with a baseline came to, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.cli.render.terminal.ink import DECISION_STYLES, Ink
from guidelint.cli.render.terminal.visible import visible
from guidelint.validation.judging.verdict import DECISIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from guidelint.checking.baseline.comparison import Comparison
    from guidelint.checking.known import Entry

_NAMED = 5
"""So many entries are named; the rest is counted."""


def compared(comparison: Comparison | None, ink: Ink) -> Iterator[str]:
    """Say how many findings are known, what is decided but for them, and what became of the other entries."""
    if comparison is None:
        return
    yield _known(comparison, ink)
    if comparison.worse:
        are = "is" if comparison.worse == 1 else "are"
        yield f"{'Worse':<14}{ink(str(comparison.worse), 'red')} {are} worse than known, and so new"
    if comparison.otherwise_new:
        yield f"{'Not covered':<14}{comparison.otherwise_new} new all the same: their entries do not cover them"
    if expired := comparison.expired:
        remedy = "What has expired does not count: renew `until`, or take the line out"
        yield f"{'Expired':<14}{ink(_counted(expired, 'waiver'), 'yellow')}: {_named(expired)}. {remedy}"
    yield from _unmatched(comparison)


def _known(comparison: Comparison, ink: Ink) -> str:
    count, waived = comparison.known.total(), comparison.known["waiver"]
    said = f"{count} known finding{'s' * (count != 1)} (baseline {visible(comparison.baseline.name)})"
    said += f", {waived} of them waived" if waived else ""
    decided = [
        f"{comparison.decisions[decision]} {ink(decision, DECISION_STYLES[decision])}"
        for decision in reversed(DECISIONS)
        if comparison.decisions[decision]
    ]
    return f"{'Known':<14}{said}; but for them {' · '.join(decided) or 'nothing is decided'}"


def _unmatched(comparison: Comparison) -> Iterator[str]:
    plain = [one for one in comparison.unmatched if one.by == "baseline"]
    waivers = [one for one in comparison.unmatched if one.by == "waiver"]
    name = visible(comparison.baseline.name)
    if plain:
        matches = "matches" if len(plain) == 1 else "match"
        remedy = f"--write-baseline {name} drops what matches nothing"
        yield f"{'Matching none':<14}{_entries(plain)} {matches} nothing in this delivery: {_named(plain)}. {remedy}"
    if waivers:
        matches = "matches" if len(waivers) == 1 else "match"
        counted = f"{_counted(waivers, 'waiver')} {matches} nothing in this delivery"
        yield f"{'' if plain else 'Matching none':<14}{counted}: {_named(waivers)}. Take the lines out by hand"


def _entries(entries: Sequence[Entry]) -> str:
    return "1 entry" if len(entries) == 1 else f"{len(entries)} entries"


def _counted(entries: Sequence[Entry], name: str) -> str:
    return f"{len(entries)} {name}{'s' * (len(entries) != 1)}"


def _named(entries: Sequence[Entry]) -> str:
    more = len(entries) - _NAMED
    return visible(", ".join(one.name for one in entries[:_NAMED])) + (f" and {more} more" if more > 0 else "")
