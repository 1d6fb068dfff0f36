"""Where the condition of a use holds, its rule finds nothing: what it looks for is excluded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.allowed import allowed
from guidelint.language.lint.conditions.alternatives import Alternative, alternatives, can_hold, meet
from guidelint.language.lint.flaw import Flaw
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.interval import Interval
from guidelint.language.lint.numbers.ranges import ranges_by_place
from guidelint.validation.rule.condition import SIZES
from guidelint.validation.rule.parameters.naming import DepartsOn
from guidelint.validation.rule.parameters.said import fields_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.numbers.ranges import End, Range
    from guidelint.language.lint.rule_uses import Use


def find(draft: Draft) -> Iterator[Flaw]:
    """Let the condition of every use meet what its rule looks for."""
    found, everything = ranges_by_place(draft), allowed(draft)
    for use in draft.uses:
        looked_for = [] if use.when is None else list(_departures(use, found.get(use.path, {})))
        if not looked_for:
            continue
        held = [one for one in alternatives(use.when, draft.written) if can_hold(one, everything)]
        if held and not any(can_hold(meet(one, departure), everything) for one in held for departure in looked_for):
            message = f"where this holds, nothing can depart from `{use.rule.id()}`: the two exclude each other"
            remedy = "Write a condition under which there is something to find, or other parameters."
            yield Flaw(message, (*use.path, "when"), remedy, "key")


def _departures(use: Use, found: Mapping[tuple[str, str], Range]) -> Iterator[Alternative]:
    """Yield ways in which something departs, where the rule has no others; none where that cannot be told."""
    answers = list(_answers(use))
    if answers:
        yield from answers
        return
    sizes = [(SIZES.get(quantity), one) for quantity, one in found.items()]
    if all(size is not None for size, _ in sizes):
        for size, one in sizes:
            yield from ({("size", str(size)): beyond} for beyond in _beyond(one))


def _answers(use: Use) -> Iterator[Alternative]:
    """Yield the answers that are looked for, where nothing else is."""
    given = {name: asks for name, asks in fields_of(type(use.rule), DepartsOn).items() if getattr(use.rule, name)}
    others = {name for asks in given.values() for name in asks.unless if getattr(use.rule, name) is not None}
    for name, asks in given.items() if not others else ():
        yield {("answer", str(getattr(use.rule, asks.question))): frozenset(getattr(use.rule, name))}


def _beyond(one: Range) -> Iterator[Interval]:
    if one.lower is not None:
        yield Interval(high=_outermost(one.lower), without_high=not one.lower.is_open)
    if one.upper is not None:
        yield Interval(low=_innermost(one.upper), without_low=not one.upper.is_open)


def _outermost(lower: End) -> float:
    """Give the greatest number that may lie below a limit; of a multiple it depends on the image."""
    return lower.value if lower.multiple is None else float("inf")


def _innermost(upper: End) -> float:
    return upper.value if upper.multiple is None else 0.0


LINT = Lint(
    code="nothing-departs",
    means="Where the condition of a use holds, nothing can depart from its rule.",
    why=(
        "An escalation that needs two things at once needs two that can be at once; a rule under a condition needs "
        "something to find there. Else it never finds anything, and nobody notices."
    ),
    wrong="""\
attributes:
  level: {title: Level, of: lesion, choose_one: {low: Low, high: High}, required: true}
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    high-and-low:
      class: lesion
      answer-escalates: {attribute: level, values: [high], when: {answer: {level: low}}}
      to: senior
""",
    right="""\
attributes:
  level: {title: Level, of: lesion, choose_one: {low: Low, high: High}, required: true}
escalation:
  routes: {senior: {who: Senior reader}}
  when:
    high-and-large:
      class: lesion
      answer-escalates: {attribute: level, values: [high], when: {size: {longest_mm: {above: 20}}}}
      to: senior
""",
    find=find,
)
