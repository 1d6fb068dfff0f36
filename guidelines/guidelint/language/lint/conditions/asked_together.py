"""Uses of one rule that may be asked of the same: their conditions do not exclude each other."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING

from guidelint.language.lint.conditions.allowed import allowed
from guidelint.language.lint.conditions.alternatives import alternatives, can_hold, meet
from guidelint.language.lint.conditions.asked_of import concerned
from guidelint.validation.rule.parameters.said import questions_named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.form.written import WrittenBody
    from guidelint.language.lint.conditions.alternatives import Alternative
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
    everything, written = allowed(draft), draft.written
    asked = [
        (use, alternatives(use.when, written), frozenset(concerned(use, written)))
        for use in draft.uses
        if not use.escalates and use.is_conditional is (use.when is not None)
    ]
    for (one, its, classes), (other, others, of_other) in combinations(asked, 2):
        both = (meet(first, second) for first, second in product(its, others)) if _is_same_rule(one, other) else ()
        shared = classes & of_other
        if any(_answers(together, shared, written) and can_hold(together, everything) for together in both):
            yield one, other


def _is_same_rule(one: Use, other: Use) -> bool:
    """Whether both ask one rule, one of them under a condition, and of one question where it is about one."""
    return (
        (one.is_conditional or other.is_conditional)
        and type(one.rule) is type(other.rule)
        and questions_named(one.rule) == questions_named(other.rule)
    )


def _answers(together: Alternative, classes: frozenset[str], written: WrittenBody) -> bool:
    """Whether one of the classes answers every question of regions that the conditions name."""
    for about, name in together:
        question = written.attributes.get(name.partition(":")[0]) if about in {"answer", "number"} else None
        if question is not None and not question.per_image:
            classes = classes.intersection(question.of)
    return bool(classes)
