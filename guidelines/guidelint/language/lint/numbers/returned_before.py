"""A criterion escalates only what is returned by the same rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.flaw import Flaw, in_words
from guidelint.language.lint.lint import Lint
from guidelint.language.lint.numbers.general_limits import stands_at
from guidelint.language.lint.numbers.limits_of_parts import at, beside_criteria
from guidelint.validation.rule.parameters.said import sources

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath


def find(draft: Draft) -> Iterator[Flaw]:
    """Compare the limits of criteria with those of the rules that return work."""
    same = list(_same(draft))
    told = {use.path for use, _ in same}
    for pair in beside_criteria(draft):
        if pair.use.path not in told:
            for end, other in pair.laxer(or_equal=True):
                message = f"{end.shown} escalates only what {other.shown} of `{stands_at(other)}` returns before"
                yield Flaw(message, end.path, f"Write a limit within {other.shown}, or delete one of the two.")
    for use, place in same:
        message = f"`{use.rule.id()}` escalates only what `{in_words(place)}` returns before"
        yield Flaw(message, use.path, "Write here what is meant to escalate, or delete one of the two.", "key")


def _same(draft: Draft) -> Iterator[tuple[Use, KeyPath]]:
    """Pair criteria with what returns the same without a condition: the same rule, or the part that asks for it."""
    returning = [use for use in draft.uses if not (use.escalates or use.is_conditional) and use.level == "error"]
    for use in draft.uses:
        if use.escalates:
            yield from ((use, other.path) for other in returning if _covers(other, use, draft))
            if (place := _part_that_lists(use, draft)) is not None:
                yield use, place


def _covers(other: Use, use: Use, draft: Draft) -> bool:
    classes = {*use.judged(draft.written)} <= {*other.judged(draft.written)}
    return type(use.rule) is type(other.rule) and use.rule == other.rule and classes


def _part_that_lists(use: Use, draft: Draft) -> KeyPath | None:
    """Find the part of the guideline that allows no more than what the criterion lets pass."""
    place = tuple(type(use.rule).follows.split("."))
    for name, source in sources(type(use.rule)).items():
        given: object = getattr(use.rule, name)
        allowed = at(draft.written, place) if source.path == type(use.rule).follows else None
        if isinstance(allowed, tuple) and allowed and isinstance(given, tuple) and {*allowed} <= {*given}:
            return place
    return None


LINT = Lint(
    code="returned-before",
    level="warning",
    means="A criterion escalates only what is returned by the same rule.",
    why=(
        "Returned work is corrected before anybody else decides on it, and then it is within the limit: the "
        "criterion is met by nothing that is accepted. Let it escalate earlier than it returns, or not return."
    ),
    wrong="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {max_mm2: 400}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 500}, to: senior}}
""",
    right="""\
classes:
  lesion: {title: Lesion, definition: Whatever looks different., draw: polygon, rules: {area-limits: {max_mm2: 400}}}
escalation:
  routes: {senior: {who: Senior reader}}
  when: {large: {class: lesion, area-limits: {max_mm2: 200}, to: senior}}
""",
    find=find,
)
