"""How what came of an example differs from what is expected, in words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from guidelint.annotation.region import as_number
from guidelint.checking.examples.tasks import FIRST_DAY, visit_called
from guidelint.validation.rule.wording import both

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.checking.examples.outcome import Outcome
    from guidelint.language.examples.form import Given, Visit
    from guidelint.language.examples.read import Found
    from guidelint.validation.judging.finding import Finding

Difference = tuple[str, tuple[str | int, ...]]
"""What is otherwise, and the keys of the example that say what was expected."""
_ALIKE = 1e-6


def differences(found: Found, outcome: Outcome, names: Mapping[str, frozenset[str]]) -> Iterator[Difference]:
    """Tell each; ``names``: the clauses that a name stands for."""
    example = found.example
    if outcome.unread:
        yield f"it cannot be read: {outcome.unread}", ()
        return
    told = _told(outcome.findings)
    if outcome.decision != example.verdict:
        yield f"it is {outcome.decision}, not {example.verdict}{f': {told}' if told else ''}", ("verdict",)
    expected = frozenset[str]().union(*(names[name] for name in example.by))
    others = tuple(one for one in outcome.findings if one.clause not in expected)
    if others and outcome.decision == example.verdict:
        yield f"more is found than expected: {_told(others)}", ("by",) if example.by else ("verdict",)
    for name in example.by:
        if not names[name] & outcome.clauses:
            yield f"nothing departs from `{name}`", ("by",)
    yield from _of_derived(example.derived, outcome.derived)
    for at, visit in enumerate(example.visits):
        place = ("visits", at, "derived")
        yield from _of_derived(visit.derived, _at_visit(outcome, found.name, at, visit), f" at visit {at + 1}", place)


def _at_visit(outcome: Outcome, called: str, at: int, visit: Visit) -> Mapping[str, frozenset[str | float]]:
    """Gather what follows at a visit: at its time point, from its study and its series, and in its tasks."""
    name = visit_called(called, at)
    point = visit.time_point or (FIRST_DAY + timedelta(visit.day)).isoformat()
    own = {point, name, f"study of {name}", f"series of {name}"}
    places = [place for place in outcome.at if place in own or place.startswith(f"{name}, ")]
    found: dict[str, frozenset[str | float]] = {}
    for place in places:
        for question, values in outcome.at[place].items():
            found[question] = found.get(question, frozenset()) | values
    return found


def _of_derived(
    expected: Given,
    derived: Mapping[str, frozenset[str | float]],
    where: str = "",
    place: tuple[str | int, ...] = ("derived",),
) -> Iterator[Difference]:
    for name, values in expected.items():
        found = derived.get(name, frozenset())
        if not _same(frozenset(values), found):
            shown = both(sorted(map(_shown, found))) if found else "open"
            yield f"`{name}`{where} is {shown}, not {both(map(_shown, values))}", (*place, name)


def _told(findings: tuple[Finding, ...]) -> str:
    """Say what was found: each clause once, with the first sentence of it."""
    sentences = {one.clause: one.message for one in reversed(findings)}
    return "; ".join(f"`{clause}`: {said}" for clause, said in sorted(sentences.items()))


def _same(expected: frozenset[str | float], found: frozenset[str | float]) -> bool:
    return len(expected) == len(found) and all(any(_alike(one, other) for other in found) for one in expected)


def _alike(one: str | float, other: str | float) -> bool:
    if one == other:
        return True
    left, right = as_number(one), as_number(other)
    return left is not None and right is not None and abs(left - right) <= _ALIKE * max(1.0, abs(right))


def _shown(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:g}"
