"""Decisions by name: of an annotator, of a class."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from guidelint.annotation.natural_order import natural
from guidelint.checking.counting.share import Share
from guidelint.validation.judging.verdict import DECISIONS, Decision

MOST_KEPT = 100_000
"""So many names are told apart; whoever comes later is counted with the rest, so that memory stays bounded."""
LONGEST_NAME = 200
"""So many letters tell names apart, so that those of a hostile export take no more memory than those of people."""
MOST_IN_JSON = 1000
"""Rows that a document gives; the rest is given as a sum."""
NOBODY = ""
"""Name of whoever is not told, and of regions whose label is no class."""


@dataclass(slots=True)
class Tally:
    """Decisions on what one name stands for."""

    decisions: Counter[Decision] = field(default_factory=Counter[Decision])

    @property
    def total(self) -> int:
        """All of them."""
        return self.decisions.total()

    @property
    def judged(self) -> int:
        """All but the skipped: what shares are shares of."""
        return self.total - self.decisions["skipped"]

    def share(self, decision: Decision) -> Share:
        """How many of those judged were decided so; of the skipped, how many of all."""
        return Share(self.decisions[decision], self.total if decision == "skipped" else self.judged)

    def as_json(self) -> dict[str, object]:
        """Give every decision with its denominator and interval."""
        return {"total": self.total, "judged": self.judged, **{one: self.share(one).as_json() for one in DECISIONS}}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The first rows of a table, most returned first, and the sum of the rest."""

    rows: tuple[tuple[str, Tally], ...]
    rest: Tally
    left_out: int
    """Names that stand in the rest."""
    more: bool
    """Whether there are names in the rest that were not told apart any more."""


@dataclass(slots=True)
class Tallies:
    """Tallies by name, for as many names as are told apart."""

    most: int = MOST_KEPT
    _by_name: dict[str, Tally] = field(default_factory=dict[str, Tally])
    _beyond: Tally = field(default_factory=Tally)

    def add(self, name: str, decision: Decision, times: int = 1) -> None:
        """Count a decision."""
        name = name if len(name) <= LONGEST_NAME else f"{name[:LONGEST_NAME]}…"
        tally = self._by_name.get(name)
        if tally is None:
            tally = self._by_name.setdefault(name, Tally()) if len(self._by_name) < self.most else self._beyond
        tally.decisions[decision] += times

    def move(self, name: str, before: Decision, after: Decision) -> None:
        """Count otherwise what was counted before."""
        tally = self._by_name.get(name, self._beyond)
        if tally.decisions[before] > 0:
            tally.decisions[before] -= 1
            tally.decisions[after] += 1

    def merge(self, other: Tallies) -> None:
        """Count what was counted behind these."""
        for name, tally in other._by_name.items():
            for decision, count in tally.decisions.items():
                self.add(name, decision, count)
        self._beyond.decisions.update(other._beyond.decisions)

    def ranking(self, most: int) -> Ranking:
        """Give the rows with the most returned, then with the most judged, and sum up the rest."""
        ordered = sorted(self._by_name.items(), key=lambda row: (*_rank(row[1]), natural(row[0])))
        rest = sum((tally.decisions for _, tally in ordered[most:]), Counter(self._beyond.decisions))
        return Ranking(tuple(ordered[:most]), Tally(rest), len(ordered[most:]), more=self._beyond.total > 0)

    def as_json(self) -> dict[str, object]:
        """Give the rows, and of the rest its sum."""
        ranking = self.ranking(MOST_IN_JSON)
        return {
            "rows": [{"name": name or None, **tally.as_json()} for name, tally in ranking.rows],
            "left_out": {"names": ranking.left_out, "and_more": ranking.more, **ranking.rest.as_json()},
        }


def _rank(tally: Tally) -> tuple[int, int]:
    return -tally.decisions["returned"], -tally.judged
