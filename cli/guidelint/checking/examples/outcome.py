"""What came of an example."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

from guidelint.checking.record import Judged, Unread
from guidelint.validation.judging.verdict import DECISIONS
from guidelint.validation.rule.evidence import Quantity
from guidelint.validation.rule.says import DERIVED, NOT_TOLD

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from guidelint.checking.record import Record
    from guidelint.validation.judging.finding import Finding
    from guidelint.validation.judging.verdict import Decision
    from guidelint.validation.rule.evidence import Evidence

NEVER = frozenset({"annotator", "delivery"})
"""Subjects of which no example tells: it is no delivery, and not all that anybody does."""
UNLESS_READ = NEVER | {"task"}
"""Subjects of which an example does not tell that lists no readings."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The gravest decision on anything in an example, and all that was found of it."""

    decision: Decision
    findings: tuple[Finding, ...]
    derived: Mapping[str, frozenset[str | float]]
    """Question → answers that follow."""
    at: Mapping[str, Mapping[str, frozenset[str | float]]] = field(default_factory=dict[str, Any])
    """Time point, study, series or task → the same of it alone."""
    unread: str = ""
    """Why it could not be read; empty: it could."""

    @property
    def clauses(self) -> frozenset[str]:
        """Where the guideline asks for what it departs from."""
        return frozenset(one.clause for one in self.findings)

    @property
    def told(self) -> object:
        """What two outcomes have in common that nobody can tell apart."""
        return self.decision, self.clauses, {name: set(values) for name, values in self.derived.items()}, self.unread

    @property
    def keys(self) -> dict[str, Any]:
        """Write, as an author would, that it is what is expected."""
        derived = {name: _bare(sorted(values, key=str)) for name, values in self.derived.items()}
        said = {"verdict": self.decision, "by": sorted(self.clauses), "derived": derived}
        return {key: value for key, value in said.items() if value}


def outcome_of(records: Iterable[Record], but_for: frozenset[str]) -> Outcome:
    """Gather what was told of an example; ``but_for``: subjects of which it does not tell."""
    every = tuple(records)
    unread = next((one.reason for one in every if isinstance(one, Unread)), "")
    verdicts = [one.verdict for one in every if isinstance(one, Judged) and one.verdict.subject.kind not in but_for]
    found = [finding for verdict in verdicts for finding in verdict.findings]
    told = [(verdict.subject, one) for verdict in verdicts for one in verdict.findings if one.kind == DERIVED]
    gravest = min(verdicts, key=lambda verdict: DECISIONS.index(verdict.decision), default=None)
    decision: Decision = "unverified" if gravest is None else gravest.decision
    at: dict[str, list[Finding]] = defaultdict(list)
    for subject, one in told:
        at[str(one.evidence.get("time_point") or subject.task or subject.series or subject.name)].append(one)
    return Outcome(
        decision,
        tuple(one for one in found if one.kind not in {DERIVED, NOT_TOLD}),
        _derived(one for _, one in told),
        {place: _derived(there) for place, there in at.items()},
        unread,
    )


def _derived(told: Iterable[Finding]) -> dict[str, frozenset[str | float]]:
    found: dict[str, frozenset[str | float]] = {}
    for one in told:
        name = str(one.evidence["attribute"])
        found[name] = found.get(name, frozenset()) | {plain_value(one.evidence["value"])}
    return found


def plain_value(value: Evidence) -> str | float:
    """Give an answer as it is entered."""
    return value.value if isinstance(value, Quantity) else cast("str | float", value)


def _bare(values: Sequence[str | float]) -> Any:
    plain = [int(one) if isinstance(one, float) and one.is_integer() else one for one in values]
    return plain[0] if len(plain) == 1 else plain
