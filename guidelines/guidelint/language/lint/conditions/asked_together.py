"""Uses of one rule that may be asked of the same: their conditions do not exclude each other."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.allowed import allowed
from guidelint.language.lint.conditions.alternatives import alternatives, can_hold, meet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use


def asked_together(draft: Draft) -> tuple[tuple[Use, Use], ...]:
    """Pair the uses of one rule that are asked of the same, one at least under a condition, where both may hold."""
    return draft.once(_asked_together)


def _asked_together(draft: Draft) -> tuple[tuple[Use, Use], ...]:
    if not any(use.is_conditional for use in draft.uses):
        return ()
    return tuple(_pairs(draft))


def _pairs(draft: Draft) -> Iterator[tuple[Use, Use]]:
    everything = allowed(draft)
    asked = [
        (use, alternatives(use.when, draft.written))
        for use in draft.uses
        if not use.escalates and use.is_conditional is (use.when is not None)
    ]
    for (one, its), (other, others) in combinations(asked, 2):
        both = (meet(first, second) for first, second in product(its, others)) if _are_of_same(one, other) else ()
        if any(can_hold(together, everything) for together in both):
            yield one, other


def _are_of_same(one: Use, other: Use) -> bool:
    """Whether both ask one rule of a class, one of them under a condition; a use for all classes is for each."""
    shared = not one.classes or not other.classes or not {*one.classes}.isdisjoint(other.classes)
    return (one.is_conditional or other.is_conditional) and type(one.rule) is type(other.rule) and shared
