"""With which tools a class is drawn."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from guidelint.annotation.tool import any_of
from guidelint.checking.observed.proposal import Outcome, Proposal
from guidelint.language.sketch.parts import one_or_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.annotation.tool import Tool
    from guidelint.checking.observed.facts import Observed


def propose(observed: Observed) -> Iterator[Proposal]:
    """Propose for each class the fewest tools that surely draw it, those used most first."""
    for key in observed.classes:
        ordered = _most_used_first(observed, key)
        fewest = (_drawn(key, ordered[:count]) for count in range(1, len(ordered) + 1))
        yield from ([first] if (first := next((one for one in fewest if one.surely_holds(observed)), None)) else ())


def _most_used_first(observed: Observed, key: str) -> tuple[Tool, ...]:
    used: Counter[Tool] = Counter(one.tool for one in observed.by_class[key])
    return tuple(tool for tool, _ in used.most_common())


def _drawn(key: str, tools: tuple[Tool, ...]) -> Proposal:
    def outcomes(observed: Observed) -> Iterator[Outcome]:
        return (Outcome(one.place, one.tool in tools, one.group) for one in observed.by_class[key])

    return Proposal(("classes", key, "draw"), one_or_all(tools), f"drawn as {any_of(tools)}", "regions", outcomes)
