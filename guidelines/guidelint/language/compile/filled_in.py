"""What an author need not repeat: titles and classes that a rule's other parameters already imply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.compile.along import Ways
from guidelint.language.compile.taken import bound_by, taken
from guidelint.validation.rule.parameters.naming import Concerned
from guidelint.validation.rule.parameters.said import meaning, sources

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.rule import Rule


def completed(rule: Rule, guideline: Guideline, classes: tuple[str, ...] = ()) -> Rule:
    """Fill in the classes of a criterion, and what the guideline says elsewhere, where the author left it out."""
    kind, written = type(rule), {name: getattr(rule, name) for name in rule.model_fields_set}
    concerned = (name for name in kind.model_fields if name not in written and meaning(kind, name, Concerned))
    filled: dict[str, object] = {name: classes for name in concerned if classes}
    left_out = (name for name, source in sources(kind).items() if source.fills_in and name not in {*written, *filled})
    filled |= taken(kind, Ways(guideline), bound_by(kind, {**written, **filled}), left_out)
    return kind.model_validate({**written, **filled}) if filled else rule
