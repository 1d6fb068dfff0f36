"""What one difference does: by the table of meanings, and by which of two values asks for more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.form.guideline import RuleUse
from guidelint.language.form.written import SharedQuestion, WrittenClass
from guidelint.language.versions.direction import direction_of
from guidelint.language.versions.effect import ADDS, BREAKS, JUDGES, RETURNS, WORDS, Effect
from guidelint.validation.rule.beside import beside, in_any_order
from guidelint.validation.rule.rule import Rule

if TYPE_CHECKING:
    from guidelint.language.versions.differences import Difference


def effect_of(one: Difference) -> Effect:
    """Say what a difference does to work that exists."""
    if one.becomes:
        return one.meaning.changed
    if _is_read_only(one):
        return WORDS
    found = _by_class(one) or _by_limits(one) or _by_list(one) or _by_question(one) or _by_table(one)
    return JUDGES if found is RETURNS and one.use is not None and not _returns_work(one) else found


def _is_read_only(one: Difference) -> bool:
    """Whether it is of a rule, and changes what people read, or an order that means nothing."""
    if one.owner is RuleUse:
        return one.field == "note"
    if one.owner is None or not issubclass(one.owner, Rule):
        return False
    if one.field in in_any_order(one.owner):
        return sorted(map(repr, one.old or ())) == sorted(map(repr, one.new or ()))
    return one.field in beside(one.owner)


def _by_limits(one: Difference) -> Effect | None:
    direction = direction_of(one)
    if direction is None:
        return None
    return one.meaning.removed if direction == "looser" else one.meaning.changed


def _by_list(one: Difference) -> Effect | None:
    """Compare lists item by item; an empty one of what is allowed allows everything."""
    if not isinstance(one.old or one.new, tuple):
        return None
    old, new, meaning = one.old or (), one.new or (), one.meaning
    if meaning.is_empty_all and not (old and new):
        return meaning.removed if new else meaning.added
    if any(item not in new for item in old):
        return meaning.removed
    if any(item not in old for item in new):
        return meaning.added
    return meaning.changed if meaning.is_order_meant else WORDS


def _by_class(one: Difference) -> Effect | None:
    """Tell a new class that must be marked: what is accepted has none of it."""
    counts = one.new.count if one.is_added and isinstance(one.new, WrittenClass) else None
    return RETURNS if counts is not None and counts.min else None


def _by_question(one: Difference) -> Effect | None:
    """Tell a question that must be answered from one that may stay open; a text may become longer."""
    if isinstance(one.new, SharedQuestion) and one.is_added:
        return RETURNS if one.new.required is not None else ADDS
    if one.field == "max_length":
        return RETURNS if one.new < one.old else JUDGES
    return BREAKS if one.field in {"text", "number"} else None


def _by_table(one: Difference) -> Effect:
    if one.is_added:
        return one.meaning.added
    return one.meaning.removed if one.is_removed else one.meaning.changed


def _returns_work(one: Difference) -> bool:
    """Whether a departure returns the work: one that escalates or is only pointed out does not."""
    assert one.use is not None  # noqa: S101 - narrows the type
    escalates = one.path[0] == "escalation"
    return not escalates and ((one.use.level or one.use.rule.level) == "error" or one.field == "level")
