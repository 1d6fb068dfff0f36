"""Limits of criteria beside those parts of the guideline that ask for the same rule without naming it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.lint.numbers.general_limits import Both
from guidelint.language.lint.numbers.ranges import ranges_by_place
from guidelint.validation.rule.parameters.bound import Bound
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidelint.language.lint.draft import Draft
    from guidelint.language.lint.rule_uses import Use
    from guidelint.language.text.tree import KeyPath
    from guidelint.validation.rule.rule import Rule


def beside_parts(draft: Draft) -> Iterator[Both]:
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
    kind = type(rule)
    return all(meaning(kind, name, Bound) or meaning(kind, name, Concerned) for name in rule.model_fields_set)


def at(written: object, place: KeyPath) -> object:
    """Give what stands at a place without names in it; None: nothing."""
    for key in place:
        written = getattr(written, str(key), None)
    return written
