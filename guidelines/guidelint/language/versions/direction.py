"""Which of two values asks for more, where their types tell it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from guidelint.language.form.derive import Derive
from guidelint.language.form.guideline import RuleUse
from guidelint.language.reuse.narrowing.counting import is_compared_here
from guidelint.language.reuse.narrowing.values import of_values
from guidelint.validation.rule.parameters.said import meanings
from guidelint.validation.rule.rule import STRICTNESS

if TYPE_CHECKING:
    from guidelint.language.text.tree import KeyPath
    from guidelint.language.versions.differences import Difference
    from guidelint.validation.rule.parameters.meaning import Meaning

Direction = Literal["stricter", "looser", "otherwise"]


def direction_of(one: Difference) -> Direction | None:
    """Tell whether more is asked for than before; None: it is no limit."""
    if one.owner is Derive and one.field == "tolerance":
        return "looser" if one.new > one.old else "stricter"
    if not one.meaning.is_limit or one.owner is None or len(one.path) <= one.named:
        return None
    if one.owner is RuleUse:
        return _of_use(one)
    if is_compared_here(one.owner, one.field):
        return "otherwise"
    return direction_of_values(one.path, one.old, one.new, meanings(one.owner, one.field))


def direction_of_values(path: KeyPath, old: Any, new: Any, said: tuple[Meaning, ...]) -> Direction:
    """Compare two values both ways by what their types say of them."""
    asks_less = list(of_values(path, old, new, said))
    if not asks_less:
        return "stricter"
    is_plain = all(found.is_plain for found in asks_less)
    return "looser" if is_plain and not list(of_values(path, new, old, said)) else "otherwise"


def _of_use(one: Difference) -> Direction:
    """Compare what stands beside the parameters of a rule: a condition leaves out work."""
    if one.field == "level":
        return "stricter" if STRICTNESS[one.new] > STRICTNESS[one.old] else "looser"
    if one.field == "when" and (one.is_added or one.is_removed):
        return "looser" if one.is_added else "stricter"
    return "otherwise"
