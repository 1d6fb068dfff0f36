"""Limits of criteria beside those of the uses that return work, and of parts that ask for a rule without naming it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.numbers.general_limits import Both, both, is_limit_or_class
from guidelint.language.lint.numbers.ranges import ranges_by_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.rule import Rule


def beside_criteria(draft: Draft) -> list[Both]:
    """Pair each criterion with what limits the same and returns the work: another use, or a part of the guideline."""
    return draft.once(_beside_criteria)


def _beside_criteria(draft: Draft) -> list[Both]:
    every = (*both(draft), *_beside_parts(draft))
    return [pair for pair in every if pair.use.escalates and pair.level == "error"]


def _beside_parts(draft: Draft) -> Iterator[Both]:
    """Pair each criterion on one class with the part of that class, or of the guideline, that limits the same."""
    found = ranges_by_place(draft)
    for use in draft.uses:
        wide = found.get(_place(use, draft), {}) if use.escalates and _measures_as_usual(use.rule) else {}
        narrow = found.get(use.path, {})
        for quantity in sorted(wide.keys() & narrow.keys()):
            yield Both(narrow[quantity], wide[quantity], use, type(use.rule).level)


def _place(use: Use, draft: Draft) -> KeyPath:
    """Tell where the part stands; nowhere where the criterion judges several classes together."""
    keys = tuple(type(use.rule).follows.split("."))
    judged = use.judged(draft.written)
    if "*" in keys and (keys[0] != "classes" or len(judged) != 1):
        return ()
    return tuple(judged[0] if key == "*" else key for key in keys)


def _measures_as_usual(rule: Rule) -> bool:
    """Whether it counts and measures as the part does: only limits and classes are given."""
    return all(is_limit_or_class(type(rule), name) for name in rule.model_fields_set)


def at(written: object, place: KeyPath) -> object:
    """Give what stands at a place without names in it; None: nothing."""
    for key in place:
        written = getattr(written, str(key), None)
    return written
