"""What is asked of an answer that is told of several tasks: the rule that tells it asks, in place of one on a task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidelint.language.compile.along import Ways, parted
from guidelint.language.form.places.places import question_of

if TYPE_CHECKING:
    from guidelint.language.form.guideline import Guideline
    from guidelint.validation.rule.rule import Catalogue, Rule


def as_told(rule: Rule, guideline: Guideline, catalogue: Catalogue) -> Rule:
    """Put in place of a rule the one that asks the same of what is told of several, if its question is."""
    question = question_of(rule, guideline) if rule.of_several else None
    if question is None or not question.is_told_of_several:
        return rule
    given = {name: getattr(rule, name) for name in rule.model_fields_set}
    for kind in (catalogue[name] for name in rule.of_several):
        part, _ = parted(kind.follows)
        if Ways(guideline).at(kind.follows, {part: (str(given["attribute"]),)}) is not None:
            return kind.model_validate({name: value for name, value in given.items() if name in kind.model_fields})
    return rule
