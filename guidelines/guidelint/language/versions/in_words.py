"""A difference in words: what is otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from guidelint.language.form.guideline import RuleUse
from guidelint.language.versions.consequence import effect_of
from guidelint.language.versions.direction import direction_of
from guidelint.language.versions.effect import WORDS
from guidelint.language.versions.meanings import meaning_of
from guidelint.language.versions.shown import of_items, shown
from guidelint.validation.rule.condition import Between, Condition

if TYPE_CHECKING:
    from guidelint.language.text.tree import KeyPath
    from guidelint.language.versions.differences import Difference


def what(one: Difference) -> str:
    """Say what is otherwise there, as a sentence without its full stop."""
    if one.had_by:
        return f"`{one.path[-2]}` has the title now that `{one.had_by}` had, {one.new}"
    if _is_named_part(one) or one.becomes:
        return _of_part(one)
    if one.path[-1] == "required":
        return "an answer is no longer required" if one.is_removed else "an answer is required now"
    return f"`{one.path[-1]}` {_of_value(one)}"


def _of_part(one: Difference) -> str:
    name = f"{_noun_at(one.path) or one.meaning.noun or 'part'} `{one.path[-1]}`"
    if one.becomes and isinstance(one.old, RuleUse):
        return f"{name} is called `{one.becomes}` now"
    if one.becomes:
        return f"{name} is `{one.becomes}` now, which has it among its aliases"
    title = getattr(one.old if one.new is None else one.new, "title", "")
    became = "is new" if one.is_added else "is gone" if one.is_removed else "is another"
    return f"{name} ({title}) {became}" if title else f"{name} {became}"


def _of_value(one: Difference) -> str:
    if isinstance(one.old or one.new, tuple):
        return of_items(one)
    if isinstance(one.old, str) and isinstance(one.new, str) and effect_of(one) is WORDS:
        return "is worded otherwise"
    old, new = shown(one, one.old), shown(one, one.new)
    if one.is_added:
        return f"is {new} now, and was not given" if new else "is given now"
    if one.is_removed:
        return f"is not given now, and was {old}" if old else "is no longer given"
    return _of_both(one, old, new)


def _of_both(one: Difference, old: str, new: str) -> str:
    if "" in (old, new) or old == new:
        return "is worded otherwise" if isinstance(one.new, str) else "is another"
    direction = direction_of(one)
    ordered = f" ({direction})" if direction in {"stricter", "looser"} else ""
    is_moved = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one.old, one.new))
    return f"moves from {old} to {new}{ordered}" if is_moved else f"is {new} now, and was {old}{ordered}"


def _noun_at(path: KeyPath) -> str:
    """Say what the names are that stand directly beneath a key, if they are of anything; empty: of nothing."""
    meaning, named = meaning_of(path[:-1])
    return meaning.noun if meaning is not None and named == len(path) - 1 else ""


def _is_named_part(one: Difference) -> bool:
    """Whether what came, went or is another is a part with a name: a class, an option, a rule."""
    value: Any = one.old if one.new is None else one.new
    if isinstance(value, RuleUse):
        return True
    is_part = isinstance(value, BaseModel) and not isinstance(value, Between | Condition)
    return is_part and len(one.path) > 1 and bool(_noun_at(one.path))
