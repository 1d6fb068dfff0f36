"""What an author need not repeat: titles and classes that a rule's other parameters already imply."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from guidelint.language.compile.along import Ways
from guidelint.language.compile.taken import bound_by, taken
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import meaning, sources

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.rule import Rule


@cache
def _fillable(kind: type[Rule]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Find the parameters that take the classes of the use, and those that other parts of a guideline fill in."""
    return (
        tuple(name for name in kind.model_fields if meaning(kind, name, Concerned)),
        tuple(name for name, source in sources(kind).items() if source.fills_in),
    )


def completed(rule: Rule, guideline: Guideline, classes: tuple[str, ...] = ()) -> Rule:
    """Fill in the classes of a criterion, and what the guideline says elsewhere, where the author left it out."""
    kind = type(rule)
    of_use, from_elsewhere = _fillable(kind)
    if not (of_use and classes) and not from_elsewhere:
        return rule
    written = {name: getattr(rule, name) for name in rule.model_fields_set}
    filled: dict[str, object] = {name: classes for name in of_use if classes and name not in written}
    given = {**written, **filled}
    left_out = (name for name in from_elsewhere if name not in given)
    filled |= taken(kind, Ways(guideline), bound_by(kind, given), left_out, given)
    return kind.model_validate({**written, **filled}) if filled else rule
